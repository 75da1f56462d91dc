import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'
import { invitationEnds, nobodyValidates, type Office, waitsForValidation } from './emails.ts'
import { INVITER_REMINDED_AFTER, NATIONAL_TOLD_AFTER, REASON_READ_FOR, REMINDED_BEFORE } from './invitation.ts'
import { findInviterOffice } from './offices.ts'
import { steps } from './workflow.ts'

/**
 * What time does to invitations. `find` says which are due now, however many nights went by without a run; `apply` does it to one,
 * or nothing where somebody else has done it: safe twice and on two machines at once.
 */
export interface InvitationRule {
  name: string
  find(db: Knex, at: Date): Promise<number[]>
  apply(c: Change, id: number): Promise<void>
}

const before = (at: Date, time: number): Date => new Date(at.getTime() - time)
const after = (at: Date, time: number): Date => new Date(at.getTime() + time)
const subject = (id: number) => ({ type: 'invitation', id })

/** Reminder, end of a code, registrations that wait, and rejected ones that nobody corrects any more (E4, E6, E7). */
export const invitationRules: readonly InvitationRule[] = [
  { name: 'remindInvited', find: (db, at) => ending(db, at).pluck('id'), apply: remindInvited },
  { name: 'expireInvitations', find: (db, at) => ended(db, at).pluck('id'), apply: expire },
  { name: 'remindInviter', find: (db, at) => waiting(db, at).pluck('id'), apply: remindInviter },
  { name: 'tellNationalCoordinator', find: (db, at) => leftAlone(db, at).pluck('id'), apply: tellNational },
  { name: 'eraseEntered', find: (db, at) => outdated(db, at).pluck('id'), apply: erase },
]

/** Somebody else has done it, or it is no longer due: nothing was changed. */
export class NothingDue extends Error {}

/** Frees the addresses of rejected registrations whose time is over, before somebody else invites them. */
export async function closeRejections(c: Change): Promise<void> {
  const ids = await outdated(c.db, c.at).where({ status: 'rejected' }).pluck<number[]>('id')
  for (const id of ids)
    await erase(c, id).catch((error: unknown) => {
      if (!(error instanceof NothingDue)) throw error
    })
}

const ending = (db: Knex, at: Date) =>
  db('invitations')
    .where({ status: 'sent', reminded_at: null })
    .where('expires_at', '<=', after(at, REMINDED_BEFORE))
    .where('expires_at', '>', at)

const ended = (db: Knex, at: Date) => db('invitations').where({ status: 'sent' }).where('expires_at', '<=', at)

const waiting = (db: Knex, at: Date) =>
  db('invitations')
    .where({ status: 'registered', inviter_reminded_at: null })
    .where('registered_at', '<=', before(at, INVITER_REMINDED_AFTER))

const leftAlone = (db: Knex, at: Date) =>
  db('invitations')
    .where({ status: 'registered', national_told_at: null })
    .where('registered_at', '<=', before(at, NATIONAL_TOLD_AFTER))

/** Rejected longer ago than the reason is read, or expired as long ago without having been handed in. */
const outdated = (db: Knex, at: Date) => {
  const since = before(at, REASON_READ_FOR)
  return db('invitations').where(any =>
    any
      .where(all =>
        all
          .where({ status: 'rejected' })
          .where('decided_at', '<=', since)
          .where(some => some.where('may_hand_in_again', true).orWhereNotNull('entered').orWhereNotNull('reason')),
      )
      .orWhere(all => all.where({ status: 'expired' }).where('expires_at', '<=', since).whereNotNull('entered')),
  )
}

interface Due {
  id: number
  email: string
  name: string
  language: string
  inviter_id: number
  invited_by: number | null
  expires_at: Date
}

/** Marks one that is still due, so that nobody else does it too. */
async function mark(c: Change, due: Knex.QueryBuilder, id: number, marks: object): Promise<Due> {
  const [row] = (await due.where({ id }).update(marks).returning('*')) as Due[]
  if (!row) throw new NothingDue()
  return row
}

async function remindInvited(c: Change, id: number): Promise<void> {
  const due = await mark(c, ending(c.db, c.at), id, { reminded_at: c.at })
  const inviter = await findInviterOffice(c.db, due)
  await c.send(invitationEnds(due, inviter, due.expires_at))
  await c.record('invitation.reminded', subject(id), {})
}

async function expire(c: Change, id: number): Promise<void> {
  await mark(c, ended(c.db, c.at), id, { status: steps.expire.to })
  await c.record('invitation.expired', subject(id), {})
}

async function remindInviter(c: Change, id: number): Promise<void> {
  const due = await mark(c, waiting(c.db, c.at), id, { inviter_reminded_at: c.at })
  const { person, office } = await findInviterOffice(c.db, due)
  await c.send(waitsForValidation(person ?? office, due, true))
  await c.record('registration.waits', subject(id), { told: 'inviter' })
}

async function tellNational(c: Change, id: number): Promise<void> {
  const due = await mark(c, leftAlone(c.db, c.at), id, { national_told_at: c.at })
  const inviter = await findInviterOffice(c.db, due)
  const national = (await c
    .db('authorities')
    .where({ kind: 'national coordinator', country: inviter.country })
    .first({ email: 'email', language: 'official_language' })) as Office | undefined
  if (national) await c.send(nobodyValidates(national, due, inviter))
  await c.record('registration.waits', subject(id), { told: 'national coordinator' })
}

/** What was entered is not kept longer than it can be handed in again; the address is free (E6). */
async function erase(c: Change, id: number): Promise<void> {
  await mark(c, outdated(c.db, c.at), id, { entered: null, reason: null, may_hand_in_again: false })
  await c.record('invitation.erased', subject(id), {})
}
