import type { Email } from '../platform/mail/email.ts'
import type { Actor } from '../policy.ts'
import type { Authority, AuthorityData, RegisteredAuthority } from './authority.ts'

/** Tells an authority, at its functional address and in its own language, that it has been registered. */
export function authorityRegistered(
  { id, officialName, officialLanguage }: RegisteredAuthority,
  { email }: AuthorityData,
  registrar: Pick<Actor, 'authorityName'>,
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

interface Side {
  id: number
  email: string
  language: string
}

/** Tells both sides, each at its functional address, that one shows the overview of its requests to the other from now on (B15). */
export const linkMade = ({ id, email, language }: Side, authority: string, observer: string): Email => ({
  to: email,
  language,
  template: 'authorities/linked',
  values: { authority, observer },
  path: `/authorities/${id}/management`,
  about: { type: 'authority', id },
})

/** Tells both sides that such a link has ended. */
export const linkEnded = (side: Side, authority: string, observer: string): Email => ({
  ...linkMade(side, authority, observer),
  template: 'authorities/link-ended',
})

/** Tells whoever decides next that an authority misses a keyword (B3). */
export const keywordProposed = (
  { email, language }: { email: string; language: string },
  authority: string,
): Email => ({
  to: email,
  language,
  template: 'authorities/keyword-proposed',
  values: { authority },
  path: '/keyword-proposals',
})

/** Tells the authority that its proposal has been decided; what was decided is read on the page. */
export const keywordDecided = (
  { email, language }: { email: string; language: string },
  { id, officialName }: Pick<Authority, 'id' | 'officialName'>,
): Email => ({
  to: email,
  language,
  template: 'authorities/keyword-decided',
  values: { authority: officialName },
  path: `/authorities/${id}/keyword-proposals/new`,
  about: { type: 'authority', id },
})
