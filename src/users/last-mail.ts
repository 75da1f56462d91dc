import type { PasswordMail } from './user.ts'

/** The mails that carry a temporary password. */
export const PASSWORD_MAILS = ['users/temporary-password', 'users/password-reset', 'users/reminder'] as const

export interface LastMailRow {
  mail_state: PasswordMail['state'] | null
  mail_at: Date
  mail_error: string | null
}

const carriesPassword = (mail: string): string =>
  `${mail}.about_type = 'user' and ${mail}.about_id = u.id and ${mail}.template in (${PASSWORD_MAILS.map(name => `'${name}'`).join(', ')})`

/** Joins to a user `u` the last mail that carried a password to them, as `mail`. */
export const LAST_MAIL = `
  left join lateral (
    select e.state as mail_state, coalesce(e.sent_at, e.created_at) as mail_at, e.last_error as mail_error from emails e
    where ${carriesPassword('e')}
    order by e.id desc limit 1) mail on true`

/** In SQL, of a user joined as `u`: the last of these mails did not arrive. */
export const LAST_MAIL_LOST = `exists (select 1 from emails e
  where ${carriesPassword('e')} and e.state in ('refused', 'failed')
    and not exists (select 1 from emails n where ${carriesPassword('n')} and n.id > e.id))`

/** What became of it; null when there was none. */
export const mailFrom = (row: LastMailRow): PasswordMail | null =>
  row.mail_state && { state: row.mail_state, at: row.mail_at, error: row.mail_error }
