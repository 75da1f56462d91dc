import type { Change } from '../../../platform/db/change.ts'
import type { ReceivedFile } from '../../../platform/files/receive.ts'
import { attachFiles, markAttachments, removeAttachments } from '../../attachments/attach.ts'
import type { AttachmentWish } from '../../attachments/fields.ts'
import type { ImiRequest } from '../../request.ts'
import { holdDraft } from '../hold.ts'
import { saved } from './save.ts'

/**
 * Attaches files to a draft, says something else of those there, takes some away.
 * @throws RuleBroken when it is no draft any more, or has too many files; Overtaken when somebody saved meanwhile
 */
export async function saveAttachments(
  c: Change,
  request: ImiRequest,
  { version, ...wish }: AttachmentWish & { version: number },
  files: readonly ReceivedFile[],
): Promise<void> {
  const { id: partId, requestId } = await holdDraft(c, request, version)
  const to = { requestId, partId }
  await removeAttachments(c, to, wish.remove)
  await markAttachments(c, to, wish.marks)
  await attachFiles(c, to, files, wish.coming)
  await saved(c, request, 'attachments')
}
