import { randomBytes } from 'node:crypto'
import { afterAll, expect, inject, test } from 'vitest'
import { connect, connectAsOwner } from '../../src/platform/db/connection.ts'
import { isMigrated, migrate, migrateDown, migrationFiles } from '../../src/platform/db/migrate.ts'
import { freshDatabase } from '../support/database.ts'
import { databaseAt } from '../support/templates.ts'
import { looking, shape } from './shape.ts'

const made: string[] = []
const owner = connectAsOwner(inject('databaseServer'))
afterAll(async () => {
  for (const name of made) await owner.raw('drop database if exists ?? with (force)', [name])
  await owner.destroy()
})

async function emptyDatabase(): Promise<string> {
  const name = `imi_test_${randomBytes(6).toString('hex')}`
  made.push(name)
  await owner.raw('create database ??', [name])
  return databaseAt(inject('databaseServer'), name)
}

test('every migration goes down and up again, and leaves the same', async () => {
  const db = await freshDatabase()
  const before = await shape(db.url)
  await migrateDown(db.url)
  const bare = await shape(db.url)
  expect(bare.filter(line => !line.includes('knex_migrations'))).toEqual([])
  expect(await migrate(db.url)).toEqual(migrationFiles())
  expect(await shape(db.url)).toEqual(before)
  await db.close()
})

test('several processes that start at once migrate each database once', async () => {
  const urls = await Promise.all([emptyDatabase(), emptyDatabase()])
  const ran = await Promise.all([...urls, ...urls, ...urls].map(url => migrate(url)))
  expect(ran.filter(names => names.length > 0)).toEqual([migrationFiles(), migrationFiles()])
})

test('a process that was killed while it migrated holds nobody up', async () => {
  const url = await emptyDatabase()
  await migrate(url)
  await looking(url, knex => knex('knex_migrations_lock').update({ is_locked: 1 }))
  expect(await migrate(url)).toEqual([])
})

test('a database without its migrations is seen', async () => {
  const url = await emptyDatabase()
  await migrate(url)
  const db = connect(url)
  expect(await isMigrated(db.app)).toBe(true)
  await looking(url, knex => knex('knex_migrations').where({ name: '0001_roles.ts' }).delete())
  expect(await isMigrated(db.app)).toBe(false)
  await db.close()
})
