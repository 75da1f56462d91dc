import type { Knex } from 'knex'
import { type Clock, days, minutes } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Keyring } from '../secrets.ts'
import { DIGEST, type DigestItem, type EmailRow } from './email.ts'
import { secretOf } from './queue.ts'
import { render, type Stationery } from './render.ts'
import type { Receipt, Transport } from './transport.ts'

export interface PostOffice {
  db: Knex
  transport: Transport
  stationery: Stationery
  keys: Keyring
  clock: Clock
  log: Log
}

const FIRST_PAUSE = minutes(0.5)
const LONGEST_PAUSE = minutes(30)
const GIVEN_UP_AFTER = days(5)

/**
 * Tries once to send the mail with this number, if it still waits and its time has come, and writes down what became of
 * it (H3). The row stays locked meanwhile: of two workers one sends and the other passes by. A worker killed between
 * sending and commit sends again with the same Message-ID.
 */
export async function deliver(office: PostOffice, id: number): Promise<void> {
  await office.db.transaction(async trx => {
    const row = await trx<EmailRow>('emails')
      .where({ id, state: 'waiting', digest_of: null })
      .forUpdate()
      .skipLocked()
      .first()
    if (!row || row.next_attempt_at > office.clock.now()) return
    const isDigest = row.template === DIGEST
    const outcome = await attempt(office, row, isDigest ? await listItems(trx, id) : [])
    await trx<EmailRow>('emails').where({ id }).update(outcome)
    if (isDigest && outcome.state !== 'waiting') await shareFate(trx, id, outcome)
    if (outcome.state !== 'sent')
      office.log.warn('mail not sent', { id, state: outcome.state, attempts: outcome.attempts })
  })
}

/** What a digest lists, in the order in which it came: each kind once for each page. */
const listItems = (trx: Knex.Transaction, id: number): Promise<DigestItem[]> =>
  trx<EmailRow>('emails')
    .where({ digest_id: id })
    .groupBy('template', 'path')
    .orderByRaw('min(id)')
    .select<DigestItem[]>('template', 'path', trx.raw('count(*)::int as number'))

/** What a digest lists was sent, refused or given up with it. */
async function shareFate(trx: Knex.Transaction, id: number, { state, last_error, sent_at }: Outcome): Promise<void> {
  await trx<EmailRow>('emails')
    .where({ digest_id: id })
    .update({ state, last_error, sent_at: sent_at ?? null })
}

type Outcome = Pick<EmailRow, 'state' | 'attempts' | 'last_error'> & Partial<EmailRow>

async function attempt(office: PostOffice, row: EmailRow, items: DigestItem[]): Promise<Outcome> {
  let secret: Record<string, string> = {}
  try {
    secret = secretOf(office.keys, row)
    const receipt = await office.transport(render(row, secret, office.stationery, items))
    return outcomeOf(row, receipt, office.clock.now(), Object.values(secret))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return postponed(row, row.accepted, clean(reason, Object.values(secret)), office.clock.now())
  }
}

function outcomeOf(row: EmailRow, { accepted, refused }: Receipt, now: Date, secret: string[]): Outcome {
  const reached = [...row.accepted, ...accepted]
  const reason = refused.length > 0 ? clean(refused.map(one => one.reason).join(' · '), secret) : null
  const attempts = row.attempts + 1
  if (refused.some(one => one.address === row.to_address && one.forGood)) {
    return { state: 'refused', attempts, accepted: reached, last_error: reason, secret: null }
  }
  if (refused.some(one => !one.forGood)) return postponed(row, reached, reason, now)
  return { state: 'sent', attempts, accepted: reached, last_error: reason, sent_at: now, secret: null }
}

/** Later, after a pause that doubles each time; after five days no more. */
function postponed(row: EmailRow, accepted: string[], reason: string | null, now: Date): Outcome {
  const attempts = row.attempts + 1
  if (now.getTime() - row.created_at.getTime() > GIVEN_UP_AFTER) {
    const arrived = accepted.includes(row.to_address)
    const end = arrived ? { state: 'sent' as const, sent_at: now } : { state: 'failed' as const }
    return { ...end, attempts, accepted, last_error: reason, secret: null }
  }
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(row.attempts, 20))
  return { state: 'waiting', attempts, accepted, last_error: reason, next_attempt_at: new Date(now.getTime() + pause) }
}

/** What a server answers may quote the mail: neither secrets nor addresses reach the row. */
function clean(reason: string, secret: string[]): string {
  const silent = secret.reduce((text, word) => text.replaceAll(word, '…'), reason)
  return silent
    .replace(/[^\s<>:;,]+@[^\s<>:;,]+/g, '…')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
}
