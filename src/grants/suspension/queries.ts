import type { Knex } from 'knex'
import type { Grant } from '../grant.ts'

/** What the suspension of a grant ends, in numbers. */
export interface Consequences {
  /** Users of the authority with a role in the module. */
  users: number
  /** Authorities that have it as linked coordinator in the module, and those of them that have no other active one. */
  linked: number
  withoutOther: number
  /** Active modules that the authority keeps. */
  remaining: number
}

const LINKED = `
  select l.grant_id from grant_coordinators l
  join grants g on g.id = l.grant_id and g.module_id = :module
  where l.coordinator_id = :authority`

const OTHER = `
  select 1 from grant_coordinators o
  join grants og on og.authority_id = o.coordinator_id and og.module_id = :module
    and og.role = 'coordinator' and og.status = 'active'
  join authorities oa on oa.id = o.coordinator_id and oa.status = 'active'
  where o.grant_id = linked.grant_id and o.coordinator_id <> :authority`

const CONSEQUENCES = `
  with linked as (${LINKED})
  select
    (select count(distinct r.user_id)::int from user_roles r join users u on u.id = r.user_id and u.deleted_at is null
      where u.authority_id = :authority and r.module_id = :module) as users,
    (select count(*)::int from linked) as linked,
    (select count(*)::int from linked where not exists (${OTHER})) as "withoutOther",
    (select count(*)::int from grants where authority_id = :authority and status = 'active' and id <> :grant) as remaining`

/** What ends for whom when this grant is suspended. */
export async function findConsequences(
  db: Knex,
  { id: grant, authorityId: authority, moduleId: module }: Grant,
): Promise<Consequences> {
  const found = await db.raw<{ rows: [Consequences] }>(CONSEQUENCES, { grant, authority, module })
  return found.rows[0]
}
