import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connect, connectAsOwner, type Database } from '../../src/platform/db/connection.ts'

/** A migrated database with the reference data, for one test file: a copy of the template, dropped when it is closed. */
export async function freshDatabase(): Promise<Database> {
  const server = inject('databaseServer')
  // The time in the name tells the next run which ones a killed run left behind.
  const name = `imi_test_${Math.floor(Date.now() / 1000)}_${randomBytes(6).toString('hex')}`
  await asOwner(server, 'create database ?? template ?? strategy file_copy', [name, inject('databaseTemplate')])
  const address = new URL(server)
  address.pathname = `/${name}`
  const db = connect(address.href)
  return {
    ...db,
    async close() {
      await db.close()
      await asOwner(server, 'drop database if exists ?? with (force)', [name])
    },
  }
}

async function asOwner(url: string, sql: string, names: string[]): Promise<void> {
  const owner = connectAsOwner(url)
  await owner.raw(sql, names).finally(() => owner.destroy())
}
