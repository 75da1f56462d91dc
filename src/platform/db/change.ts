import type { Knex } from 'knex'
import type { Clock } from '../clock.ts'
import type { Email } from '../mail/email.ts'
import { queue } from '../mail/queue.ts'
import { type Keyring, randomToken } from '../secrets.ts'
import { canonical, valuesDigest } from './history-digest.ts'

/**
 * The catalogue of what can happen. Each slice adds its events by declaration merging, with the type of their details;
 * values of subject data, answers and comments never stand there.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the slices
export interface AuditEvents {}

/** Who acts without being a user: the nightly rules, `npm run create-admin`, and an invited visitor with a registration code. */
export const SYSTEM_ACTORS = ['nightly', 'createAdmin', 'invited'] as const

/** Who acts: a user, or one of those that are none. */
export interface ActingParty {
  id: number | null
  authorityId: number | null
  /** Kept in the history where there is no user: then `system:` and which one, for the pages to say in the reader's words. */
  name: string | null
  address?: string | undefined
}

/** One of those who act without being a user, as the history keeps it. */
export const systemActor = (which: (typeof SYSTEM_ACTORS)[number]): ActingParty => ({
  id: null,
  authorityId: null,
  name: `system:${which}`,
})

/** What a change concerns; `authorityId` says whose history it belongs to. */
export interface AuditSubject {
  type: string
  id: number
  authorityId?: number | null
}

/** One unit of work: everything a command needs, and nothing it must not have. */
export interface Change {
  readonly db: Knex.Transaction
  readonly actor: ActingParty
  readonly at: Date
  readonly keys: Keyring
  record<E extends keyof AuditEvents>(event: E, subject: AuditSubject, details: AuditEvents[E]): Promise<void>
  send(email: Email): Promise<void>
}

export interface ChangeContext {
  db: Knex
  clock: Clock
  keys: Keyring
}

/** Runs `work` in one transaction. Rows, history and queued mail commit together or not at all. */
export async function change<T>(
  context: ChangeContext,
  actor: ActingParty,
  work: (c: Change) => Promise<T>,
): Promise<T> {
  return context.db.transaction(async db => {
    let recorded = 0
    const at = context.clock.now()
    const result = await work({
      db,
      actor,
      at,
      keys: context.keys,
      async record(event, subject, details) {
        recorded += 1
        await insertEvent(db, actor, at, event, subject, details)
      },
      send: async email => {
        await queue(db, context.keys, at, email)
      },
    })
    if (recorded === 0) throw new Error('A change must leave an entry in the history')
    return result
  })
}

async function insertEvent(
  db: Knex.Transaction,
  actor: ActingParty,
  at: Date,
  event: string,
  subject: AuditSubject,
  details: object,
): Promise<void> {
  const values = canonical(details)
  const salt = randomToken(12)
  await db.raw(
    `with event as (
       insert into audit_events (at, event, actor_id, actor_authority_id, actor_name, subject_type, subject_id, authority_id,
         address, values_salt, values_digest)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id)
     insert into audit_values (event_id, details) select id, ?::jsonb from event`,
    [
      at,
      event,
      actor.id,
      actor.authorityId,
      actor.id === null ? actor.name : null,
      subject.type,
      subject.id,
      subject.authorityId ?? null,
      actor.address ?? null,
      salt,
      valuesDigest(salt, values),
      values,
    ],
  )
}
