import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import { removeFiles } from '../../platform/files/stored-file.ts'
import type { LockedPart } from '../queries.ts'

/** How much the responder has prepared and not sent, which a forwarding deletes or hands on. */
export async function countDrafts(db: Knex, partId: number): Promise<{ answers: number; files: number }> {
  const found = await db.raw<{ rows: [{ answers: number; files: number }] }>(
    `select (select count(*)::int from request_draft_answers a join request_questions q on q.id = a.question_id
        where q.part_id = :part) as answers,
      (select count(*)::int from request_attachments a join request_parts p on p.id = a.part_id
        where a.part_id = :part and a.state = 'draft' and a.authority_id = p.responder_id) as files`,
    { part: partId },
  )
  return found.rows[0]
}

/** Deletes what the responder has prepared for a part and not sent. */
export async function dropDraft(c: Change, part: LockedPart): Promise<void> {
  const questions = c.db('request_questions').where({ part_id: part.id }).select('id')
  await c.db('request_draft_answers').whereIn('question_id', questions).delete()
  await c.db('request_drafts').where({ part_id: part.id }).delete()
  const files = await c
    .db('request_attachments')
    .where({ part_id: part.id, authority_id: part.responderId, state: 'draft' })
    .delete()
    .returning<{ file_id: number }[]>('file_id')
  await removeFiles(
    c.db,
    files.map(({ file_id }) => file_id),
  )
}

/** Deletes the draft answers to questions that another authority gets. */
export async function dropAnswers(db: Knex.Transaction, questionIds: readonly number[]): Promise<void> {
  await db('request_draft_answers').whereIn('question_id', questionIds).delete()
}

/** What was prepared goes along: the answers belong to the questions, the files become the next responder's. */
export async function handOnDraft(c: Change, partId: number, to: number): Promise<void> {
  await c
    .db('request_attachments')
    .where({ part_id: partId, state: 'draft', authority_id: c.actor.authorityId })
    .update({ authority_id: to })
}
