import type { Request } from 'express'
import type { Body } from './form.ts'
import { readMultipart } from './multipart-form.ts'

/** A file as it came; its name is what the sender calls it and is shown, never used. */
export interface UploadedFile {
  name: string
  bytes: Buffer
}

/** More than any list that a page takes: 5,000 lines in UTF-16 are half of it. */
export const UPLOAD_LIMIT = 6 * 1024 * 1024

const kept = new WeakMap<Request, Map<string, UploadedFile>>()

/**
 * Reads a form that may hold files: its texts become the body, as from any other form; its files stay in memory for this request,
 * where `mayKeep` has seen the fields before them. Throws errors with a status that the error page draws: 413 for too much, 400 for what is no such form.
 */
export async function readUpload(req: Request, mayKeep: (before: Body) => boolean): Promise<void> {
  const files = new Map<string, UploadedFile>()
  kept.set(req, files)
  let room = UPLOAD_LIMIT
  await readMultipart(req, async ({ field, fileName, bytes }, before) => {
    const keep = mayKeep(before)
    const chunks: Buffer[] = []
    for await (const chunk of bytes) {
      room -= chunk.length
      if (keep && room >= 0) chunks.push(chunk)
    }
    if (chunks.length > 0) files.set(field, { name: fileName, bytes: Buffer.concat(chunks) })
  })
  if (room < 0) throw Object.assign(new Error('An upload was refused'), { status: 413 })
}

/** The file sent in this field, if there is one and it is not empty. */
export const uploadedFile = (req: Request, name: string): UploadedFile | undefined => kept.get(req)?.get(name)
