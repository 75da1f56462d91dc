import type { Knex } from 'knex'
import { REMINDED_BEFORE } from '../../invitations/index.ts'
import { PASSWORD_ENDS, type PasswordProfile } from '../../passwords/index.ts'
import type { Actor } from '../../policy.ts'
import { standingsColumn, withinReach } from '../../reach.ts'

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

/** How many there are of something that should not stay so, and the first few authorities that it is about. */
export interface Finding {
  measure: Measure
  count: number
  first: { id: number; name: string; lang: string }[]
}

// Users are counted only where the actor may see the people of the authority. The list behind a number counts as it does.
const FOUND = `
  people as (select u.authority_id, u.first_signed_in_at, u.blocked_at,
      u.blocked_at is null and not u.password_temporary and :rotates and ${PASSWORD_ENDS} <= cast(:at as timestamptz) as expired
    from users u join mine a on a.id = u.authority_id and 'manager for people' = any(a.standings)
    where u.deleted_at is null),
  found as (
    select 'oneAdministrator' as measure, a.id from mine a join authority_search s on s.authority_id = a.id
      where s.administrators = 1 and 'manager for people' = any(a.standings)
    union all select 'neverSignedIn', authority_id from people where first_signed_in_at is null
    union all select 'blocked', authority_id from people where blocked_at is not null
    union all select 'expired', authority_id from people where expired
    union all select 'noCoordinator', g.authority_id from grants g join mine a on a.id = g.authority_id
      where g.role = 'authority' and g.status = 'active' and not exists (
        select 1 from grant_coordinators l join authorities c on c.id = l.coordinator_id and c.status = 'active'
          join grants o on o.authority_id = c.id and o.module_id = g.module_id
            and o.role = 'coordinator' and o.status = 'active'
        where l.grant_id = g.id)
    union all select 'noModule', a.id from mine a
      where a.status = 'active' and not exists (select 1 from grants g where g.authority_id = a.id)
    union all select 'noTitle', a.id from mine a
      where a.status = 'active' and not exists (
        select 1 from authority_titles t where t.authority_id = a.id and t.language = 'en'))`

const FINDINGS = `
  select f.measure, count(*)::int as count,
    (select coalesce(json_agg(json_build_object('id', b.id, 'name', b.official_name, 'lang', b.official_language)
        order by b.sort_name, b.id), '[]')
      from (select distinct a.id, a.official_name, a.official_language, a.sort_name
        from found o join mine a on a.id = o.id where o.measure = f.measure order by a.sort_name, a.id limit 5) b) as first
  from found f group by f.measure
  union all
  select 'expiring', count(*)::int, '[]' from invitations i
  where i.inviter_id = :authority and i.status = 'sent' and i.expires_at > cast(:at as timestamptz)
    and i.expires_at <= cast(:soon as timestamptz)`

/** What should not stay as it is among the authorities that the actor manages of record (G5): one statement. */
export async function listFindings(
  db: Knex,
  actor: Actor,
  { at, passwordProfile }: { at: Date; passwordProfile: PasswordProfile },
): Promise<Finding[]> {
  const columns = ['a.id', 'a.status', 'a.official_name', 'a.official_language', 'a.sort_name']
  const mine = withinReach(db('authorities as a'), actor, 'authority.listMine').select(
    ...columns,
    standingsColumn(db, actor),
  )
  const soon = new Date(at.getTime() + REMINDED_BEFORE)
  const bindings = {
    at: at.toISOString(),
    soon: soon.toISOString(),
    authority: actor.authorityId,
    mine,
    rotates: passwordProfile === 'imi',
  }
  const found = await db.raw<{ rows: Finding[] }>(`with mine as materialized (:mine), ${FOUND} ${FINDINGS}`, bindings)
  const none = (measure: Measure): Finding => ({ measure, count: 0, first: [] })
  return measures.map(measure => found.rows.find(row => row.measure === measure) ?? none(measure))
}
