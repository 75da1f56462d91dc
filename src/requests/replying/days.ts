import { z } from 'zod'
import { isDay, today } from '../days.ts'

/** Whether a day is later than today in a country. */
export const isAhead = (date: string, country: string, at: Date): boolean => date > today(country, at)

/** A day that is ahead of today where the writer works; the messages say what is wrong. */
export const dayAhead = ({ country }: { country: string }, at: Date): z.ZodType<string> =>
  z
    .string('replying:date.missing')
    .trim()
    .min(1, 'replying:date.missing')
    .refine(typed => typed === '' || isDay(typed), 'replying:date.odd')
    .refine(typed => !isDay(typed) || isAhead(typed, country, at), 'replying:date.past')
