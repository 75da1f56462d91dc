import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Files } from '../../src/platform/files/files.ts'
import { type Received, receiveFile, type ReceivedFile } from '../../src/platform/files/receive.ts'

export const varDir = mkdtempSync(join(tmpdir(), 'imi-files-'))

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

/** Takes bytes in as they would come from a browser, in pieces of this size. */
export const receive = (files: Files, bytes: Buffer, name = 'paper.txt', size = 50_000): Promise<Received> =>
  receiveFile(files, { field: 'files', name, chunks: pieces(bytes, size) })

const open: (() => Promise<void>)[] = []
export const closeAll = (): Promise<unknown> => Promise.all(open.splice(0).map(close => close()))

/** The file, which has to be one that may be attached; closed with `closeAll`. */
export async function accepted(files: Files, bytes: Buffer, name?: string, size?: number): Promise<ReceivedFile> {
  const { result, close } = await receive(files, bytes, name, size)
  open.push(close)
  if (!result.ok) throw new Error(result.refused.mistake.key)
  return result.file
}

/** The key of the sentence that refuses it. */
export async function refusal(files: Files, bytes: Buffer, name?: string): Promise<string | undefined> {
  const { result, close } = await receive(files, bytes, name)
  await close()
  return result.ok ? undefined : result.refused.mistake.key
}
