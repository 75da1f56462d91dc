import type { Knex } from 'knex'
import type { Consequences } from './removal.ts'

/** A calendar month is as long as the calendar says; the clock is the same for every server. */
const months = (column: string, count: number): string =>
  `(${column} at time zone 'UTC' + interval '${count} months') at time zone 'UTC'`

/** How long a deactivated authority stays before it is deleted, in months [000 5]. */
export const KEPT_MONTHS = 6

/** In SQL: from when an authority joined as `a` is deleted (B13). */
export const DELETED_FROM = months('a.deactivated_at', KEPT_MONTHS)

const CONSEQUENCES = `
  with linked as (
    select g.authority_id, not exists (select 1 from grant_coordinators o
      where o.grant_id = g.id and o.coordinator_id <> :id) as alone
    from grant_coordinators l join grants g on g.id = l.grant_id where l.coordinator_id = :id),
  managed as (
    select not exists (select 1 from authority_access_managers o
      where o.authority_id = m.authority_id and o.manager_id <> :id) as alone
    from authority_access_managers m where m.manager_id = :id)
  select
    (select coalesce(json_agg(json_build_object('id', g.id, 'moduleId', m.id, 'names', m.names) order by m.id), '[]')
      from grants g join modules m on m.id = g.module_id where g.authority_id = :id and g.status = 'active') as active,
    (select count(*)::int from grants where authority_id = :id) as modules,
    (select count(*)::int from users where authority_id = :id and deleted_at is null) as users,
    (select count(*)::int from users where authority_id = :id and deleted_at is null and administrator) as administrators,
    exists (select 1 from delegations where authority_id = :id) as delegated,
    (select count(*)::int from managed) as managed,
    (select count(*)::int from managed where alone) as "managedAlone",
    (select count(distinct authority_id)::int from linked) as linked,
    (select count(distinct authority_id)::int from linked where alone) as "linkedAlone"`

/** What ends for whom when this authority is deactivated. */
export async function findConsequences(db: Knex, id: number): Promise<Consequences> {
  const found = await db.raw<{ rows: [Consequences] }>(CONSEQUENCES, { id })
  return found.rows[0]
}

/** From when a deactivated authority is deleted; null while it is active. */
export async function findDeletedFrom(db: Knex, id: number): Promise<Date | null> {
  const found = await db.raw<{ rows: { day: Date | null }[] }>(
    `select ${DELETED_FROM} as day from authorities a where a.id = ?`,
    [id],
  )
  return found.rows[0]?.day ?? null
}

/** From when an authority that is deactivated at this moment would be deleted. */
export async function deletedFrom(db: Knex, at: Date): Promise<Date> {
  const found = await db.raw<{ rows: [{ day: Date }] }>(
    `select ${months('cast(? as timestamptz)', KEPT_MONTHS)} as day`,
    [at],
  )
  return found.rows[0].day
}

/** An authority, or an access manager, as a mail reaches it: at its functional address, in its own language. */
export interface Recipient {
  id: number
  email: string
  language: string
}

/** The columns of a recipient, of an authority. */
export const RECIPIENT = { id: 'id', email: 'email', language: 'official_language' } as const

/** The access managers of record of an authority. */
export const listManagersOfRecord = (db: Knex, authorityId: number): Promise<Recipient[]> =>
  db('authority_access_managers as m')
    .join('authorities as a', 'a.id', 'm.manager_id')
    .where('m.authority_id', authorityId)
    .orderBy('a.id')
    .select({ id: 'a.id', email: 'a.email', language: 'a.official_language' })

/** Everybody an authority is reached through: its administrators; without any, its functional address alone. */
export async function listReaders(
  db: Knex,
  authorityId: number,
): Promise<{ people: Recipient[]; functional: Recipient }> {
  const functional = await db('authorities').where({ id: authorityId }).first<Recipient>(RECIPIENT)
  const people = await db('users')
    .where({ authority_id: authorityId, administrator: true, deleted_at: null })
    .orderBy('id')
    .select<Recipient[]>('id', 'email', 'language')
  return { people, functional }
}
