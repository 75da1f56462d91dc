import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { days } from '../../src/platform/clock.ts'
import { connectAsOwner, type Database } from '../../src/platform/db/connection.ts'
import { type Running, startApp } from '../bench/servers.ts'
import { charactersFor, enterPassword, WRONG } from '../sessions/support.ts'
import { TEST_KEYS } from '../support/app.ts'
import { browser, type Someone } from '../support/browser.ts'
import { freshDatabase } from '../support/database.ts'
import { aNationalCoordinator, anAuthority, type AnAuthority, type AUser, aUser } from '../support/factories.ts'
import { type Smtp, smtp } from '../support/smtp.ts'

/** Two web processes, each with its own worker, and two workers apart, all on one database. */
let db: Database
let knex: Knex
let post: Smtp
let webs: Running[] = []
let workers: ChildProcess[] = []
let nimic: AnAuthority
let manager: AUser
const varDir = mkdtempSync(join(tmpdir(), 'imi-two-'))
const lately = { passwordSetAt: new Date(Date.now() - days(1)) }

beforeAll(async () => {
  db = await freshDatabase()
  knex = connectAsOwner(db.url)
  post = await smtp()
  nimic = await aNationalCoordinator(knex, 'SE')
  manager = await aUser(knex, nimic, { administrator: true, dataAdministrator: 'all', ...lately })
  // What the night has to delete once, although four workers begin with it.
  const longAgo = new Date(Date.now() - days(300))
  for (let n = 0; n < 3; n += 1) await anAuthority(knex, { status: 'deactivated', deactivatedAt: longAgo })

  const key = TEST_KEYS.keys.test?.toString('base64')
  const settings = { DATABASE_URL: db.url, SMTP_URL: post.url, IMI_SECRET: `test:${key}`, VAR_DIR: varDir }
  const worker = join(import.meta.dirname, '../../src/worker.ts')
  const env = { PATH: process.env.PATH, ...settings }
  workers = [0, 1].map(() => spawn(process.execPath, [worker], { env, stdio: 'ignore' }))
  webs = await Promise.all([startApp(settings), startApp(settings)])
}, 300_000)
afterAll(async () => {
  const ends = workers.map(worker => once(worker, 'exit'))
  for (const worker of workers) worker.kill('SIGTERM')
  await Promise.all([...ends, ...webs.map(web => web.stop())])
  await post.close()
  await knex.destroy()
  await db.close()
  rmSync(varDir, { recursive: true, force: true })
})

/** Somebody at one of the two web processes; with the cookies of somebody they are the same browser. */
const at = (index: 0 | 1, who?: Someone): Someone =>
  browser(`http://127.0.0.1:${webs[index]?.port}`, { cookies: who?.cookies() ?? [] })

async function signIn(user: AUser): Promise<Someone> {
  const first = at(0)
  await enterPassword(first, user.username)
  const second = at(1, first)
  const code = await second.visit('/session/code')
  await code.submit('Sign in', charactersFor(code))
  return second
}

test('a visit begun at one goes on at the other, and ends at both', async () => {
  const second = await signIn(manager)
  const first = at(0, second)
  await (await first.visit('/')).submit('Sign out')
  await second.visit('/profile', { to: '/?next=%2Fprofile' })
})

test('wrong entries at both are counted together', async () => {
  const user = await aUser(knex, nimic, lately)
  const tries = [0, 1, 0, 1, 0, 1, 0, 1] as const
  await Promise.all(tries.map(index => enterPassword(at(index), user.username, WRONG, { status: 422 })))
  expect(await knex('users').where({ id: user.id }).first('wrong_entries')).toEqual({ wrong_entries: 5 })
  for (const index of [0, 1] as const) await enterPassword(at(index), user.username, undefined, { status: 422 })
})

test('what is done at both at once is done once, and each mail is sent once', async () => {
  const authority = await anAuthority(knex, { managers: [nimic] })
  await aUser(knex, authority, { administrator: true, ...lately })
  const second = await signIn(manager)
  const pages = await Promise.all(
    [at(0, second), second].map(one => one.visit(`/authorities/${authority.id}/deactivation`)),
  )
  await Promise.allSettled(pages.map(page => page.submit('Deactivate the authority')))
  const events = knex('audit_events').where({ event: 'authority.deactivated', subject_id: authority.id })
  expect(await events).toHaveLength(1)

  const waiting = () => knex('emails').whereNot({ state: 'sent' })
  await vi.waitFor(async () => expect(await waiting()).toEqual([]), { timeout: 30_000, interval: 200 })
  const ids = post.received.map(mail => mail.headers['message-id'])
  expect(ids.length).toBeGreaterThan(0)
  expect(ids).toHaveLength((await knex('emails')).length)
  expect(new Set(ids).size).toBe(ids.length)
})

test('the night that all of them begin with is done once', async () => {
  const ran = () =>
    knex('audit_events as e')
      .join('audit_values as v', 'v.event_id', 'e.id')
      .where({ event: 'retention.ran' })
      .whereRaw(`v.details->>'rule' = 'deleteAuthorities'`)
      .pluck('v.details')
  await vi.waitFor(async () => expect(await ran()).toHaveLength(1), { timeout: 30_000, interval: 200 })
  expect(await ran()).toMatchObject([{ count: 3 }])
  expect(await knex('tombstones')).toHaveLength(3)
})
