import { z } from 'zod'
import { emailAddress, telephoneNumber } from '../authorities/index.ts'
import { NOTIFICATIONS } from '../platform/mail/email.ts'
import { choice, line } from '../platform/web/form.ts'
import { type ProfileData, workingLanguages } from './profile.ts'

/** The languages somebody can choose: all, and the present one, should it be none of them. */
export const languagesFor = (present: string): string[] => [...new Set<string>([...workingLanguages, present])]

/** What the person changes without further ado; `version` says which version was read. */
export const profileForm = (present: string): z.ZodType<ProfileData & { version: number }> =>
  z.object({
    givenName: line({ missing: 'profile:field.givenName.missing', max: 100 }),
    familyName: line({ missing: 'profile:field.familyName.missing', max: 100 }),
    telephone: telephoneNumber('profile:field.telephone.missing'),
    language: choice(languagesFor(present), 'profile:field.language.missing'),
    notifications: choice(NOTIFICATIONS, 'profile:field.notifications.missing'),
    version: z.coerce.number().int().min(0).max(2_147_483_647).catch(0),
  }) as unknown as z.ZodType<ProfileData & { version: number }>

/** A new address, and the password again: whoever gets mail for a user gets their temporary passwords too. */
export const emailForm = z.object({
  email: emailAddress('profile:field.email.missing'),
  passwordCurrent: z.string().catch(''),
})

/** What stands in the link of the mail. */
export const confirmationForm = z.object({ token: z.string().max(200).catch('') })
