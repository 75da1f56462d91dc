import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Config, readConfig } from '../../src/config.ts'
import { minutes } from '../../src/platform/clock.ts'
import type { Database } from '../../src/platform/db/connection.ts'
import { startWorker } from '../../src/worker.ts'
import { freshDatabase } from '../support/database.ts'
import { smtp } from '../support/smtp.ts'
import {
  keys,
  ownFolder,
  post,
  registered,
  rowOf,
  silent,
  standingClock,
  START,
  temporaryPassword,
} from './post-office.ts'

let db: Database
let folder: Awaited<ReturnType<typeof ownFolder>>
beforeAll(async () => {
  db = await freshDatabase()
  folder = await ownFolder()
})
afterAll(async () => {
  await db.close()
  await folder.remove()
})

const configFor = (smtpUrl: string): Config => ({ ...readConfig({ VAR_DIR: folder.path, SMTP_URL: smtpUrl }), keys })

test('two workers send each mail once', async () => {
  const server = await smtp()
  const around = { db, config: configFor(server.url), clock: standingClock(), log: silent }
  const workers = await Promise.all([startWorker(around), startWorker(around)])
  const ids: number[] = []
  for (let count = 0; count < 12; count += 1) ids.push(await post(db, registered))
  await vi.waitFor(async () => expect(await statesOf(ids)).toEqual(['sent']), { timeout: 8_000 })
  await Promise.all(workers.map(worker => worker.stop()))

  expect(server.received).toHaveLength(12)
  expect(new Set(server.received.map(mail => mail.headers['message-id'])).size).toBe(12)
  await server.close()
})

test('lost jobs, a pause that is over and a mail of last night are found at the start', async () => {
  const server = await smtp()
  const clock = standingClock()
  const ids = [await post(db, registered), await post(db, temporaryPassword)]
  const later = await post(db, registered, new Date(START.getTime() + minutes(5)))
  await db.app.raw(`delete from pgboss.job where name = 'mail'`)
  clock.forward(minutes(1))

  const worker = await startWorker({ db, config: configFor(server.url), clock, log: silent })
  await vi.waitFor(async () => expect(await statesOf(ids)).toEqual(['sent']), { timeout: 8_000 })
  await worker.stop()
  expect((await rowOf(db, later)).state).toBe('waiting')
  await db.app('emails').where({ id: later }).update({ state: 'failed' })
  await server.close()
})

test('a worker killed while the server takes the mail loses nothing; the next one sends the same mail and stops when told', async () => {
  const server = await smtp({ slowToTake: 5_000 })
  const id = await post(db, temporaryPassword, new Date())
  const killed = workerProcess(server.url)
  await server.waitFor(1)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  expect(await rowOf(db, id)).toMatchObject({ state: 'waiting', attempts: 0 })

  server.ails({})
  const next = workerProcess(server.url)
  const [first, second] = await server.waitFor(2)
  expect(second?.headers['message-id']).toBe(first?.headers['message-id'])
  await vi.waitFor(async () => expect(await rowOf(db, id)).toMatchObject({ state: 'sent', secret: null }))
  next.kill('SIGTERM')
  expect(await once(next, 'exit')).toEqual([0, null])
  await server.close()
})

async function statesOf(ids: number[]): Promise<string[]> {
  return db.app('emails').whereIn('id', ids).distinct().pluck<string[]>('state')
}

/** `npm run worker`, with settings of its own. */
function workerProcess(smtpUrl: string): ChildProcess {
  const root = join(import.meta.dirname, '../..')
  const secret = `${keys.current}:${keys.keys.k1?.toString('base64')}`
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: db.url,
    SMTP_URL: smtpUrl,
    IMI_SECRET: secret,
    VAR_DIR: folder.path,
  }
  return spawn(process.execPath, [join(root, 'src/worker.ts')], { cwd: folder.path, env, stdio: 'ignore' })
}
