import type { Change } from '../../../platform/db/change.ts'

/** What was sent is a draft no longer; drafts of answers that a partial reply left out stay. Whoever has the old draft open is told. */
export async function endDraft(c: Change, part_id: number, reply_id: number): Promise<void> {
  const sent = c.db('request_reply_answers').where({ reply_id }).select('question_id')
  await c.db('request_draft_answers').whereIn('question_id', sent).delete()
  await c
    .db('request_drafts')
    .where({ part_id })
    .update({ general_comments: '', version: c.db.raw('version + 1'), edited_at: c.at, edited_by: c.actor.id })
}
