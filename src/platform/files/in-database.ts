import type { Knex } from 'knex'
import { LostFile, type Storage } from './storage.ts'

/** Files in PostgreSQL: in the transaction of the act, in the same backup, and gone with their row. */
export const inDatabase: Storage = {
  place: 'database',

  async put(db, key, contents) {
    let position = 0
    for await (const bytes of contents.chunks()) {
      await db('stored_chunks').insert({ key, position, bytes })
      position += 1
    }
  },

  read: chunksOf,

  // Chunks cannot stand without their row.
  orphans: () => Promise.resolve([]),
  remove: () => Promise.resolve(),
}

/**
 * What one answer of PostgreSQL brings. It comes as text: in base64 it is shorter than in PostgreSQL's own way of writing bytes, and
 * this much of it fits into one piece from the network, so that nothing is put together and copied.
 */
const PIECE = 45 * 1024

/** One question for each piece: a reader on a slow line holds up nobody. */
async function* chunksOf(db: Knex, key: string): AsyncGenerator<Buffer> {
  const lengths = await db('stored_chunks')
    .where({ key })
    .orderBy('position')
    .select<{ position: number; length: number }[]>('position', db.raw('octet_length(bytes) as length'))
  for (const { position, length } of lengths)
    for (let from = 0; from < length; from += PIECE) yield await pieceOf(db, key, position, from)
}

async function pieceOf(db: Knex, key: string, position: number, from: number): Promise<Buffer> {
  const part = db.raw(`encode(substring(bytes from ?::integer for ?::integer), 'base64') as part`, [from + 1, PIECE])
  const row = await db('stored_chunks').where({ key, position }).first<{ part: string } | undefined>(part)
  if (!row) throw new LostFile(`The file ${key} was removed while it was read`)
  return Buffer.from(row.part, 'base64')
}
