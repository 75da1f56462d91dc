import type { Change } from '../../platform/db/change.ts'
import { removeFiles } from '../../platform/files/stored-file.ts'
import type { Recorded } from './record-act.ts'

/**
 * Erases what a request says of people: the marked fields and variables, and the attachments with their files (requests.md, Data
 * protection). What was asked and answered stays, without them. Needs the personal data of the request open, and records nothing: answers
 * with how many files went.
 */
export async function erasePersonal(c: Change, { requestId: id }: Pick<Recorded, 'requestId'>): Promise<number> {
  await c.db('request_personal').where({ request_id: id }).delete()
  await c.db('request_attachment_names').where({ request_id: id }).delete()
  const files = await removeAttachmentsOf(c, id)
  await c
    .db('requests')
    .where({ id })
    .update({ erased_at: c.at, version: c.db.raw('version + 1') })
  return files
}

/** Takes every attachment of a request away, with its files. */
export async function removeAttachmentsOf(c: Change, requestId: number): Promise<number> {
  const gone = await c
    .db('request_attachments')
    .where({ request_id: requestId })
    .delete()
    .returning<{ file_id: number }[]>('file_id')
  await removeFiles(
    c.db,
    gone.map(({ file_id }) => file_id),
  )
  return gone.length
}
