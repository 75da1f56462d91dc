import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { installJobs } from '../jobs/install.ts'
import { connectAsOwner } from './connection.ts'

const directory = join(import.meta.dirname, '../../../migrations')

/** Any number will do as long as it stays: two processes that migrate one database meet at it. */
const LOCK = 4_105_001

/**
 * Brings the database to the state this version needs. Of two processes that start at once one works and the other waits; a killed
 * one holds nobody up, since the lock goes with its connection.
 * @returns the names of the migrations that ran
 */
export async function migrate(url: string): Promise<string[]> {
  return underLock(url, async owner => {
    const [, names] = (await owner.migrate.latest(settings)) as [number, string[]]
    await installJobs(url)
    return names
  })
}

/** Takes back every migration, the latest first. For tests and for those who develop. */
export async function migrateDown(url: string): Promise<void> {
  await underLock(url, owner => owner.migrate.rollback(settings, true))
}

/** Whether every migration of this version has run. */
export async function isMigrated(db: Knex): Promise<boolean> {
  const done = new Set(await db('knex_migrations').pluck<string[]>('name'))
  return migrationFiles().every(name => done.has(name))
}

/** The migrations of this version in their order. */
export function migrationFiles(): string[] {
  return readdirSync(directory)
    .filter(name => name.endsWith('.ts'))
    .sort()
}

const settings = { directory, loadExtensions: ['.ts'] }

async function underLock<T>(url: string, work: (owner: Knex) => Promise<T>): Promise<T> {
  const owner = connectAsOwner(url)
  try {
    return await owner.transaction(async trx => {
      await trx.raw('select pg_advisory_xact_lock(?)', [LOCK])
      // Knex' own lock is a row, which a killed process leaves behind.
      if (await owner.schema.hasTable('knex_migrations_lock')) await owner.migrate.forceFreeMigrationsLock(settings)
      return work(owner)
    })
  } finally {
    await owner.destroy()
  }
}
