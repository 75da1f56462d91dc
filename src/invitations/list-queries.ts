import type { Knex } from 'knex'
import { z } from 'zod'
import { listQuery, type Page, paginate, type SortColumn } from '../platform/web/list.ts'
import type { Actor } from '../policy.ts'
import { NATIONAL_TOLD_AFTER, type Reason, REMINDED_BEFORE } from './invitation.ts'
import { stillHeld } from './submission-queries.ts'
import { type Status, STATUSES } from './workflow.ts'

/** What the list of invitations is asked for; anything odd is the default. */
export const invitationSearch = z.object({
  ...listQuery,
  status: z.enum(STATUSES).or(z.literal('')).catch(''),
  mine: z.enum(['yes', 'no']).catch('yes'),
  expiring: z.enum(['yes', '']).catch(''),
})
export type InvitationSearch = z.output<typeof invitationSearch>

/** What a list shows of an invitation. */
export interface ListedInvitation {
  id: number
  email: string
  name: string
  language: string
  status: Status
  reasons: Reason[]
  line: number | null
  inviterName: string
  inviterLanguage: string
  sentAt: Date | null
  expiresAt: Date | null
  registeredAt: Date | null
}

const NEWEST: readonly [SortColumn] = [{ column: 'i.id', field: 'id', type: 'integer', descending: true }]
const IN_ORDER: readonly [SortColumn] = [{ column: 'i.id', field: 'id', type: 'integer' }]

const STATUS_NOW = `case when i.status = 'sent' and i.expires_at <= cast(? as timestamptz) then 'expired' else i.status end`

const listed = (db: Knex, at: Date) =>
  db('invitations as i')
    .join('authorities as n', 'n.id', 'i.inviter_id')
    .select({
      id: 'i.id',
      email: 'i.email',
      name: 'i.name',
      language: 'i.language',
      status: db.raw(STATUS_NOW, [at]),
      reasons: 'i.reasons',
      line: 'i.line',
      inviterName: 'n.official_name',
      inviterLanguage: 'n.official_language',
      sentAt: 'i.sent_at',
      expiresAt: 'i.expires_at',
      registeredAt: 'i.registered_at',
    })

/** The invitations of the own authority; for the national coordinator, where asked for, of its whole country. */
export function searchInvitations(
  db: Knex,
  actor: Actor,
  search: InvitationSearch,
  { at, path, size }: { at: Date; path: string; size?: number },
): Promise<Page<ListedInvitation>> {
  const query = listed(db, at)
  if (search.mine === 'no' && actor.kind === 'national coordinator') query.where('n.country', actor.country)
  else query.where('i.inviter_id', actor.authorityId)
  if (search.status) query.whereRaw(`${STATUS_NOW} = ?`, [at, search.status])
  if (search.expiring) endingSoon(query, at)
  if (search.q) {
    const pattern = `%${search.q.replace(/[\\%_]/g, sign => `\\${sign}`)}%`
    query.where(any => any.whereILike('i.email', pattern).orWhereILike('i.name', pattern))
  }
  return paginate<ListedInvitation>(query, { sort: NEWEST, search, path, ...(size && { size }) })
}

/** Sent, and the code ends within five days (E4). */
function endingSoon(query: Knex.QueryBuilder, at: Date): void {
  void query
    .where('i.status', 'sent')
    .where('i.expires_at', '>', at)
    .where('i.expires_at', '<=', new Date(at.getTime() + REMINDED_BEFORE))
}

/** The invitations of one submission, in the order in which they came; of these statuses, where some are named. */
export function listOfSubmission(
  db: Knex,
  submissionId: number,
  ask: {
    at: Date
    path: string
    search: { after: string; before: string }
    statuses?: readonly Status[]
    size?: number
  },
): Promise<Page<ListedInvitation>> {
  const query = listed(db, ask.at).where('i.submission_id', submissionId)
  if (ask.statuses) query.whereIn('i.status', [...ask.statuses])
  const { search, path, size } = ask
  return paginate<ListedInvitation>(query, { sort: IN_ORDER, search: { ...search }, path, ...(size && { size }) })
}

/**
 * Registrations that wait for validation (E6): of those whom the own authority invited, and for the national coordinator those of
 * its country that have waited for 30 days (E7).
 */
export function searchRegistrations(
  db: Knex,
  actor: Actor,
  ask: { at: Date; path: string; search: { after: string; before: string } },
): Promise<Page<ListedInvitation>> {
  const { at, path, search } = ask
  const query = forValidation(listed(db, at), actor, at)
  return paginate<ListedInvitation>(query, { sort: IN_ORDER, search: { ...search }, path })
}

function forValidation<T extends Knex.QueryBuilder>(query: T, actor: Actor, at: Date): T {
  query.where('i.status', 'registered')
  if (!actor.manages) return query.whereRaw('false') as T
  return query.where(any => {
    void any.where('i.inviter_id', actor.authorityId)
    if (actor.kind === 'national coordinator')
      void any.orWhere(all =>
        all
          .where('n.country', actor.country)
          .where('i.registered_at', '<=', new Date(at.getTime() - NATIONAL_TOLD_AFTER)),
      )
  }) as T
}

/** What kinds of things wait for somebody among the invitations. */
export type WaitingKind = 'registration' | 'confirm' | 'decide' | 'expiring'

/**
 * What waits for this person among the invitations, for My actions (H1), as parts of one union: registrations to validate, held
 * submissions to confirm, for IMI administrators those to release or refuse (E3, E6), and how many codes end within five days (E4).
 */
export function waitingInvitations(db: Knex, actor: Actor, at: Date): Knex.QueryBuilder[] {
  const parts = actor.manages
    ? [registrationsOf(db, actor, at), heldIn(db, 'confirm', actor), expiringOf(db, actor, at)]
    : []
  return actor.imiAdministrator ? [...parts, heldIn(db, 'decide', actor)] : parts
}

const registrationsOf = (db: Knex, actor: Actor, at: Date): Knex.QueryBuilder =>
  forValidation(db('invitations as i').join('authorities as n', 'n.id', 'i.inviter_id'), actor, at).select(
    db.raw(
      `'registration' as kind, i.id, i.name, i.language as lang, 1 as count, i.registered_at as since,
      i.registered_at + ? * interval '1 millisecond' as due`,
      [NATIONAL_TOLD_AFTER],
    ),
  )

function heldIn(db: Knex, kind: 'confirm' | 'decide', actor: Actor): Knex.QueryBuilder {
  const held = db('invitation_submissions as s')
    .join('authorities as n', 'n.id', 's.inviter_id')
    .whereExists(stillHeld(db))
  if (kind === 'confirm') void held.where({ 's.state': 'held', 's.inviter_id': actor.authorityId })
  else void held.where({ 's.state': 'confirmed' })
  const since = kind === 'confirm' ? 's.submitted_at' : 's.confirmed_at'
  return held.select(
    db.raw(
      `cast(? as text) as kind, s.id, n.official_name as name, n.official_language as lang, (?) as count,
      ?? as since, cast(null as timestamptz) as due`,
      [kind, stillHeld(db).select(db.raw('count(*)::int')), since],
    ),
  )
}

const expiringOf = (db: Knex, actor: Actor, at: Date): Knex.QueryBuilder =>
  db('invitations as i')
    .where({ 'i.inviter_id': actor.authorityId })
    .modify(endingSoon, at)
    .havingRaw('count(*) > 0')
    .select(
      db.raw(`'expiring' as kind, 0 as id, '' as name, 'en' as lang, count(*)::int as count, min(i.sent_at) as since,
        min(i.expires_at) as due`),
    )
