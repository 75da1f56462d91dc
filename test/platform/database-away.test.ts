import { createServer, type Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { connect, type Database } from '../../src/platform/db/connection.ts'
import { isMigrated } from '../../src/platform/db/migrate.ts'
import { startWorker, type Worker } from '../../src/worker.ts'
import { aCountry, type Country, fileOf, row, SUBMIT } from '../invitations/inviting.ts'
import { world, type World } from '../support/app.ts'
import { browser, type Someone } from '../support/browser.ts'
import { smtp, type Smtp } from '../support/smtp.ts'
import { type DatabaseProxy, databaseProxy } from './database-proxy.ts'
import { silent } from './post-office.ts'

/** For how many seconds the database is away: 30 with AWAY=30, fewer here, by the same code. */
const AWAY = Number(process.env.AWAY ?? 4)
const READ = 'Read the file'

let w: World
let country: Country
let proxy: DatabaseProxy
let db: Database
let server: Server
let mail: Smtp
let worker: Worker
beforeAll(async () => {
  w = await world()
  w.clock.set(new Date())
  country = await aCountry(w)
  proxy = await databaseProxy(w.db.url)
  db = connect(proxy.url)
  mail = await smtp()
  const { clock } = w
  const config = { ...w.config, databaseUrl: proxy.url, smtpUrl: mail.url }
  server = createServer(buildApp({ config, db, clock, log: silent, ready: () => isMigrated(db.app) }))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  worker = await startWorker({ db, config, clock, log: silent })
})
afterAll(async () => {
  await proxy.up().catch(() => undefined)
  await worker.stop()
  await new Promise(resolve => server.close(resolve))
  await db.close()
  await Promise.all([proxy.close(), mail.close()])
  await w.close()
})

async function visitor(): Promise<Someone> {
  return browser(server, { clock: w.clock, cookies: (await w.signedIn(country.user)).cookies() })
}

const statusOf = async (someone: Someone, path: string) => (await someone.request('GET', path)).status

test(
  'the database away: pages say so and keep what was typed; once it is back everything goes on, and mails go out once',
  { timeout: 60_000 + AWAY * 2000 },
  async () => {
    const manager = await visitor()
    const [before, inviting, importing, pasting] = [
      await manager.visit('/invitations/new'),
      await manager.visit('/invitations/new'),
      await manager.visit('/invitations/import'),
      await manager.visit('/invitations/import'),
    ]
    await before.submit(SUBMIT, row(1, 'before@away.test', 'Quibbleworth'))
    await proxy.down()
    const left = performance.now()

    const page = await manager.visit('/authorities?q=office', { status: 503 })
    expect(page.headers['retry-after']).toBe('10')
    expect(page.text).toContain('not available for a moment')
    expect(await statusOf(manager, '/health/ready')).toBe(503)
    expect(await statusOf(manager, '/health/live')).toBe(200)
    const typed = row(1, 'typed@away.test', 'Zaxbyhurst & “Søn”')
    const sent = await inviting.submit(SUBMIT, typed, { status: 503 })
    const text = fileOf(3, 'pasted.test')
    const pasted = await pasting.submit(READ, { text }, { status: 503 })
    const file = { name: 'all.csv', type: 'text/csv', content: Buffer.from(fileOf(3, 'file.test')) }
    const chosen = await importing.submit(READ, { file }, { status: 503 })

    await pause(AWAY * 1000 - (performance.now() - left))
    // Whoever tries again too early is where they were.
    const early = await sent.submit('Try again', {}, { status: 503 })
    await proxy.up()
    expect((await page.submit('Try again')).url).toBe('/authorities?q=office')
    expect((await early.submit('Try again')).details()).toMatchObject({ Submitted: '1' })
    const invited = await w.knex('invitations').where({ email: 'typed@away.test' }).first()
    expect(invited).toMatchObject({ name: 'Zaxbyhurst & “Søn”', status: 'sent' })
    const again = await pasted.submit('Try again')
    expect(String(again.values(READ).text).split(/\r?\n/)).toEqual(text.split('\r\n'))
    expect((await again.submit(READ)).details()).toMatchObject({ 'Can be submitted': '3 invitations' })
    expect((await chosen.submit('Try again')).buttons).toContain(READ)
    await vi.waitFor(async () => expect(await statusOf(manager, '/health/ready')).toBe(200))

    await mail.waitFor(2, 30_000)
    const waiting = () => w.knex('emails').where({ state: 'waiting' }).pluck('to_address')
    await vi.waitFor(async () => expect(await waiting()).toEqual([]), { timeout: 30_000 })
    expect(mail.received.map(({ envelope }) => envelope.to).sort()).toEqual([['before@away.test'], ['typed@away.test']])
  },
)
