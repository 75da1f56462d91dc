import { PASSWORD_ENDS, type PasswordProfile, TEMPORARY_FOR } from '../passwords/index.ts'
import { LAST_MAIL_LOST } from './last-mail.ts'

export const passwordProblems = ['blocked', 'expired', 'temporaryExpired', 'mailLost'] as const
/** What keeps somebody out: blocked, a password that is too old, or a password mail that did not arrive (B8, D5). */
export type PasswordProblem = (typeof passwordProblems)[number]

const PROBLEMS: Record<PasswordProblem, string> = {
  blocked: 'u.blocked_at is not null',
  expired: `(u.blocked_at is null and not u.password_temporary and u.password_set_at < cast(:about as timestamptz)
    and ${PASSWORD_ENDS} <= cast(:at as timestamptz))`,
  temporaryExpired: `(u.blocked_at is null and u.password_temporary and u.password_set_at <= cast(:sentBefore as timestamptz))`,
  mailLost: LAST_MAIL_LOST,
}

/**
 * The SQL twin of `passwordState` for a user joined as `u`, problem by problem, with the bindings of `problemTimes`. A password of
 * the profile `nist` does not expire.
 */
export const problemsUnder = (profile: PasswordProfile = 'imi'): Record<PasswordProblem, string> =>
  profile === 'imi' ? PROBLEMS : { ...PROBLEMS, expired: 'false' }

const DAY = 86_400_000

/** Six months are 181 days at least, less three where a day is missing at their end: so an index can be asked. */
export const problemTimes = (at: Date): Record<string, string> => ({
  at: at.toISOString(),
  about: new Date(at.getTime() - 178 * DAY).toISOString(),
  sentBefore: new Date(at.getTime() - TEMPORARY_FOR).toISOString(),
})
