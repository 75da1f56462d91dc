import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { NotFound } from '../errors.ts'
import { attachmentHeader } from '../files/name.ts'
import { findStoredFile, readFile } from '../files/stored-file.ts'
import type { Ctx } from './page.ts'

/**
 * Sends a stored file as a download under this name, never as a page: as fast as the reader takes it, one chunk in memory at a time.
 * Whether the reader may have it was asked by the route. Throws NotFound for what is not there or in quarantine.
 */
export async function sendFile(ctx: Ctx<unknown>, fileId: number, name: string): Promise<void> {
  const { db, kernel, req, res } = ctx
  const file = await findStoredFile(db, fileId)
  if (!file) throw new NotFound()
  const chunks = readFile(db, kernel.files, file)
  // The first chunk before the first header: a file that cannot be read is an error page, not half a file.
  const first = await chunks.next()
  res.status(200).set({
    'Content-Type': file.contentType,
    'Content-Length': String(file.size),
    'Content-Disposition': attachmentHeader(name),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  })
  if (req.method === 'HEAD') {
    res.end()
    return
  }
  try {
    await pipeline(Readable.from(allOf(first, chunks)), res)
  } catch (error) {
    // Too late for an error page: the reader sees a download that failed. One who has left is no failure.
    const left = (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE'
    if (!left) kernel.log.error('a file could not be sent whole', { file: fileId, error: String(error) })
    res.destroy()
  }
}

async function* allOf(first: IteratorResult<Buffer>, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (!first.done) yield first.value
  yield* rest
}
