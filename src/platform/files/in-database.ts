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
  sweep: () => Promise.resolve(0),
}

/** One question for each chunk: a reader on a slow line holds up nobody. */
async function* chunksOf(db: Knex, key: string): AsyncGenerator<Buffer> {
  const many = await db('stored_chunks').where({ key }).count<{ count: number }[]>({ count: '*' })
  for (let position = 0; position < (many[0]?.count ?? 0); position += 1) {
    const row = await db('stored_chunks').where({ key, position }).first<{ bytes: Buffer } | undefined>('bytes')
    if (!row) throw new LostFile(`The file ${key} was removed while it was read`)
    yield row.bytes
  }
}
