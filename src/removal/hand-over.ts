import type { Knex } from 'knex'

/** What passed to others when authorities stopped managing and coordinating. */
export interface HandedOver {
  /** Authorities that lost an access manager of record or their validating authority; `heir` is who took over, where none was left. */
  managed: { authorityId: number; managerId: number; heir: number | null; validating: boolean }[]
  /** Grants that lost a linked coordinator; `heir` is who took over, where it was the only one. */
  linked: { grantId: number; authorityId: number; module: string; coordinatorId: number; heir: number | null }[]
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

const LINKED = `
  select l.grant_id as "grantId", t.authority_id as "authorityId", m.code as module, l.coordinator_id as "coordinatorId",
    case when t.role = 'authority' and x.id <> n.id and not exists (
      select 1 from grant_coordinators o where o.grant_id = t.id and not o.coordinator_id = any(:gone)) then n.id end as heir
  from grant_coordinators l join grants t on t.id = l.grant_id join modules m on m.id = t.module_id
  join authorities x on x.id = t.authority_id and not x.id = any(:gone) ${HEIR}
  where l.coordinator_id = any(:gone) order by l.grant_id, l.coordinator_id`

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
