import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../src/platform/db/connection.ts'
import { loadTexts } from '../../src/platform/i18n/i18n.ts'
import { makeLog } from '../../src/platform/log.ts'
import type { PostOffice } from '../../src/platform/mail/deliver.ts'
import type { Email, EmailRow } from '../../src/platform/mail/email.ts'
import { queue } from '../../src/platform/mail/queue.ts'
import type { Transport } from '../../src/platform/mail/transport.ts'
import type { Keyring } from '../../src/platform/secrets.ts'

export const keys: Keyring = { current: 'k1', keys: { k1: Buffer.alloc(32, 7) } }
export const texts = loadTexts({ strict: true })
export const stationery = { texts, baseUrl: 'https://imi.example', mailFrom: 'IMI <no-reply@imi.example>' }
export const START = new Date('2026-11-20T09:00:00Z')

/** A clock that stands until it is moved. */
export function standingClock(start = START): { now(): Date; forward(ms: number): void } {
  let at = start.getTime()
  return { now: () => new Date(at), forward: ms => void (at += ms) }
}

export const silent = makeLog('error', () => undefined)

/** What a worker has at hand, with a transport of the test's choice. */
export function officeOf(db: Database, transport: Transport, clock: { now(): Date } = standingClock()): PostOffice {
  return { db: db.app, transport, stationery, keys, clock, log: silent }
}

export const temporaryPassword: Email = {
  to: 'first@behoerde.example',
  language: 'sv',
  template: 'users/temporary-password',
  values: {},
  secret: { password: 'Tillf4lligt!' },
  about: { type: 'user', id: 12 },
}

export const registered: Email = {
  to: 'office@authority.example',
  cc: ['copy@authority.example'],
  language: 'en',
  template: 'authorities/registered',
  values: { authority: 'Łódzki Urząd & Co', registeredBy: 'Kommerskollegium' },
  path: '/authorities/7',
}

export const post = (db: Database, email: Email, at = START): Promise<number> =>
  db.app.transaction(trx => queue(trx, keys, at, email))

export async function rowOf(db: Database, id: number): Promise<EmailRow> {
  const row = await db.app<EmailRow>('emails').where({ id }).first()
  if (!row) throw new Error(`No mail ${id}`)
  return row
}

/** A folder of this test alone. */
export async function ownFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'imi-mail-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}
