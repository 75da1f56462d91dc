import type { Email } from '../platform/mail/email.ts'
import type { Recipient } from './queries.ts'

type Named = { id: number; officialName: string }
type Reader = Pick<Recipient, 'email' | 'language'>

/** Tells that an authority was deactivated or reactivated; `copy` is its functional address. */
export const removalMail = (
  template: `removal/${'deactivated' | 'reactivated'}${'' | '-managers'}`,
  to: Reader,
  { id, officialName }: Named,
  copy: string[],
): Email => ({
  to: to.email,
  cc: copy,
  language: to.language,
  template,
  values: { authority: officialName },
  path: `/authorities/${id}/management`,
  about: { type: 'authority', id },
})

/** Tells the national coordinator for how many authorities it is access manager now, since theirs was deactivated. */
export const takenOver = (to: Reader, { id, officialName }: Named, count: number): Email => ({
  to: to.email,
  language: to.language,
  template: 'removal/taken-over',
  values: { authority: officialName, count },
  path: '/managed-authorities',
  about: { type: 'authority', id },
})

/** Tells the national coordinator of how many authorities it is the linked coordinator now, since the only one is gone. */
export const linkedInstead = (to: Reader, { id, officialName }: Named, count: number): Email => ({
  to: to.email,
  language: to.language,
  template: 'removal/linked-instead',
  values: { authority: officialName, count },
  path: '/requests/coordinated',
  about: { type: 'authority', id },
})

/** Tells an authority that the national coordinator is its coordinator in a module now, since the only one is gone. */
export const coordinatorReplaced = (
  to: Pick<Recipient, 'id' | 'email' | 'language'>,
  { officialName }: Named,
  module: string,
): Email => ({
  to: to.email,
  language: to.language,
  template: 'removal/coordinator-replaced',
  values: { authority: officialName, module },
  path: `/authorities/${to.id}/modules`,
  about: { type: 'authority', id: to.id },
})
