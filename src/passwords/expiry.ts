import type { PasswordProfile } from './rules.ts'

/** For how many months an own password is good in the profile `imi` (A5, [000] [003]). */
export const PASSWORD_MONTHS = 6

/** Whether an own password is too old to go on with; in the profile `nist` none ever is. */
export const isExpired = ({ passwordSetAt }: { passwordSetAt: Date }, at: Date, profile: PasswordProfile): boolean =>
  profile === 'imi' && monthsAfter(passwordSetAt, PASSWORD_MONTHS) <= at

/** In SQL: until when the own password of a user joined as `u` is good. The twin of `isExpired`. */
export const PASSWORD_ENDS = `(u.password_set_at at time zone 'UTC' + interval '${PASSWORD_MONTHS} months') at time zone 'UTC'`

/** The same day some months later; the last day of a month that is too short for it. */
function monthsAfter(date: Date, months: number): Date {
  const later = new Date(date)
  later.setUTCMonth(later.getUTCMonth() + months)
  if (later.getUTCDate() !== date.getUTCDate()) later.setUTCDate(0)
  return later
}
