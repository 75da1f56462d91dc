import type { Email } from '../platform/mail/email.ts'
import type { Told } from '../authorities/index.ts'
import type { DelegationAct } from './delegation.ts'

type Reader = Omit<Told, 'id'>

const delegationTemplates = {
  given: 'access/delegation-given',
  widened: 'access/delegation-changed',
  narrowed: 'access/delegation-changed',
  takenBack: 'access/delegation-taken-back',
} as const satisfies Record<DelegationAct, string>

/** Tells an administrator of an authority that it has become access manager, for other things than before, or no more. */
export const delegationChanged = (
  to: Reader,
  { authority, act, by }: { authority: { id: number; officialName: string }; act: DelegationAct; by: string },
): Email => ({
  to: to.email,
  cc: to.copy,
  language: to.language,
  template: delegationTemplates[act],
  values: { authority: authority.officialName, by },
  path: '/profile/rights',
  about: { type: 'authority', id: authority.id },
})

/** Tells those concerned that their country has another national coordinator. */
export const coordinatorReplaced = (
  to: Reader,
  { id, before, after }: { id: number; before: string; after: string },
): Email => ({
  to: to.email,
  cc: to.copy,
  language: to.language,
  template: 'access/national-coordinator-replaced',
  values: { before, after },
  path: `/authorities/${id}`,
  about: { type: 'authority', id },
})
