import type { Knex } from 'knex'
import type { Chosen } from '../bulk/index.ts'
import { type Actor, can } from '../policy.ts'
import type { CircularText } from './circular.ts'

export interface Administrator {
  id: number
  authorityId: number
  email: string
  language: string
}

/** An authority and whom an e-mail would reach there; `reason` is a locale key where it would reach nobody. */
export interface Addressed {
  authority: Chosen
  contact: boolean
  administrators: Administrator[]
  reason: string | null
}

type To = Pick<CircularText, 'toContact' | 'toAdministrators'>

/**
 * Whom an e-mail reaches at each of these authorities now. Who their administrators are is the business only of those who may
 * see their users: where the actor may not, the contact address alone is written to.
 */
export async function addressesOf(
  db: Knex,
  actor: Actor,
  to: To,
  authorities: readonly Chosen[],
): Promise<Addressed[]> {
  const seen = authorities.filter(authority => to.toAdministrators && can(actor, 'user.see', authority))
  const people = await db('users')
    .where({ administrator: true, deleted_at: null })
    .whereRaw('authority_id = any(cast(? as int[]))', [seen.map(({ id }) => id)])
    .orderBy('id')
    .select<Administrator[]>({ id: 'id', authorityId: 'authority_id', email: 'email', language: 'language' })
  const byAuthority = Map.groupBy(people, ({ authorityId }) => authorityId)
  return authorities.map(authority => addressed(actor, to, authority, byAuthority.get(authority.id) ?? []))
}

function addressed(actor: Actor, to: To, authority: Chosen, administrators: Administrator[]): Addressed {
  const refused = reasonAgainst(actor, authority)
  if (refused) return { authority, contact: false, administrators: [], reason: refused }
  const nobody = !to.toContact && administrators.length === 0
  return { authority, contact: to.toContact, administrators, reason: nobody ? 'circulars:reason.nobody' : null }
}

function reasonAgainst(actor: Actor, authority: Chosen): string | null {
  if (!can(actor, 'circular.address', authority)) return 'circulars:reason.outside'
  return authority.status === 'active' ? null : 'circulars:reason.notActive'
}
