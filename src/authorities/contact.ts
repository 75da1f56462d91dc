import { z } from 'zod'
import { line } from '../platform/web/form.ts'
import { webAddress } from './identity.ts'

// What a mail header gives a meaning to is refused: one address is one address.
const EMAIL = /^[^\s@,;:<>()[\]\\"\p{C}]+@[^\s@,;:<>()[\]\\"\p{C}]+\.[^\s@.,;:<>()[\]\\"\p{C}]{2,}$/u

const TELEPHONE = /^\+?[\d\s()./-]{5,30}$/

/** One e-mail address; `missing` is the locale key for an empty field. */
export const emailAddress = (missing: string): z.ZodType<string> =>
  line({ missing, max: 254 }).refine(
    text => text === '' || EMAIL.test(text),
    'authorities:contact.email.malformed',
  ) as unknown as z.ZodType<string>

/** A telephone number as people write it: digits, and what stands between them. */
export const telephoneNumber = (missing: string): z.ZodType<string> =>
  line({ missing, max: 40 }).refine(
    text => text === '' || TELEPHONE.test(text),
    'authorities:contact.telephone.malformed',
  ) as unknown as z.ZodType<string>

/** A website, or nothing unless `missing` says what to do then; without `https://` in front it is added. */
export const website = ({ missing, max = 300 }: { missing?: string; max?: number } = {}): z.ZodType<string> =>
  line({ ...(missing && { missing }), max }).transform((text, found) => {
    const address = text === '' ? '' : webAddress(text)
    if (address !== undefined) return address
    found.addIssue({ code: 'custom', message: 'authorities:contact.website.malformed' })
    return z.NEVER
  }) as unknown as z.ZodType<string>
