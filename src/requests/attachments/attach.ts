import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { ReceivedFile } from '../../platform/files/receive.ts'
import { removeFiles, storeFile } from '../../platform/files/stored-file.ts'

/** Where a side attaches: the request, and the part of it that the side works on. */
export interface AttachTo {
  requestId: number
  partId: number
}

/** What is said of a file: the language it is in, and whether it holds personal data. */
export interface Marks {
  language: string
  personal: boolean
}

/** So many files of both sides, at most. [requests.md, What a request holds] */
export const MOST_ATTACHMENTS = 20

/**
 * Attaches files as drafts of the actor's side. Hold the request and open personal data before.
 * @throws RuleBroken when the request would have too many
 */
export async function attachFiles(
  c: Change,
  { requestId, partId }: AttachTo,
  files: readonly ReceivedFile[],
  { language, personal }: Marks,
): Promise<void> {
  if (files.length === 0) return
  const [there] = await c
    .db('request_attachments')
    .where({ request_id: requestId })
    .count<{ count: number }[]>({ count: '*' })
  const left = MOST_ATTACHMENTS - Number(there?.count ?? 0)
  if (files.length > left)
    throw new RuleBroken('attachments:tooMany', { field: 'files', values: { most: MOST_ATTACHMENTS, left } })
  for (const file of files) {
    const file_id = await storeFile(c, file)
    const [row] = await c
      .db('request_attachments')
      .insert({
        request_id: requestId,
        part_id: partId,
        file_id,
        authority_id: c.actor.authorityId,
        user_id: c.actor.id,
        at: c.at,
        language,
        personal,
      })
      .returning<{ id: number }[]>('id')
    await c
      .db('request_attachment_names')
      .insert({ attachment_id: row?.id, request_id: requestId, personal, name: file.name })
  }
}

/** Says something else of draft attachments of the actor's side; others are left as they are. */
export async function markAttachments(
  c: Change,
  to: AttachTo,
  marks: readonly ({ id: number } & Marks)[],
): Promise<void> {
  const drafts = await ownDrafts(c, to)
  for (const { id, language, personal } of marks) {
    const changed = await drafts().where({ id }).update({ language, personal })
    if (changed) await c.db('request_attachment_names').where({ attachment_id: id }).update({ personal })
  }
}

/** Takes draft attachments of the actor's side away, those of these numbers or all, with their files; what was sent stays. */
export async function removeAttachments(c: Change, from: AttachTo, ids?: readonly number[]): Promise<void> {
  const drafts = await ownDrafts(c, from)
  const going = ids ? drafts().whereIn('id', [...ids]) : drafts()
  const files = await going.delete().returning<{ file_id: number }[]>('file_id')
  await removeFiles(
    c.db,
    files.map(({ file_id }) => file_id),
  )
}

/** The attachments of one side of a part go with what it sends, or come back as drafts with what was returned. */
export async function moveAttachments(
  c: Change,
  { partId, side }: { partId: number; side: AttachmentSide },
  { from, to, replyId = null }: { from: State; to: State; replyId?: number | null },
): Promise<void> {
  await attachmentsOf(c, partId, side).where({ state: from }).update({ state: to, reply_id: replyId })
}

export type AttachmentSide = 'requester' | 'responder'
type State = 'draft' | 'awaiting approval' | 'sent'

/** Drafts that were handed on with the request are the new responder's. */
const attachmentsOf = (c: Change, partId: number, side: AttachmentSide) =>
  c
    .db('request_attachments')
    .where({ part_id: partId })
    .whereRaw(
      `authority_id ${side === 'requester' ? '=' : '<>'} (select requester_id from requests where id = request_id)`,
    )

async function ownDrafts(c: Change, { requestId, partId }: AttachTo) {
  const [requester] = await c.db('requests').where({ id: requestId }).pluck<number[]>('requester_id')
  const side = requester === c.actor.authorityId ? 'requester' : 'responder'
  return () => attachmentsOf(c, partId, side).where({ state: 'draft' })
}
