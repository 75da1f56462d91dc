import { z } from 'zod'
import { choice, prose } from '../platform/web/form.ts'
import { isDay, today } from './days.ts'

/** How long a reason or a note may be, in characters. */
export const LONGEST_REASON = 4000

/** A reason that has to be given. */
export const reasonField = (missing: string): z.ZodType<string> =>
  prose({ missing, long: 'steps:tooLong', max: LONGEST_REASON })

/** A note that may be left out. */
export const noteField = prose({ long: 'steps:tooLong', max: LONGEST_REASON })

/** The language of what was written. */
export const languageOf = (codes: readonly string[]): z.ZodType<string> => choice(codes, 'steps:language.missing')

/** A day as the browser's date field sends it. */
export const dayField = (missing = 'steps:date.missing'): z.ZodType<string> =>
  z
    .string(missing)
    .trim()
    .min(1, missing)
    .refine(typed => typed === '' || isDay(typed), 'steps:date.odd') as z.ZodType<string>

/** Whether a day is later than today in a country. */
export const isAhead = (date: string, country: string, at: Date): boolean => date > today(country, at)

/** A day that is ahead of today where the writer works; the messages say what is wrong. */
export const dayAhead = ({ country }: { country: string }, at: Date): z.ZodType<string> =>
  dayField().refine(typed => !isDay(typed) || isAhead(typed, country, at), 'steps:date.past')

/** Boxes that stand for numbers of records or questions; at least one. */
export const numbersOf = (missing: string): z.ZodType<number[]> =>
  z
    .union([z.string(), z.array(z.string())], missing)
    .transform(chosen =>
      [chosen]
        .flat()
        .filter(one => /^[1-9]\d{0,8}$/.test(one))
        .map(Number),
    )
    .pipe(z.array(z.number()).min(1, missing)) as unknown as z.ZodType<number[]>

/** A form that only asks whether one is sure. */
export const nothing = z.object({})
