import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'
import { offered } from '../platform/i18n/i18n.ts'
import { day, zoneOf } from '../platform/i18n/names.ts'
import type { Email } from '../platform/mail/email.ts'
import { DELETED_FROM, KEPT_MONTHS, listManagersOfRecord, type Recipient } from '../removal/index.ts'
import { tellCounterparts } from '../requests/index.ts'
import { BATCH, rule } from './rule.ts'

/** How many days before a deletion the access managers are told (B13). */
const FIRST = 30
const LAST = 7

interface Due {
  id: number
  country: string
  officialName: string
  deletedFrom: Date
  daysBefore: number
}

const DAYS = `case when ${DELETED_FROM} - interval '${LAST} days' <= cast(:at as timestamptz) then ${LAST} else ${FIRST} end`

// After nights without a run only the nearer warning goes out.
const DUE = `
  select a.id, a.country, a.official_name as "officialName", ${DELETED_FROM} as "deletedFrom", ${DAYS} as "daysBefore"
  from authorities a
  where a.status = 'deactivated' and ${DELETED_FROM} > cast(:at as timestamptz)
    and ${DELETED_FROM} - interval '${FIRST} days' <= cast(:at as timestamptz)
    and not exists (select 1 from deletion_warnings w
      where w.authority_id = a.id and w.deactivated_at = a.deactivated_at and w.days_before <= ${DAYS})
  order by a.id limit ${BATCH}`

/**
 * Tells the access managers of record, and the other sides of open requests, 30 and 7 days before an authority is deleted, each
 * once per deactivation (B13, requests.md).
 */
export const warnOfDeletion = rule<Due>({
  name: 'warnOfDeletion',
  after: `${KEPT_MONTHS} months - ${FIRST}, ${LAST} days`,
  atOnce: 20,
  find: async (db, at) => (await db.raw<{ rows: Due[] }>(DUE, { at })).rows,
  apply: mark,
  async tell(c, done) {
    for (const due of done) {
      for (const manager of await listManagersOfRecord(c.db, due.id)) await c.send(warning(manager, due))
      await tellCounterparts(c, due.id, 'counterpart-ends')
    }
  },
})

async function mark(c: Change, due: Due[]): Promise<Due[]> {
  const marked: Due[] = []
  for (const one of due) if (await markOne(c.db, one, c.at)) marked.push(one)
  return marked
}

async function markOne(db: Knex, { id, daysBefore }: Due, at: Date): Promise<boolean> {
  const done = await db.raw<{ rowCount: number }>(
    `insert into deletion_warnings (authority_id, deactivated_at, days_before, at)
     select a.id, a.deactivated_at, :daysBefore, :at from authorities a where a.id = :id and a.status = 'deactivated'
     on conflict do nothing`,
    { id, daysBefore, at },
  )
  return done.rowCount === 1
}

const warning = ({ email, language }: Recipient, { id, officialName, country, deletedFrom }: Due): Email => ({
  to: email,
  language,
  template: 'retention/deletion-warning',
  values: { authority: officialName, day: day(offered(language), zoneOf(country), deletedFrom) },
  path: `/authorities/${id}/reactivation`,
  about: { type: 'authority', id },
})
