import type { Knex } from 'knex'
import { change, type ChangeContext, systemActor } from '../platform/db/change.ts'
import type { Log } from '../platform/log.ts'
import type { Rule } from './rule.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    /** A nightly rule was applied: which one, to how many records, and after what time they are due. */
    'retention.ran': { rule: string; count: number; after: string }
  }
}

/** What the nightly work runs with: the database as the role imi_purge. */
export interface Night extends ChangeContext {
  log: Log
  /** Asked before each step: once false, the rest is left for the next night or the next start of a worker. */
  goOn?: () => boolean
}

const ACTOR = systemActor('nightly')

/** Any number will do as long as it stays: two workers meet at it. */
const LOCK = 4_105_002

/**
 * Applies every rule to all that is due now (B13, requests.md, Data protection). Each step is a transaction of its own with its
 * entry in the history, so it can be killed anywhere and started again, and missed nights are made up for. Of two workers one
 * works; the other waits ten seconds, in case that one was killed, and then leaves it alone. A record that fails is logged and
 * left for the next night.
 */
export async function runNightly(night: Night, rules: readonly Rule[]): Promise<void> {
  await night.db.transaction(async trx => {
    if (!(await isMine(trx))) return night.log.info('nightly work is done elsewhere')
    for (const rule of rules) if (goesOn(night)) await run(night, rule)
  })
}

const goesOn = ({ goOn }: Night): boolean => goOn?.() ?? true

async function isMine(trx: Knex.Transaction): Promise<boolean> {
  await trx.raw(`set local lock_timeout = '10s'`)
  try {
    await trx.raw('select pg_advisory_xact_lock(?)', [LOCK])
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return false
    throw error
  }
}

async function run(night: Night, rule: Rule): Promise<void> {
  const failed = new Set<string>()
  let count = 0
  for (;;) {
    const found = await rule.find(night.db, night.clock.now())
    const due = found.filter(one => !failed.has(JSON.stringify(one)))
    let done = 0
    for (let at = 0; at < due.length && goesOn(night); at += rule.atOnce)
      done += await doAll(night, rule, due.slice(at, at + rule.atOnce), failed)
    count += done
    // Nothing left, or nothing that can be done tonight.
    if (done === 0 || !goesOn(night)) break
  }
  if (count + failed.size > 0) night.log.info('nightly rule', { rule: rule.name, done: count, failed: failed.size })
}

/** All of them in one transaction; when that fails each alone, so that one bad record does not hold up the others. */
async function doAll(night: Night, rule: Rule, due: unknown[], failed: Set<string>): Promise<number> {
  try {
    return await doTogether(night, rule, due)
  } catch (error) {
    if (isAway(error)) throw error
    let done = 0
    if (due.length > 1) for (const one of due) done += await doAll(night, rule, [one], failed)
    else {
      failed.add(JSON.stringify(due[0]))
      night.log.error('a nightly rule failed', { rule: rule.name, record: due[0], error })
    }
    return done
  }
}

async function doTogether(night: Night, rule: Rule, due: unknown[]): Promise<number> {
  try {
    return await change(night, ACTOR, async c => {
      const done = await rule.apply(c, due)
      if (done.length === 0) throw new NothingDue()
      await rule.tell?.(c, done)
      const details = { rule: rule.name, count: done.length, after: rule.after }
      await c.record('retention.ran', { type: 'retention', id: 0 }, details)
      return done.length
    })
  } catch (error) {
    if (error instanceof NothingDue) return 0
    throw error
  }
}

/** In the meantime somebody took it out of what is due. */
class NothingDue extends Error {}

/** The database is away or shutting down: no use in trying record by record. */
const isAway = (error: unknown): boolean => /^(08|53|57|E[A-Z]+$)/.test((error as { code?: string }).code ?? '')
