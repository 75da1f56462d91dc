import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Contents } from './storage.ts'

/** What came in, on disk: read from any place of it, as often as wanted. */
export interface Spooled extends Contents {
  /** Up to `length` bytes from `position` on; fewer at the end. */
  at(position: number, length: number): Promise<Buffer>
  close(): Promise<void>
}

const CHUNK = 128 * 1024

/**
 * Writes what comes to a file that has no name any more: nobody else can open it, and it is gone with the process, however that
 * ends. Beyond `most` bytes the rest is counted and dropped, so that the sender gets an answer.
 */
export async function spool(folder: string, incoming: AsyncIterable<Buffer>, most: number): Promise<Spooled> {
  const handle = await nameless(folder)
  const digest = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of incoming) {
      size += chunk.length
      if (size > most) continue
      digest.update(chunk)
      await writeAll(handle, chunk)
    }
  } catch (error) {
    await handle.close()
    throw error
  }
  const length = Math.min(size, most)
  return {
    size,
    sha256: digest.digest('hex'),
    chunks: () => chunksOf(handle, length),
    at: (position, many) => bytesAt(handle, position, many),
    close: () => handle.close(),
  }
}

async function nameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
  await rm(path)
  return handle
}

async function writeAll(handle: FileHandle, chunk: Buffer): Promise<void> {
  for (let done = 0; done < chunk.length;) done += (await handle.write(chunk, done, chunk.length - done)).bytesWritten
}

/** One piece of memory for all chunks: made anew for each, they would pile up faster than they are collected. */
async function* chunksOf(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  const room = Buffer.allocUnsafeSlow(Math.min(CHUNK, size))
  for (let position = 0; position < size; position += CHUNK)
    yield await readInto(room.subarray(0, Math.min(CHUNK, size - position)), handle, position)
}

const bytesAt = (handle: FileHandle, position: number, length: number): Promise<Buffer> =>
  readInto(Buffer.allocUnsafeSlow(length), handle, position)

async function readInto(room: Buffer, handle: FileHandle, position: number): Promise<Buffer> {
  let read = 0
  while (read < room.length) {
    const { bytesRead } = await handle.read(room, read, room.length - read, position + read)
    if (bytesRead === 0) break
    read += bytesRead
  }
  return room.subarray(0, read)
}
