const DAY = 86_400_000

/** A day as somebody plans with it: how far off, in calendar days of their zone, and which day of the week. */
export function dueDay(
  lang: string,
  zone: string,
  { day, at }: { day: Date; at: Date },
): { relative: string; day: string } {
  const distance = Math.round((midnight(day, zone) - midnight(at, zone)) / DAY)
  const year = day.getUTCFullYear() === at.getUTCFullYear() ? {} : ({ year: 'numeric' } as const)
  const written = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...year,
    timeZone: zone,
  })
  return {
    relative: new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }).format(distance, 'day'),
    day: written.format(day),
  }
}

/** The beginning of the day that it is there, counted as if it were in UTC: days can be subtracted. */
function midnight(at: Date, zone: string): number {
  return Date.parse(new Intl.DateTimeFormat('sv', { timeZone: zone }).format(at))
}
