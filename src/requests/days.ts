import { day, zoneOf } from '../platform/i18n/names.ts'

/** Which day it is in a country, as 'YYYY-MM-DD': days are compared as text. */
export const today = (country: string, at: Date): string =>
  new Intl.DateTimeFormat('sv', { timeZone: zoneOf(country) }).format(at)

/** Whether a text is a day that exists, from the year 2000 on. */
export function isDay(text: string): boolean {
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

/** A day as `day` and `moment` of the platform take it: noon, so that it is the same day in every zone of Europe. */
export const noonOf = (text: string): Date => new Date(`${text}T12:00:00Z`)

/** A kept day as the reader writes it. */
export const written = (lang: string, date: string): string => day(lang, 'UTC', noonOf(date))
