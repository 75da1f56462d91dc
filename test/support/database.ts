import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { connect, connectAsOwner, type Database } from '../../src/platform/db/connection.ts'
import { databaseAt, dropDatabase } from './templates.ts'

/** A migrated database with the reference data, for one test file: a copy of the template, dropped when it is closed. */
export async function freshDatabase(template = inject('databaseTemplate')): Promise<Database> {
  const server = inject('databaseServer')
  // The time in the name tells the next run which ones a killed run left behind.
  const name = `imi_test_${Math.floor(Date.now() / 1000)}_${randomBytes(6).toString('hex')}`
  await asOwner(server, 'create database ?? template ?? strategy file_copy', [name, template])
  const db = connect(databaseAt(server, name))
  return {
    ...db,
    async close() {
      await db.close()
      await dropDatabase(server, name)
    },
  }
}

async function asOwner(url: string, sql: string, names: string[]): Promise<void> {
  const owner = connectAsOwner(url)
  await owner.raw(sql, names).finally(() => owner.destroy())
}
