import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Running, startApp } from '../bench/servers.ts'
import { world, type World } from '../support/app.ts'
import { browser } from '../support/browser.ts'
import { aCountry, type Country, fileOf } from './inviting.ts'

/** 5,000 with MANY=5000; fewer here, by the same code. */
const MANY = Number(process.env.MANY ?? 500)
/** Little room, so that what counts is what the process needs and not what it has not yet thrown away. */
const NODE_OPTIONS = '--max-old-space-size=128 --max-semi-space-size=4'
const MEGABYTE = 2 ** 20

let w: World
let country: Country
let running: Running
let folder: string
beforeAll(async () => {
  w = await world()
  w.clock.set(new Date())
  country = await aCountry(w)
  folder = await mkdtemp(join(tmpdir(), 'imi-memory-'))
  const { keys, current } = w.config.keys
  const secret = `${current}:${keys[current]?.toString('base64')}`
  running = await startApp({
    DATABASE_URL: w.db.url,
    VAR_DIR: folder,
    IMI_SECRET: secret,
    LOG_LEVEL: 'error',
    NODE_OPTIONS,
  })
})
afterAll(async () => {
  await running.stop()
  await w.close()
  await rm(folder, { recursive: true, force: true })
})

/** The same people at the process that was started, web and worker in one. */
async function visitor(user: { id: number }) {
  const cookies = (await w.signedIn(user)).cookies()
  return browser(`http://127.0.0.1:${running.port}`, { clock: w.clock, cookies })
}

/** What the process holds of the machine's memory, in MB. */
const memory = (): number => {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${running.pid}/status`, 'utf8'))
  return (Number(found?.[1]) * 1024) / MEGABYTE
}

/** From the file to the page that says that the work has begun. */
async function inviteMany(count: number, domain: string): Promise<void> {
  const manager = await visitor(country.user)
  const content = Buffer.from(fileOf(count, domain))
  const page = await manager.visit('/invitations/import')
  const preview = await page.submit('Read the file', { file: { name: 'all.csv', type: 'text/csv', content } })
  const held = await preview.submit(`Submit ${count.toLocaleString('en')} invitations`)
  await (await manager.visit(`${held.url}/confirmation`)).submit('These invitations are meant: confirm')
  const commission = await visitor(await w.knex('users').where({ imi_administrator: true }).first())
  const release = await commission.visit(`${held.url}/release`)
  await release.submit('Release invitations', {}, { to: /^\/tasks\/\d+$/ })
}

async function sent(count: number, domain: string): Promise<void> {
  const found = () => w.knex('emails').whereLike('to_address', `%@${domain}`).where({ state: 'sent' }).count('* as n')
  await vi.waitFor(async () => expect(Number((await found())[0]?.n)).toBe(count), { timeout: 170_000, interval: 500 })
}

test.skipIf(platform() !== 'linux')(
  'thousands of invitations by file cost the process less than 100 MB, pages and work together, and each is sent once',
  { timeout: 240_000 },
  async () => {
    await inviteMany(120, 'few.test')
    await sent(120, 'few.test')
    const before = memory()
    let most = before
    const watch = setInterval(() => (most = Math.max(most, memory())), 50)
    try {
      await inviteMany(MANY, 'many.test')
      await sent(MANY, 'many.test')
    } finally {
      clearInterval(watch)
    }
    expect(most - before).toBeLessThan(100)
    const addresses = await w.knex('emails').whereLike('to_address', '%@many.test').pluck('to_address')
    expect(addresses).toHaveLength(MANY)
    expect(new Set(addresses).size).toBe(MANY)
  },
)
