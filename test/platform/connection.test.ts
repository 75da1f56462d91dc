import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectAsOwner, type Database } from '../../src/platform/db/connection.ts'
import { freshDatabase } from '../support/database.ts'

let db: Database
beforeAll(async () => void (db = await freshDatabase()))
afterAll(() => db.close())

test.each(['app', 'purge'] as const)(
  'the pool "%s" works as a role that owns nothing and passes no barrier',
  async pool => {
    const { rows } = await db[pool].raw(
      'select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    )
    expect(rows).toEqual([
      { rolname: `imi_${pool}`, rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
    ])
    const owned = await db[pool].raw(
      'select 1 from pg_class c join pg_roles r on r.oid = relowner where rolname = current_user',
    )
    expect(owned.rows).toEqual([])
    await expect(db[pool].raw('create table mine (id integer)')).rejects.toMatchObject({ code: '42501' })
  },
)

test('it reads and writes what the owner makes later', async () => {
  const owner = connectAsOwner(db.url)
  await owner.raw('create table notes (id integer generated always as identity primary key, text text)')
  await owner.destroy()
  await db.app('notes').insert({ text: 'a' })
  await db.app('notes').update({ text: 'b' })
  expect(await db.app('notes').select()).toEqual([{ id: 1, text: 'b' }])
  expect(await db.purge('notes').delete()).toBe(1)
})

test('large numbers are numbers, moments are Dates and days are texts', async () => {
  const { rows } = await db.app.raw(
    "select 4102444800000::bigint as large, '2026-11-20T12:00:00Z'::timestamptz as moment, '2026-11-20'::date as day",
  )
  expect(rows).toEqual([{ large: 4102444800000, moment: new Date('2026-11-20T12:00:00Z'), day: '2026-11-20' }])
})

test('text is UTF-8 and found without its accents', async () => {
  const { rows } = await db.app.raw(
    "select current_setting('server_encoding') as encoding, unaccent('Ålborg Šilutė') as plain",
  )
  expect(rows).toEqual([{ encoding: 'UTF8', plain: 'Alborg Silute' }])
})

test('connections that die are replaced, with their role', async () => {
  await Promise.all([1, 2, 3].map(() => db.app.raw('select pg_sleep(0.05)')))
  const owner = connectAsOwner(db.url)
  const { rows } = await owner.raw(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  await owner.destroy()
  expect(rows.length).toBeGreaterThanOrEqual(3)
  await new Promise(resolve => setTimeout(resolve, 100)) // for the news to arrive
  const answers = await Promise.all([1, 2, 3, 4].map(() => db.app.raw('select current_user, pg_sleep(0.05)')))
  expect(answers.map(answer => answer.rows[0].current_user)).toEqual(['imi_app', 'imi_app', 'imi_app', 'imi_app'])
})
