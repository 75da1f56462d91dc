import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'
import { lockAccess } from '../authorities/index.ts'
import { DELETED_FROM, handOver, KEPT_MONTHS } from '../removal/index.ts'
import { loseAuthority, settleCoordinator } from '../requests/index.ts'
import { BATCH, rule } from './rule.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'authority.deleted': { country: string; officialName: string; deactivatedAt: Date; users: number }
  }
}

interface Due {
  id: number
}

interface Gone extends Due {
  country: string
  official_name: string
  official_language: string
  deactivated_at: Date
  users: number
}

const IS_DUE = `a.status = 'deactivated' and a.kind = 'competent' and ${DELETED_FROM} <= cast(:at as timestamptz)`

/** Deletes what was deactivated six calendar months ago, with users and settings (B13, [000 5]). */
export const deleteAuthorities = rule<Due>({
  name: 'deleteAuthorities',
  after: `${KEPT_MONTHS} months`,
  atOnce: 20,
  find: async (db, at) =>
    (
      await db.raw<{ rows: Due[] }>(`select a.id from authorities a where ${IS_DUE} order by a.id limit ${BATCH}`, {
        at,
      })
    ).rows,
  apply: deleteThese,
})

/**
 * A tombstone says what stood there and nothing about people; the history stays, and names its people for three more years.
 * What it still was to others passes to the national coordinator.
 */
async function deleteThese(c: Change, due: Due[]): Promise<Due[]> {
  const gone = await lockDue(c, due)
  if (gone.length === 0) return []
  const ids = gone.map(({ id }) => id)
  for (const one of gone) {
    await loseAuthority(c, one.id)
    await settleCoordinator(c, one.id, { gone: true })
    await handOver(c, { ...one, officialName: one.official_name })
  }
  await c.db('tombstones').insert(
    gone.map(({ id: authority_id, country, official_name, official_language }) => {
      return { authority_id, country, official_name, official_language, deleted_at: c.at }
    }),
  )
  await keepNames(c, ids)
  await deleteMails(c.db, ids)
  await c.db('authorities').whereIn('id', ids).delete()
  for (const { id, country, official_name: officialName, deactivated_at: deactivatedAt, users } of gone)
    await c.record(
      'authority.deleted',
      { type: 'authority', id, authorityId: id },
      { country, officialName, deactivatedAt, users },
    )
  return gone
}

/** Those that are still due, held until they are gone: nobody reactivates one meanwhile, or changes who manages what. */
async function lockDue(c: Change, due: Due[]): Promise<Gone[]> {
  const ids = due.map(({ id }) => id)
  const countries = await c
    .db('authorities')
    .whereIn('id', ids)
    .distinct()
    .orderBy('country')
    .pluck<string[]>('country')
  for (const country of countries) await lockAccess(c.db, country)
  const found = await c.db.raw<{ rows: Gone[] }>(
    `select a.id, a.country, a.official_name, a.official_language, a.deactivated_at,
       (select count(*)::int from users u where u.authority_id = a.id and u.deleted_at is null) as users
     from authorities a where a.id = any(cast(:ids as int[])) and ${IS_DUE} order by a.id for update of a`,
    { ids, at: c.at },
  )
  return found.rows
}

const keepNames = (c: Change, ids: number[]): Promise<unknown> =>
  c.db.raw(
    `insert into deleted_people (user_id, given_name, family_name, deleted_at)
     select id, given_name, family_name, coalesce(deleted_at, :at) from users where authority_id = any(:ids)`,
    { ids, at: c.at },
  )

/** Addresses stand in mails: those to its people go with them. A warning that still waits is the access manager's. */
async function deleteMails(db: Knex, ids: number[]): Promise<void> {
  await db.raw(
    `delete from emails where about_type = 'user' and about_id in (select id from users where authority_id = any(:ids))`,
    { ids },
  )
  await db.raw(
    `delete from emails where about_type = 'request' and to_address in (
       select email from users where authority_id = any(:ids) and email <> '')`,
    { ids },
  )
  await db.raw(
    `delete from emails where about_type = 'authority' and about_id = any(cast(:ids as int[])) and state <> 'waiting'`,
    { ids },
  )
}
