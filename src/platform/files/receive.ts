import type { Files } from './files.ts'
import { ScannerAway } from './clamd.ts'
import { fileName, readableName } from './name.ts'
import { spool, type Spooled } from './spool.ts'
import type { Contents, Storage } from './storage.ts'
import { FILE_TYPES, typeOf } from './type.ts'
import type { Mistake } from '../web/form.ts'

/** A file that came in, was looked at and may be stored; it lies in the inbox without a name until `close`. */
export interface ReceivedFile extends Contents {
  /** The field of the form that it was sent in. */
  field: string
  /** What the sender calls it, made harmless, with the ending that its content asks for: fit to be shown and served. */
  name: string
  contentType: string
  state: 'clean' | 'unscanned'
  home: Storage
}

/** A file that may not be stored, and why. */
export interface RefusedFile {
  field: string
  name: string
  mistake: Mistake
  /** What the scanner found, where it did: the file is kept apart. */
  infected?: { finding: string; file: ReceivedFile }
}

export interface Received {
  result: { ok: true; file: ReceivedFile } | { ok: false; refused: RefusedFile }
  /** Frees its place in the inbox. */
  close(): Promise<void>
}

/** The largest file that is taken: 10 MiB. [requests.md, What a request holds] */
export const LARGEST_FILE = 10 * 1024 * 1024

interface Coming {
  field: string
  /** As the sender calls it. */
  name: string
  chunks: AsyncIterable<Buffer>
  most?: number
}

/**
 * Takes a file in, one chunk in memory at a time, and looks at it: its size (what is too much is read and dropped), what it is by
 * its content, and, where a scanner is configured, whether it is clean. Touches no table: `storeFile` does, in the act.
 */
export async function receiveFile(
  files: Files,
  { field, name, chunks, most = LARGEST_FILE }: Coming,
): Promise<Received> {
  const spooled = await spool(files.inbox, chunks, most)
  try {
    return { result: await judged(files, spooled, { field, name, most }), close: spooled.close }
  } catch (error) {
    await spooled.close()
    throw error
  }
}

async function judged(
  files: Files,
  spooled: Spooled,
  { field, name, most }: { field: string; name: string; most: number },
): Promise<Received['result']> {
  const shown = readableName(name)
  const refuse = (key: string, values: Record<string, string | number> = {}): Received['result'] => ({
    ok: false,
    refused: { field, name: shown, mistake: { field, key, values: { name: shown, ...values } } },
  })
  if (spooled.size > most) return refuse('files:tooLarge', { megabytes: Math.floor(most / 1024 / 1024) })
  if (spooled.size === 0) return refuse('files:empty')
  const type = await typeOf(spooled)
  if (!type) return refuse('files:otherType')

  const { size, sha256, chunks } = spooled
  const about = { field, name: fileName(name, type), contentType: FILE_TYPES[type].contentType, home: files.home }
  const file: ReceivedFile = { ...about, size, sha256, chunks, state: files.scanner ? 'clean' : 'unscanned' }
  const finding = await scanned(files, file)
  if (finding === 'away') return refuse('files:scannerAway')
  if (finding === undefined) return { ok: true, file }
  const { refused } = refuse('files:infected') as { refused: RefusedFile }
  return { ok: false, refused: { ...refused, infected: { finding, file } } }
}

/** What the scanner found; undefined when the file is clean or nobody looks, 'away' when the scanner gives no verdict. */
async function scanned({ scanner }: Files, file: ReceivedFile): Promise<string | undefined> {
  try {
    return await scanner?.(file.chunks())
  } catch (error) {
    if (error instanceof ScannerAway) return 'away'
    throw error
  }
}
