import type { Knex } from 'knex'
import { REMINDED_BEFORE } from '../../invitations/index.ts'
import { PASSWORD_ENDS, type PasswordProfile } from '../../passwords/index.ts'
import type { Actor } from '../../policy.ts'
import { withinReach } from '../../reach.ts'
import { LACKING, NEVER_SIGNED_IN, peopleSeen, WITHOUT_COORDINATOR } from '../../search/index.ts'

export const measures = [
  'oneAdministrator',
  'neverSignedIn',
  'blocked',
  'expired',
  'noCoordinator',
  'expiring',
  'noModule',
  'noTitle',
] as const
export type Measure = (typeof measures)[number]

/** How many there are of something that should not stay so, at how many authorities, and the first few of these. */
export interface Finding {
  measure: Measure
  count: number
  authorities: number
  first: { id: number; name: string; lang: string }[]
}

// Users are counted only where the actor may see the people of the authority. The list behind a number counts as it does.
const FOUND = `
  people as (select u.authority_id, ${NEVER_SIGNED_IN} as never, u.blocked_at is not null as blocked,
      u.blocked_at is null and not u.password_temporary and :rotates and ${PASSWORD_ENDS} <= cast(:at as timestamptz) as expired
    from users u join those a on a.id = u.authority_id and a.people where u.deleted_at is null),
  found as (
    select 'oneAdministrator' as measure, a.id from those a join authority_search s on s.authority_id = a.id
      where s.administrators = 1 and a.people
    union all select 'neverSignedIn', authority_id from people where never
    union all select 'blocked', authority_id from people where blocked
    union all select 'expired', authority_id from people where expired
    union all select 'noCoordinator', a.id from grants g join those a on a.id = g.authority_id where ${WITHOUT_COORDINATOR}
    union all select 'noModule', a.id from those a where ${LACKING.noModule}
    union all select 'noTitle', a.id from those a where ${LACKING.noTitle})`

const FINDINGS = `
  select f.measure, count(*)::int as count, count(distinct f.id)::int as authorities,
    (select coalesce(json_agg(json_build_object('id', b.id, 'name', b.official_name, 'lang', b.official_language)
        order by b.sort_name, b.id), '[]')
      from (select distinct a.id, a.official_name, a.official_language, a.sort_name
        from found o join those a on a.id = o.id where o.measure = f.measure order by a.sort_name, a.id limit 5) b) as first
  from found f group by f.measure
  union all
  select 'expiring', count(*)::int, 0, '[]' from invitations i
  where i.inviter_id = :authority and i.status = 'sent' and i.expires_at > cast(:at as timestamptz)
    and i.expires_at <= cast(:soon as timestamptz)`

/**
 * What should not stay as it is at the authorities in use (G5), those that the actor manages of record or those of its whole
 * country; invitations are its authority's own. One statement.
 */
export async function listFindings(
  db: Knex,
  actor: Actor,
  { mine, at, passwordProfile }: { mine: boolean; at: Date; passwordProfile: PasswordProfile },
): Promise<Finding[]> {
  const those = db('authorities as a')
    .where({ 'a.country': actor.manages?.country ?? '', 'a.status': 'active' })
    .select(
      'a.id',
      'a.official_name',
      'a.official_language',
      'a.sort_name',
      db.raw('? as people', [peopleSeen(db, actor)]),
    )
  const soon = new Date(at.getTime() + REMINDED_BEFORE)
  const bindings = {
    at: at.toISOString(),
    soon: soon.toISOString(),
    authority: actor.authorityId,
    those: mine ? withinReach(those, actor, 'authority.listMine') : those,
    rotates: passwordProfile === 'imi',
  }
  const found = await db.raw<{ rows: Finding[] }>(`with those as materialized (:those), ${FOUND} ${FINDINGS}`, bindings)
  const none = (measure: Measure): Finding => ({ measure, count: 0, authorities: 0, first: [] })
  return measures.map(measure => found.rows.find(row => row.measure === measure) ?? none(measure))
}
