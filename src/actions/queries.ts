import type { Knex } from 'knex'
import { proposalStateFor } from '../authorities/index.ts'
import { waitingInvitations, type WaitingKind } from '../invitations/index.ts'
import { PASSWORD_ENDS, type PasswordProfile } from '../passwords/index.ts'
import { type Actor, can } from '../policy.ts'
import { withinReach } from '../reach.ts'
import { DELETED_FROM } from '../removal/index.ts'
import { type RequestWait, waitingRequests } from '../requests/index.ts'

export type ActionKind = WaitingKind | RequestWait | 'keyword' | 'confirmation' | 'deletion' | 'password'

/** Something that waits for somebody: one thing, or as many as `count` says that are done on one page. */
export interface Waiting {
  kind: ActionKind
  /** The record it is about; 0 where it is about many. */
  id: number
  name: string
  lang: string
  count: number
  since: Date
  due: Date | null
}

const DAY = 86_400_000
/** How long before its deletion an authority, and before its end a password, is shown here. */
const DELETION_SHOWN_BEFORE = 30 * DAY
const PASSWORD_SHOWN_BEFORE = 14 * DAY

/** Everything that waits for this person (H1), the most urgent first, and how much there is: one statement. */
export async function listActions(
  db: Knex,
  actor: Actor,
  { at, most, passwordProfile }: { at: Date; most: number; passwordProfile: PasswordProfile },
): Promise<{ rows: Waiting[]; total: number }> {
  const parts = [
    ...waitingRequests(db, actor, at),
    ...(actor.deactivated ? [] : waitingInvitations(db, actor, at)),
    ...(can(actor, 'keyword.decide') ? [keywords(db, actor)] : []),
    ...(can(actor, 'authority.listDeletions') ? [deletions(db, actor, at)] : []),
    ...(confirms(actor) ? [confirmation(db, actor, at)] : []),
    ...(passwordProfile === 'imi' ? [password(db, actor, at)] : []),
  ]
  if (parts.length === 0) return { rows: [], total: 0 }
  const found = await db
    .from(db.unionAll(parts, true).as('waiting'))
    .orderByRaw('due nulls last, since, kind, id')
    .limit(most)
    .select<(Waiting & { total: number })[]>('*', db.raw('(count(*) over ())::int as total'))
  return { rows: found.map(({ total: _, ...row }) => row), total: found[0]?.total ?? 0 }
}

const confirms = (actor: Actor): boolean => actor.administrator && !actor.deactivated && actor.kind !== 'commission'

const keywords = (db: Knex, actor: Actor): Knex.QueryBuilder =>
  db('keyword_proposals as p')
    .join('authorities as a', 'a.id', 'p.authority_id')
    .where({ 'p.state': proposalStateFor(actor), ...(!actor.imiAdministrator && { 'a.country': actor.country }) })
    .havingRaw('count(*) > 0')
    .select(
      db.raw(`'keyword' as kind, 0 as id, '' as name, 'en' as lang, count(*)::int as count, min(p.proposed_at) as since,
        cast(null as timestamptz) as due`),
    )

const deletions = (db: Knex, actor: Actor, at: Date): Knex.QueryBuilder =>
  withinReach(db('authorities as a').where('a.status', 'deactivated'), actor, 'authority.listMine')
    .whereRaw(`${DELETED_FROM} <= ?`, [new Date(at.getTime() + DELETION_SHOWN_BEFORE)])
    .havingRaw('count(*) > 0')
    .select(
      db.raw(`'deletion' as kind, 0 as id, '' as name, 'en' as lang, count(*)::int as count,
        min(a.deactivated_at) as since, min(${DELETED_FROM}) as due`),
    )

/** Data that were never confirmed are to be; those that were, a year later (B16). */
const confirmation = (db: Knex, actor: Actor, at: Date): Knex.QueryBuilder =>
  db('authorities as a')
    .where('a.id', actor.authorityId)
    .whereRaw(`(a.data_confirmed_at is null or a.data_confirmed_at <= cast(? as timestamptz) - interval '1 year')`, [
      at,
    ])
    .select(
      db.raw(`'confirmation' as kind, a.id, '' as name, 'en' as lang, 1 as count,
        coalesce(a.data_confirmed_at, a.registered_at) as since, a.data_confirmed_at + interval '1 year' as due`),
    )

const password = (db: Knex, actor: Actor, at: Date): Knex.QueryBuilder =>
  db('users as u')
    .where('u.id', actor.id)
    .whereRaw(`${PASSWORD_ENDS} <= ?`, [new Date(at.getTime() + PASSWORD_SHOWN_BEFORE)])
    .select(
      db.raw(`'password' as kind, 0 as id, '' as name, 'en' as lang, 1 as count, u.password_set_at as since,
        ${PASSWORD_ENDS} as due`),
    )
