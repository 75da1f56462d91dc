import type { Knex } from 'knex'
import type { Change } from '../../../platform/db/change.ts'
import { removeFiles } from '../../../platform/files/stored-file.ts'
import type { ImiRequest } from '../../request.ts'
import { holdDraft } from '../hold.ts'

/**
 * Deletes a draft with all that was written and attached. Its number is never given again. [requests.md, delete]
 * @throws RuleBroken when it is no draft any more
 */
export async function deleteDraft(c: Change, request: ImiRequest): Promise<void> {
  const { id, requestId, number } = await holdDraft(c, request)
  const files = await c.db('request_attachments').where({ request_id: requestId }).pluck<number[]>('file_id')
  await c.db('requests').where({ id: requestId }).delete()
  await removeFiles(c.db, files)
  await c.record('request.deleted', { type: 'request', id, authorityId: c.actor.authorityId }, { number })
}

/** How much goes with a draft. */
export async function contentOf(
  db: Knex,
  { requestId }: Pick<ImiRequest, 'requestId'>,
): Promise<{ questions: number; attachments: number }> {
  const found = await db.raw<{ rows: [{ questions: number; attachments: number }] }>(
    `select (select count(*)::int from request_questions where request_id = :id) as questions,
      (select count(*)::int from request_attachments where request_id = :id) as attachments`,
    { id: requestId },
  )
  return found.rows[0]
}
