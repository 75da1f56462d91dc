import type { Change } from '../../../platform/db/change.ts'
import type { Files } from '../../../platform/files/files.ts'
import { findStoredFile, readFile } from '../../../platform/files/stored-file.ts'
import { attachFiles, type AttachTo } from '../../attachments/attach.ts'
import type { Attachment } from '../../attachments/queries.ts'

/** Attaches the same files once more, each with bytes of its own: erasing one leaves the other. */
export async function copyAttachments(
  c: Change,
  files: Files,
  attachments: readonly Attachment[],
  to: AttachTo,
): Promise<void> {
  for (const { fileId, name, language, personal } of attachments) {
    const stored = await findStoredFile(c.db, fileId)
    const [sha256] = await c.db('stored_files').where({ id: fileId }).pluck<string[]>('sha256')
    if (!stored || sha256 === undefined || name === null || stored.state === 'quarantined') continue
    const { size, contentType, state } = stored
    const chunks = () => readFile(c.db, files, stored)
    const file = { field: 'files', name, size, sha256, contentType, state, home: files.home, chunks }
    await attachFiles(c, to, [file], { language, personal })
  }
}
