import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/platform/db/connection.ts'
import { connect } from '../../src/platform/db/connection.ts'
import { rowsOf } from '../../src/platform/db/statement.ts'
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

test('values are put in by their names, as often as they stand there; a cast is none', async () => {
  const found = await rowsOf(db.app, `select :one::int as a, :two::text || ' three' as b, :one::int + 1 as c`, {
    one: 1,
    two: 'b',
  })
  expect(found).toEqual([{ a: 1, b: 'b three', c: 2 }])
})

test('a value that is missing is a mistake in the code', async () => {
  await expect(rowsOf(db.app, 'select :one::int', {})).rejects.toThrow('No value for :one')
})

test('in a transaction it sees what the transaction did', async () => {
  await db.app.transaction(async trx => {
    await trx.raw('create temporary table own (n int) on commit drop')
    await trx('own').insert({ n: 7 })
    expect(await rowsOf(trx, 'select n from own where n > :least', { least: 5 })).toEqual([{ n: 7 }])
  })
})

test('what PostgreSQL refuses keeps its code, and the connection goes back to the pool', async () => {
  for (let time = 0; time < 3; time += 1)
    await expect(rowsOf(db.app, 'select 1 / :n::int', { n: 0 })).rejects.toMatchObject({ code: '22012' })
  expect(await rowsOf(db.app, 'select :n::int as n', { n: 1 })).toEqual([{ n: 1 }])
})
