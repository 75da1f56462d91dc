import type { Knex } from 'knex'
import type { GrantRole } from '../modules/index.ts'

/** What passed to others when authorities stopped managing and coordinating. */
export interface HandedOver {
  /** Authorities that lost an access manager of record or their validating authority; `heir` is who took over, where none was left. */
  managed: { authorityId: number; managerId: number; heir: number | null; validating: boolean }[]
  /** Grants that lost linked coordinators. */
  linked: LostLink[]
}

/** A grant whose linked coordinators are no longer there; `heir` is the national coordinator, where none else was left. */
export interface LostLink {
  grantId: number
  authorityId: number
  module: string
  role: GrantRole
  before: NamedCoordinator[]
  after: NamedCoordinator[]
  heir: number | null
}

interface NamedCoordinator {
  id: number
  name: string
}

const HEIR = `left join authorities n on n.country = x.country and n.kind = 'national coordinator' and not n.id = any(:gone)`

const MANAGED = `
  select x.id as "authorityId", g.id as "managerId", x.validating_authority_id = g.id as validating,
    case when not exists (select 1 from authority_access_managers o where o.authority_id = x.id and not o.manager_id = any(:gone))
      then n.id end as heir
  from unnest(cast(:gone as int[])) as g(id)
  join lateral (
    select m.authority_id from authority_access_managers m where m.manager_id = g.id
    union select v.id from authorities v where v.validating_authority_id = g.id) lost on true
  join authorities x on x.id = lost.authority_id and not x.id = any(:gone) ${HEIR}
  order by x.id, g.id`

const NAMED = `json_agg(json_build_object('id', c.id, 'name', c.official_name) order by c.id)`

const LINKED = `
  select l.*, case when l.left_over is null and l.role = 'authority' then n.id end as heir,
    coalesce(l.left_over, case when l.role = 'authority' and n.id is not null
      then json_build_array(json_build_object('id', n.id, 'name', n.official_name)) end, '[]') as after
  from (
    select g.id as "grantId", g.authority_id as "authorityId", m.code as module, g.role,
      ${NAMED} as before, ${NAMED} filter (where not c.id = any(:gone)) as left_over
    from grants g join modules m on m.id = g.module_id
    join grant_coordinators x on x.grant_id = g.id join authorities c on c.id = x.coordinator_id
    where g.id in (select grant_id from grant_coordinators where coordinator_id = any(:gone)) and not g.authority_id = any(:gone)
    group by g.id, m.id) l
  join authorities x on x.id = l."authorityId" ${HEIR}
  order by l."grantId"`

/**
 * Ends at once what authorities are to others: access managers, of record too, and linked coordinators. Where none is left the
 * national coordinator takes over, and it becomes the validating authority of what they had validated (roles.md, Kinds of
 * authority; requests.md, A coordinator). Their delegations end, and with them the data administrators' role.
 */
export async function handOver(db: Knex, gone: readonly number[], at: Date): Promise<HandedOver> {
  const given = { gone: [...gone], at }
  const managed = (await db.raw<{ rows: HandedOver['managed'] }>(MANAGED, given)).rows
  const linked = (await db.raw<{ rows: HandedOver['linked'] }>(LINKED, given)).rows
  await endManaging(db, given, managed)
  await db('grant_coordinators').whereIn('coordinator_id', given.gone).delete()
  await insertOnce(
    db,
    'grant_coordinators',
    linked.flatMap(({ grantId, heir }) => (heir === null ? [] : [{ grant_id: grantId, coordinator_id: heir }])),
  )
  return { managed, linked }
}

async function endManaging(
  db: Knex,
  given: { gone: number[]; at: Date },
  managed: HandedOver['managed'],
): Promise<void> {
  await db('authority_access_managers').whereIn('manager_id', given.gone).delete()
  await insertOnce(
    db,
    'authority_access_managers',
    managed.flatMap(({ authorityId, heir }) =>
      heir === null ? [] : [{ authority_id: authorityId, manager_id: heir, since: given.at }],
    ),
  )
  await db.raw(
    `update authorities x set validating_authority_id = (select n.id from authorities n
       where n.country = x.country and n.kind = 'national coordinator' and not n.id = any(:gone))
     where x.validating_authority_id = any(:gone)`,
    given,
  )
  await db('delegations').whereIn('authority_id', given.gone).delete()
  await db.raw(
    `delete from user_data_modules where user_id in (select id from users where authority_id = any(:gone))`,
    given,
  )
  await db('users')
    .whereIn('authority_id', given.gone)
    .whereNot({ data_administrator: 'none' })
    .update({ data_administrator: 'none' })
}

async function insertOnce(db: Knex, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await db(table).insert(rows).onConflict().ignore()
}
