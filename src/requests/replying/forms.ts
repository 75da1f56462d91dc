import { z } from 'zod'
import { choice } from '../../platform/web/form.ts'

/** How long a reason may be, in characters. */
export const LONGEST_REASON = 2000

/** A text of several lines that has to be there. */
export const prose = (missing: string, max = LONGEST_REASON): z.ZodType<string> =>
  z
    .string(missing)
    .transform(typed => typed.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().min(1, missing).max(max, 'replying:tooLong')) as unknown as z.ZodType<string>

/** The language of what was written. */
export const languageOf = (codes: readonly string[]): z.ZodType<string> => choice(codes, 'replying:language.missing')

/** A form that only asks whether one is sure. */
export const nothing = z.object({})
