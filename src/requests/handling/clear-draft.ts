import type { Knex } from 'knex'

/** Deletes the draft answers of a part, or of some of its questions only: what was sent stays. */
export async function clearDraft(db: Knex.Transaction, partId: number, questionIds?: readonly number[]): Promise<void> {
  const questions = db('request_questions').where({ part_id: partId }).select('id')
  if (questionIds) void questions.whereIn('id', questionIds)
  await db('request_draft_answers').whereIn('question_id', questions).delete()
  if (!questionIds) await db('request_drafts').where({ part_id: partId }).delete()
}
