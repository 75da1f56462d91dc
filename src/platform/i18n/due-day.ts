import { dateLocale, kept } from './names.ts'

const DAY = 86_400_000

/** A day as somebody plans with it: how far off, in calendar days of their zone, and which day of the week. */
export function dueDay(
  lang: string,
  zone: string,
  { day, at }: { day: Date; at: Date },
): { relative: string; day: string } {
  const distance = Math.round((midnight(day, zone) - midnight(at, zone)) / DAY)
  const written = day.getUTCFullYear() === at.getUTCFullYear() ? thisYear : anyYear
  return { relative: distances(lang).format(distance, 'day'), day: written(lang, zone).format(day) }
}

const weekday = { weekday: 'long', day: 'numeric', month: 'long' } as const
const thisYear = kept((lang, zone) => new Intl.DateTimeFormat(dateLocale(lang), { ...weekday, timeZone: zone }))
const anyYear = kept(
  (lang, zone) => new Intl.DateTimeFormat(dateLocale(lang), { ...weekday, year: 'numeric', timeZone: zone }),
)
const distances = kept(lang => new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }))

/** Swedish writes a day as ISO 8601 does. */
const dates = kept((swedish, zone) => new Intl.DateTimeFormat(swedish, { timeZone: zone }))

/** The beginning of the day that it is there, counted as if it were in UTC: days can be subtracted. */
const midnight = (at: Date, zone: string): number => Date.parse(dates('sv', zone).format(at))
