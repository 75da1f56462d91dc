import type { Authority } from '../authorities/index.ts'
import { type Module, nameIn, type Names } from '../modules/index.ts'
import type { Email } from '../platform/mail/email.ts'
import type { Actor } from '../policy.ts'
import type { FoundGrant } from './grant.ts'

/** Tells an administrator of the authority which module it has been granted; the functional address is in copy once. */
export function moduleGranted(
  to: { email: string; language: string },
  copy: string[],
  { authority, module, grantedBy }: { authority: Authority; module: Module; grantedBy: string },
): Email {
  return {
    to: to.email,
    cc: copy,
    language: to.language,
    template: 'grants/given',
    values: { authority: authority.officialName, module: nameIn(module.names, to.language), grantedBy },
    path: `/authorities/${authority.id}/modules`,
    about: { type: 'authority', id: authority.id },
  }
}

/** What became of a granted module, by the names of the texts. */
export type GrantTemplate = 'grants/suspended' | 'grants/restored' | 'grants/role-changed'

/** Tells an administrator of the authority what became of a module it was granted; who is told first has the copy. */
export const grantChanged = (
  template: GrantTemplate,
  to: { email: string; language: string },
  copy: string[],
  { grant, actor }: { grant: FoundGrant; actor: Actor },
): Email => ({
  to: to.email,
  cc: copy,
  language: to.language,
  template,
  values: {
    authority: grant.authority.officialName,
    module: nameIn(grant.moduleNames, to.language),
    changedBy: actor.authorityName,
  },
  path: `/authorities/${grant.authorityId}/modules`,
  about: { type: 'authority', id: grant.authorityId },
})

/** Tells a coordinator, at its functional address, that it is linked to an authority's module, or no longer. */
export const linkChanged = (
  template: 'grants/linked' | 'grants/unlinked',
  coordinator: { id: number; email: string; language: string },
  grant: { authority: { id: number; officialName: string }; moduleNames: Names },
): Email => ({
  to: coordinator.email,
  language: coordinator.language,
  template,
  values: { authority: grant.authority.officialName, module: nameIn(grant.moduleNames, coordinator.language) },
  path: `/authorities/${grant.authority.id}/modules`,
  about: { type: 'authority', id: coordinator.id },
})

/** Tells a coordinator how many authorities it has been given because another one stopped being their coordinator. */
export const linkedInstead = (
  coordinator: { id: number; email: string; language: string },
  grant: FoundGrant,
  number: number,
): Email => ({
  to: coordinator.email,
  language: coordinator.language,
  template: 'grants/linked-instead',
  values: { former: grant.authority.officialName, module: nameIn(grant.moduleNames, coordinator.language), number },
  path: `/authorities/${coordinator.id}/modules`,
  about: { type: 'authority', id: coordinator.id },
})

/** Tells an authority, at its functional address, which coordinators it has after one of them stopped being one. */
export const coordinatorReplaced = (
  authority: { id: number; email: string; language: string },
  grant: FoundGrant,
): Email => ({
  to: authority.email,
  language: authority.language,
  template: 'grants/coordinator-replaced',
  values: { former: grant.authority.officialName, module: nameIn(grant.moduleNames, authority.language) },
  path: `/authorities/${authority.id}/modules`,
  about: { type: 'authority', id: authority.id },
})
