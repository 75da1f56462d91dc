import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/platform/db/connection.ts'
import { connect, connectAsOwner } from '../../src/platform/db/connection.ts'
import { namer } from '../../src/platform/db/prepared.ts'
import { freshDatabase } from '../support/database.ts'

let fresh: Database
let db: Database

beforeAll(async () => {
  fresh = await freshDatabase()
  db = connect(fresh.url, { poolSize: 1 })
})
afterAll(async () => {
  await db.close()
  await fresh.close()
})

const prepared = async (): Promise<string[]> =>
  (await db.app.raw('select statement from pg_prepared_statements')).rows.map(
    (row: { statement: string }) => row.statement,
  )

test('a statement that comes again is prepared, whoever wrote it', async () => {
  for (let time = 0; time < 4; time += 1) await db.app('countries').where({ code: 'SE' }).select('code')
  expect(await prepared()).toEqual(['select "code" from "countries" where "code" = $1'])
})

test('a statement with a pattern, or without values, is not', async () => {
  const before = await prepared()
  for (let time = 0; time < 4; time += 1) {
    await db.app('countries').where('code', 'like', 'S%').select('code')
    await db.app('countries').select('code')
  }
  expect(await prepared()).toEqual(before)
})

test('the server keeps a bounded number of them', () => {
  const name = namer()
  const named = Array.from({ length: 1000 }, (_, n) => [1, 2, 3].map(() => name(`select ${n} + $1`)).at(-1))
  expect(named.filter(Boolean)).toHaveLength(300)
})

test('a migration under way costs a connection one answer, not all that follow', async () => {
  const owner = connectAsOwner(fresh.url)
  const ask = () => db.app.raw('select * from shelf where id = ?', [1])
  try {
    await owner.raw('create table shelf (id integer); grant select on shelf to imi_app')
    for (let time = 0; time < 4; time += 1) await ask()
    await owner.raw('alter table shelf add column book text')
    await expect(ask()).rejects.toMatchObject({ code: '0A000' })
    expect((await ask()).fields).toHaveLength(2)
  } finally {
    await owner.destroy()
  }
})
