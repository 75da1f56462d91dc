import type { Knex } from 'knex'
import { type Actor, can, type Standing } from '../policy.ts'

/** The registration that an authority to be validated stands for: who has invited it, and the page where this person may decide. */
export interface WaitingRegistration {
  inviter: string
  inviterLanguage: string
  /** Null for those who may not decide. */
  href: string | null
}

/** Finds what has to be decided before an authority takes part in anything (E5, E6); undefined where it is validated. */
export async function findWaitingRegistration(
  db: Knex,
  actor: Actor,
  authorityId: number,
): Promise<WaitingRegistration | undefined> {
  const row = await db('invitations as i')
    .join('authorities as a', 'a.id', 'i.authority_id')
    .join('authorities as n', 'n.id', 'i.inviter_id')
    .where({ 'a.id': authorityId, 'a.status': 'to validate', 'i.status': 'registered' })
    .first<{ id: number; inviterId: number; country: string; name: string; language: string } | undefined>({
      id: 'i.id',
      inviterId: 'n.id',
      country: 'n.country',
      name: 'n.official_name',
      language: 'n.official_language',
    })
  if (!row) return undefined
  const standings: Standing[] = [
    ...(actor.manages && actor.authorityId === row.inviterId ? (['inviter'] as const) : []),
    ...(actor.manages && actor.kind === 'national coordinator' && actor.country === row.country
      ? (['national coordinator'] as const)
      : []),
  ]
  const decides = can(actor, 'registration.validate', { standings })
  return { inviter: row.name, inviterLanguage: row.language, href: decides ? `/registrations/${row.id}` : null }
}
