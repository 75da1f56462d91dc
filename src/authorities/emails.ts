import type { Email } from '../platform/mail/email.ts'
import type { Actor } from '../policy.ts'
import type { AuthorityData, RegisteredAuthority } from './register-authority.ts'

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
