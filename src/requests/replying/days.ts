import { z } from 'zod'
import { day, zoneOf } from '../../platform/i18n/names.ts'

/** The day that it is now in a country, as dates are kept: '2026-11-24'. */
export const dayIn = (country: string, at: Date): string =>
  new Intl.DateTimeFormat('sv', { timeZone: zoneOf(country) }).format(at)

/** Whether a day is later than today there. */
export const isAhead = (date: string, country: string, at: Date): boolean => date > dayIn(country, at)

/** A day that is ahead of today where the writer works; the messages say what is wrong. */
export const dayAhead = ({ country }: { country: string }, at: Date): z.ZodType<string> =>
  z
    .string('replying:date.missing')
    .trim()
    .min(1, 'replying:date.missing')
    .refine(typed => typed === '' || isDay(typed), 'replying:date.odd')
    .refine(typed => !isDay(typed) || isAhead(typed, country, at), 'replying:date.past')

/** A kept date as the reader writes it. */
export const written = (lang: string, date: string): string => day(lang, 'UTC', new Date(`${date}T00:00:00Z`))

function isDay(typed: string): boolean {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(typed)) return false
  const at = new Date(`${typed}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed)
}
