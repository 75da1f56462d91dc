import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'
import { offered } from '../platform/i18n/i18n.ts'
import { day, zoneOf } from '../platform/i18n/names.ts'
import type { Email } from '../platform/mail/email.ts'
import { PASSWORD_ENDS } from './expiry.ts'

/** How many days before a password ends its user is reminded (A5). */
export const REMINDED_BEFORE = [14, 3] as const
const [FIRST, LAST] = REMINDED_BEFORE

/** Somebody whose password ends soon and who has not been told so. */
export interface DueReminder {
  id: number
  email: string
  language: string
  country: string
  ends: Date
  daysBefore: number
}

const DAYS = `case when ${PASSWORD_ENDS} - interval '${LAST} days' <= cast(:at as timestamptz) then ${LAST} else ${FIRST} end`

// After nights without a run only the nearer reminder goes out. Who is blocked needs a reset anyway.
const DUE = `
  select u.id, u.email, u.language, a.country, ${PASSWORD_ENDS} as ends, ${DAYS} as "daysBefore"
  from users u join authorities a on a.id = u.authority_id
  where u.deleted_at is null and u.blocked_at is null and not u.password_temporary
    and ${PASSWORD_ENDS} > cast(:at as timestamptz)
    and ${PASSWORD_ENDS} - interval '${FIRST} days' <= cast(:at as timestamptz)
    and not exists (select 1 from password_reminders r
      where r.user_id = u.id and r.password_set_at = u.password_set_at and r.days_before <= ${DAYS})
  order by u.id limit :limit`

/** Some of those who are to be reminded now that their password ends. */
export async function listDueReminders(db: Knex, at: Date, limit: number): Promise<DueReminder[]> {
  return (await db.raw<{ rows: DueReminder[] }>(DUE, { at, limit })).rows
}

/** Notes that these are reminded, once for each password and each of the two days; answers with those who were not yet. */
export async function markReminded(c: Change, due: readonly DueReminder[]): Promise<DueReminder[]> {
  const marked = await c.db.raw<{ rows: { user_id: number }[] }>(
    `insert into password_reminders (user_id, password_set_at, days_before, at)
     select u.id, u.password_set_at, due.days, :at
     from unnest(cast(:ids as int[]), cast(:days as int[])) as due(id, days) join users u on u.id = due.id and u.deleted_at is null
     on conflict do nothing returning user_id`,
    { ids: due.map(({ id }) => id), days: due.map(({ daysBefore }) => daysBefore), at: c.at },
  )
  const ids = new Set(marked.rows.map(row => row.user_id))
  return due.filter(({ id }) => ids.has(id))
}

/** Tells somebody until when their password is good. */
export const passwordReminder = ({ id, email, language, country, ends }: DueReminder): Email => ({
  to: email,
  language,
  template: 'passwords/reminder',
  values: { day: day(offered(language), zoneOf(country), ends) },
  path: '/password',
  about: { type: 'user', id },
})
