import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmbedded, type Embedded } from '../../src/platform/db/embedded.ts'

const FAST = { fsync: 'off', shared_buffers: '16MB' }
let dir: string
let server: Embedded
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "imi with a 'quote' "))
  server = await startEmbedded(dir, FAST)
})
afterAll(async () => {
  await server.stop()
  rmSync(dir, { recursive: true })
})

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ answer: unknown }>(sql).finally(() => client.end())
  return rows[0]?.answer
}

async function isAnswered(url: string): Promise<boolean> {
  return ask(url, 'select 1 as answer').then(
    () => true,
    () => false,
  )
}

test('the first start makes a database in UTF-8 whose owner is no superuser', async () => {
  expect(await ask(server.url, "select current_setting('server_encoding') as answer")).toBe('UTF8')
  expect(await ask(server.url, 'select rolsuper as answer from pg_roles where rolname = current_user')).toBe(false)
  expect(await ask(server.url, "select lower('ÅŠĄ') as answer")).toBe('åšą')
})

test('nobody enters without the password, which only this system user can read', async () => {
  const url = new URL(server.url)
  url.password = 'guess'
  await expect(ask(url.href, 'select 1 as answer')).rejects.toMatchObject({ code: '28P01' })
  expect(statSync(join(dir, 'postgres-password')).mode & 0o777).toBe(0o600)
})

test('a second process finds the running server, and does not stop what the first still needs', async () => {
  const again = await startEmbedded(dir, FAST)
  expect(again).toMatchObject({ url: server.url, pid: server.pid })
  await again.stop()
  expect(await isAnswered(server.url)).toBe(true)
})

test('what was entered is there after a stop and a start', async () => {
  await ask(server.url, 'create table kept as select 7 as answer')
  await server.stop()
  expect(await isAnswered(server.url)).toBe(false)
  server = await startEmbedded(dir, FAST)
  expect(await ask(server.url, 'select answer from kept')).toBe(7)
})

test('a killed server comes back at its address with what was committed', async () => {
  process.kill(server.pid, 'SIGKILL')
  await expect.poll(() => isAnswered(server.url), { timeout: 15_000, interval: 100 }).toBe(true)
  expect(await ask(server.url, 'select answer from kept')).toBe(7)
})

test('the number of a killed server that another program has now is no hindrance', async () => {
  await server.stop()
  expect(await isAnswered(server.url)).toBe(false)
  const file = join(dir, 'postgres/postmaster.pid')
  writeFileSync(file, `${process.pid}\n${join(dir, 'postgres')}\n1\n5432\n\n127.0.0.1\n\nready\n`)
  server = await startEmbedded(dir, FAST)
  expect(readFileSync(file, 'utf8')).not.toMatch(`${process.pid}\n`)
  expect(await ask(server.url, 'select answer from kept')).toBe(7)
})

test('its log quotes no row', async () => {
  await ask(server.url, 'create table people (name text unique)')
  await ask(server.url, "insert into people values ('Secretperson')")
  await ask(server.url, "insert into people values ('Secretperson')").catch(() => undefined)
  const log = readFileSync(join(dir, 'postgres/server.log'), 'utf8')
  expect(log).toContain('people_name_key')
  expect(log).not.toContain('Secretperson')
})
