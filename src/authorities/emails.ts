import type { Email } from '../platform/mail/email.ts'
import type { Actor } from '../policy.ts'
import type { Authority, AuthorityData, RegisteredAuthority } from './authority.ts'

/** Tells an authority, at its functional address and in its own language, that it has been registered. */
export function authorityRegistered(
  { id, officialName, officialLanguage }: RegisteredAuthority,
  { email }: AuthorityData,
  registrar: Actor,
): Email {
  return {
    to: email,
    language: officialLanguage,
    template: 'authorities/registered',
    values: { authority: officialName, registeredBy: registrar.authorityName },
    path: `/authorities/${id}`,
    about: { type: 'authority', id },
  }
}

/** Tells an access manager of record, at its functional address, that another one has changed its authority. */
export const changedByAnother = (
  { email, language }: { email: string; language: string },
  { id, officialName }: Authority,
  actor: Actor,
): Email => ({
  to: email,
  language,
  template: 'authorities/changed-by-another',
  values: { authority: officialName, changedBy: actor.authorityName },
  path: `/authorities/${id}/management`,
  about: { type: 'authority', id },
})

/** Tells somebody who saved data of an authority, and is not signed in any more, that they were replaced at the same time. */
export const savedOver = (
  { email, language }: { email: string; language: string },
  { id, officialName }: Authority,
): Email => ({
  to: email,
  language,
  template: 'authorities/saved-over',
  values: { authority: officialName },
  path: `/authorities/${id}/management`,
  about: { type: 'authority', id },
})
