import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fromKnex, PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/platform/db/connection.ts'
import { MAIL_QUEUE } from '../../src/platform/mail/queue.ts'
import { freshDatabase } from '../support/database.ts'
import { smtp } from '../support/smtp.ts'
import { keys, ownFolder, post, registered } from './post-office.ts'

const MANY = 2000

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

test.each(['main.ts', 'worker.ts'])(
  '%s ends when told though thousands of mails wait: none is lost, none sent twice',
  { timeout: 180_000 },
  async program => {
    const server = await smtp({ slowToTake: 10 })
    await db.app('emails').where({ state: 'waiting' }).update({ state: 'failed' })
    const ids = await queueMany()
    const first = started(program, server.url)
    await server.waitFor(20, 60_000)
    const told = performance.now()
    first.kill('SIGTERM')
    expect(await once(first, 'exit')).toEqual([0, null])
    expect(performance.now() - told).toBeLessThan(10_000)
    const [taken, mails] = [server.received.length, db.app('emails').whereIn('id', ids)]
    expect(await mails.clone().where({ state: 'sent' }).pluck('id')).toHaveLength(taken)
    expect(await mails.clone().where({ state: 'waiting', attempts: 0 }).pluck('id')).toHaveLength(MANY - taken)

    const next = started('worker.ts', server.url)
    await server.waitFor(taken + 20, 60_000)
    next.kill('SIGTERM')
    await once(next, 'exit')
    expect(new Set(server.received.map(mail => mail.headers['message-id'])).size).toBe(server.received.length)
    await server.close()
  },
)

/** As many mails as a large act leaves behind, each with its job. */
async function queueMany(): Promise<number[]> {
  const id = await post(db, registered, new Date())
  const row = (await db.app('emails').where({ id }).first()) as object
  const columns = Object.keys(row).filter(name => !['id', 'message_id'].includes(name))
  const given = columns.map(() => '??').join(', ')
  const { rows } = await db.app.raw<{ rows: { id: number }[] }>(
    `insert into emails (message_id, ${given}) select gen_random_uuid(), ${given} from emails, generate_series(2, ?)
     where id = ? returning id`,
    [...columns, ...columns, MANY, id],
  )
  const boss = new PgBoss({ db: fromKnex(db.app), supervise: false, migrate: false, schedule: false })
  await boss.start()
  const jobs = rows.map(mail => ({ data: mail, singletonKey: String(mail.id) }))
  await boss.insert(MAIL_QUEUE, jobs)
  await boss.stop({ graceful: false, close: false })
  return [id, ...rows.map(mail => mail.id)]
}

/** `npm start` or `npm run worker` as in production, each on this database. */
function started(program: string, smtpUrl: string): ChildProcess {
  const root = join(import.meta.dirname, '../..')
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: db.url,
    SMTP_URL: smtpUrl,
    IMI_SECRET: `${keys.current}:${keys.keys.k1?.toString('base64')}`,
    IMI_MODE: 'production',
    MAIL_FROM: 'no-reply@imi.example',
    BASE_URL: 'http://127.0.0.1:4205',
    PORT: '4205',
    TRUST_PROXY: '1',
    VAR_DIR: folder.path,
  }
  return spawn(process.execPath, [join(root, 'src', program)], {
    cwd: folder.path,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
