import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Change } from '../db/change.ts'
import type { Files } from './files.ts'
import { LostFile, type Storage } from './storage.ts'
import type { ReceivedFile } from './receive.ts'

/** A file that somebody attached, as it stands in stored_files; its name belongs to whatever it is attached to. */
export interface StoredFile {
  id: number
  key: string
  place: Storage['place']
  /** In bytes. */
  size: number
  contentType: string
  /** Looked at by the scanner, or taken without one; what the scanner refused is kept apart and never served. */
  state: 'clean' | 'unscanned' | 'quarantined'
}

/**
 * Stores a received file in the transaction of the act and returns its number in stored_files, for the slice's own row beside it.
 * Rolled back, nothing stays. The bytes were counted, looked at and scanned when they came in.
 */
export async function storeFile(c: Change, file: ReceivedFile): Promise<number> {
  return insertFile(c, file, { state: file.state, finding: null })
}

/** Keeps what the scanner refused for those who look after the machine: never served, removed after 30 days. */
export async function quarantineFile(c: Change, file: ReceivedFile, finding: string): Promise<number> {
  const id = await insertFile(c, file, { state: 'quarantined', finding })
  await c.record('file.quarantined', { type: 'file', id }, { finding, size: file.size, sha256: file.sha256 })
  return id
}

/** The files of these numbers are gone with the act: their bytes too, outside of the database in the next night. */
export async function removeFiles(db: Knex, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await db('stored_files').whereIn('id', ids).delete()
}

/** The stored file of this number, unless it is in quarantine: for nobody is it there then. */
export async function findStoredFile(db: Knex, id: number): Promise<StoredFile | undefined> {
  const row = (await db('stored_files')
    .where({ id })
    .whereNot({ state: 'quarantined' })
    .first('id', 'key', 'place', 'size', 'content_type as contentType', 'state')) as StoredFile | undefined
  return row
}

/** The bytes of a stored file, one chunk at a time. Throws LostFile where they are not all there. */
export async function* readFile(db: Knex, files: Files, { key, place, size }: StoredFile): AsyncGenerator<Buffer> {
  const storage = files.places[place]
  if (!storage) throw new LostFile(`The file ${key} stands in a place that FILES_URL no longer names`)
  let read = 0
  for await (const chunk of storage.read(db, key)) {
    read += chunk.length
    yield chunk
  }
  if (read !== size) throw new LostFile(`The file ${key} has ${read} of its ${size} bytes`)
}

async function insertFile(
  { db, at }: Change,
  { home, size, sha256, contentType, chunks }: ReceivedFile,
  verdict: { state: StoredFile['state']; finding: string | null },
): Promise<number> {
  const key = randomUUID()
  await home.put(db, key, { size, sha256, chunks })
  const rows = await db('stored_files')
    .insert({ key, place: home.place, size, sha256, content_type: contentType, created_at: at, ...verdict })
    .returning<{ id: number }[]>('id')
  return rows[0]!.id
}

declare module '../db/change.ts' {
  interface AuditEvents {
    'file.quarantined': { finding: string; size: number; sha256: string }
  }
}
