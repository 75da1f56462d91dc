import type { Authority } from '../authorities/index.ts'
import type { Email } from '../platform/mail/email.ts'
import type { Actor } from '../policy.ts'

/** Tells an administrator of the authority that an access manager has changed what it lists; the functional address is in copy once. */
export const registersChanged = (
  to: { email: string; language: string },
  copy: string[],
  authority: Authority,
  actor: Actor,
): Email => ({
  to: to.email,
  cc: copy,
  language: to.language,
  template: 'registers/changed',
  values: { authority: authority.officialName, changedBy: actor.authorityName },
  path: `/authorities/${authority.id}/registers`,
  about: { type: 'authority', id: authority.id },
})
