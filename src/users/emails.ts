import type { Email } from '../platform/mail/email.ts'
import type { Actor } from '../policy.ts'

interface Recipient {
  id: number
  email: string
  language: string
}

interface Reader {
  email: string
  language: string
  copy?: string[]
}

interface Concerned {
  id: number
  authorityId: number
  authorityName: string
}

const secretMail = (template: string, user: Recipient, password: string): Email => ({
  to: user.email,
  language: user.language,
  template,
  values: {},
  secret: { password },
  about: { type: 'user', id: user.id },
})

/** Brings a new user the temporary password: to the person alone, and never together with the username (D2). */
export const temporaryPassword = (user: Recipient, password: string): Email =>
  secretMail('users/temporary-password', user, password)

/** Asks the first user of an authority to check and complete its data, until somebody confirms them (B16, [001 4]). */
export const checkData = (user: Recipient, authority: { id: number; officialName: string }): Email => ({
  to: user.email,
  language: user.language,
  template: 'users/check-data',
  values: { authority: authority.officialName },
  path: `/authorities/${authority.id}/confirmation`,
  about: { type: 'user', id: user.id },
})

/** Brings a user whose password was reset the new temporary one (D4). */
export const passwordReset = (user: Recipient, password: string): Email =>
  secretMail('users/password-reset', user, password)

/** Reminds somebody who has never signed in, with a new temporary password (D5). */
export const reminder = (user: Recipient, password: string): Email => secretMail('users/reminder', user, password)

const about = ({ id }: Concerned) => ({ type: 'user', id })

/** Tells the old address that IMI writes to another one from now on. */
export const emailChangedFrom = (reader: Reader, user: Concerned, actor: Actor): Email => ({
  to: reader.email,
  ...(reader.copy && { cc: reader.copy }),
  language: reader.language,
  template: 'users/email-changed-from',
  values: { authority: user.authorityName, changedBy: actor.authorityName },
  about: about(user),
})

/** Tells the new address that IMI writes to it from now on. */
export const emailChangedTo = (reader: Reader, user: Concerned, actor: Actor): Email => ({
  ...emailChangedFrom(reader, user, actor),
  template: 'users/email-changed-to',
})

/** Tells those who answer for the authority; whose address it is they see on the page. */
export const emailChangedOf = (reader: Reader, user: Concerned, actor: Actor): Email => ({
  ...emailChangedFrom(reader, user, actor),
  template: 'users/email-changed-of',
  path: `/authorities/${user.authorityId}`,
})

/** Tells an administrator that an access manager has changed something about the users of the authority (D7). */
export const changedByManager = (reader: Reader, user: Concerned, actor: Actor): Email => ({
  ...emailChangedFrom(reader, user, actor),
  template: 'users/changed-by-manager',
  path: `/authorities/${user.authorityId}/users`,
})

/** Tells whoever had the user record that another person has it now (D6). */
export const replacedBy = (reader: Reader, user: Concerned, actor: Actor): Email => ({
  ...emailChangedFrom(reader, user, actor),
  template: 'users/replaced',
})
