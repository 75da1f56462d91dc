import { day, zoneOf } from '../platform/i18n/names.ts'
import { offered } from '../platform/i18n/i18n.ts'
import type { Email } from '../platform/mail/email.ts'

interface Invited {
  id: number
  email: string
  name: string
  language: string
}

interface Inviter {
  officialName: string
  country: string
}

/** Where an authority is written to. */
export interface Office {
  email: string
  language: string
}

const about = ({ id }: { id: number }) => ({ type: 'invitation', id })
const lastDay = (language: string, { country }: Inviter, at: Date): string =>
  day(offered(language), zoneOf(country), at)

/** Brings the registration code to the invited, and to nobody else (E4). */
export const invitation = (
  invited: Invited,
  inviter: Inviter,
  { code, until }: { code: string; until: Date },
): Email => ({
  to: invited.email,
  language: invited.language,
  template: 'invitations/invitation',
  values: {
    authority: invited.name,
    inviter: inviter.officialName,
    until: lastDay(invited.language, inviter, until),
  },
  path: '/register',
  secret: { code },
  about: about(invited),
})

/** Reminds the invited that the code ends; the code itself stands in the first mail only (E4). */
export const invitationEnds = (invited: Invited, inviter: Inviter, until: Date): Email => ({
  to: invited.email,
  language: invited.language,
  template: 'invitations/reminder',
  values: {
    authority: invited.name,
    inviter: inviter.officialName,
    until: lastDay(invited.language, inviter, until),
  },
  path: '/register',
  about: about(invited),
})

/** Tells the Commission that an access manager stands by a held submission (E3). */
export const submissionConfirmed = (
  to: Office,
  { id, inviter, count }: { id: number; inviter: string; count: number },
): Email => ({
  to: to.email,
  language: to.language,
  template: 'invitations/confirmed',
  values: { inviter, count },
  path: `/invitation-submissions/${id}`,
  about: { type: 'invitation submission', id },
})

/** Tells the inviter that somebody else has decided of a registration that it invited (E6). */
export const registrationDecided = (
  to: Office,
  { id, name }: Pick<Invited, 'id' | 'name'>,
  { decision, by }: { decision: 'validated' | 'rejected'; by: string },
): Email => ({
  to: to.email,
  language: to.language,
  template: `invitations/${decision}-by-another`,
  values: { authority: name, by },
  path: `/invitations/${id}`,
  about: about({ id }),
})

/** Tells the inviter what the Commission has decided of a held submission; why it was refused stands on the page (E3). */
export const submissionDecided = (to: Office, id: number, decision: 'released' | 'refused'): Email => ({
  to: to.email,
  language: to.language,
  template: decision === 'released' ? 'invitations/released' : 'invitations/refused',
  values: {},
  path: `/invitation-submissions/${id}`,
  about: { type: 'invitation submission', id },
})

/** Tells the inviter that an invited authority waits for validation, or still waits (E6, E7). */
export const waitsForValidation = (to: Office & { cc?: string[] }, invited: Invited, again: boolean): Email => ({
  to: to.email,
  ...(to.cc && { cc: to.cc }),
  language: to.language,
  template: again ? 'invitations/still-waiting' : 'invitations/registered',
  values: { authority: invited.name },
  path: `/registrations/${invited.id}`,
  about: about(invited),
})

/** Tells the national coordinator of a registration that nobody validates (E7). */
export const nobodyValidates = (to: Office, invited: Invited, inviter: Inviter): Email => ({
  to: to.email,
  language: to.language,
  template: 'invitations/nobody-validates',
  values: { authority: invited.name, inviter: inviter.officialName },
  path: `/registrations/${invited.id}`,
  about: about(invited),
})

/** Tells who registered that it was not accepted; the reason is read with the code (E6). */
export const registrationRejected = (to: Office, invited: { id: number; name: string }): Email => ({
  to: to.email,
  language: to.language,
  template: 'invitations/rejected',
  values: { authority: invited.name },
  path: '/register',
  about: about(invited),
})
