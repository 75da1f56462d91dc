import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { Knex } from 'knex'
import { buildApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import { connectAsOwner, type Database } from '../../src/platform/db/connection.ts'
import { isMigrated } from '../../src/platform/db/migrate.ts'
import { makeLog } from '../../src/platform/log.ts'
import type { EmailRow } from '../../src/platform/mail/email.ts'
import { fingerprint, type Keyring } from '../../src/platform/secrets.ts'
import { browser, type Someone } from './browser.ts'
import { freshDatabase } from './database.ts'
import { assertNothingLeaks } from './leaks.ts'
import { sessionCookie } from './session-cookie.ts'

/** The time of a test: it stands until the test moves it. */
export interface TestClock {
  now(): Date
  advance(ms: number): void
  set(date: Date): void
}

export interface World {
  config: Config
  db: Database
  /** The owner's eyes, for arranging and looking. */
  knex: Knex
  clock: TestClock
  server: Server
  /** What the application logged. */
  logged: string[]
  stranger(language?: string): Someone
  /** Somebody with a full session, without walking through the sign-in pages. */
  signedIn(user: { id: number }): Promise<Someone>
  mails(): Promise<EmailRow[]>
  close(): Promise<void>
}

/**
 * A database of its own with the reference data, and the real application before it. Close it after the tests of the file: that fails
 * when a mail or the history holds what it must not (`leaks.ts`).
 */
export async function world(overrides: Partial<Config> = {}): Promise<World> {
  const db = await freshDatabase()
  const knex = connectAsOwner(db.url)
  const clock = testClock()
  const logged: string[] = []
  const config = { ...testConfig(), databaseUrl: db.url, ...overrides }
  const log = makeLog('debug', line => logged.push(line))
  const server = createServer(buildApp({ config, db, clock, log, ready: () => isMigrated(db.app) }))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    config,
    db,
    knex,
    clock,
    server,
    logged,
    stranger: language => browser(server, { clock, ...(language && { language }) }),
    signedIn: user => signedIn({ knex, clock, config, server }, user),
    mails: () => knex<EmailRow>('emails').orderBy('id'),
    async close() {
      await new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await assertNothingLeaks({ knex, config }).finally(async () => {
        await knex.destroy()
        await db.close()
      })
    },
  }
}

export const TEST_KEYS: Keyring = { current: 'test', keys: { test: Buffer.alloc(32, 7) } }

export function testConfig(): Config {
  return {
    mode: 'demo',
    host: '127.0.0.1',
    port: 0,
    baseUrl: 'http://localhost:3000',
    mailFrom: 'IMI <no-reply@imi.test>',
    trustProxy: false,
    keys: TEST_KEYS,
    passwordProfile: 'imi',
    varDir: 'var/test',
    logLevel: 'debug',
    assumed: [],
  }
}

/** Begins on the morning that the tests live in. */
export function testClock(): TestClock {
  let time = Date.parse('2026-11-20T09:00:00Z')
  return {
    now: () => new Date(time),
    advance: ms => void (time += ms),
    set: date => void (time = date.getTime()),
  }
}

type Inside = Pick<World, 'knex' | 'clock' | 'config' | 'server'>

async function signedIn({ knex, clock, config, server }: Inside, user: { id: number }): Promise<Someone> {
  const id = randomBytes(24).toString('base64url')
  const at = clock.now()
  await knex('sessions').insert({
    id_hash: fingerprint(id),
    user_id: user.id,
    stage: 'full',
    created_at: at,
    seen_at: at,
  })
  const value = sessionCookie(config.keys, id)
  return browser(server, { clock, cookies: [{ name: 'imi', value, path: '/', secure: false, httpOnly: true }] })
}
