import type { Knex } from 'knex'
import type { Actor } from '../policy.ts'

/** Somebody who can help: an authority with its contact data. */
export interface HelpingAuthority {
  id: number
  name: string
  language: string
  email: string
  telephone: string
}

/** Who stands behind the actor: administrators of the own authority, its access managers, the country's national coordinator. */
export interface Helpers {
  administrators: { name: string; email: string; telephone: string }[]
  accessManagers: HelpingAuthority[]
  nationalCoordinator: HelpingAuthority | undefined
}

/** Finds whom this actor can turn to, with contact data (A8). */
export async function findHelpers(db: Knex, actor: Actor): Promise<Helpers> {
  const [administrators, authorities] = await Promise.all([
    listAdministrators(db, actor.authorityId),
    listHelpingAuthorities(db, actor),
  ])
  return {
    administrators,
    accessManagers: authorities.filter(authority => authority.kind !== 'national coordinator'),
    nationalCoordinator: authorities.find(authority => authority.kind === 'national coordinator'),
  }
}

async function listAdministrators(db: Knex, authorityId: number): Promise<Helpers['administrators']> {
  const rows = await db('users')
    .where({ authority_id: authorityId, administrator: true, deleted_at: null })
    .orderBy(['family_name', 'given_name', 'id'])
    .limit(20)
    .select<{ given_name: string; family_name: string; email: string; telephone: string }[]>(
      'given_name',
      'family_name',
      'email',
      'telephone',
    )
  return rows.map(({ given_name, family_name, email, telephone }) => ({
    name: `${given_name} ${family_name}`,
    email,
    telephone,
  }))
}

async function listHelpingAuthorities(db: Knex, actor: Actor): Promise<(HelpingAuthority & { kind: string })[]> {
  const rows = await db('authorities as a')
    .where('a.status', 'active')
    .where(any =>
      any
        .whereIn(
          'a.id',
          db('authority_access_managers').where({ authority_id: actor.authorityId }).select('manager_id'),
        )
        .orWhere({ 'a.kind': 'national coordinator', 'a.country': actor.country }),
    )
    .orderBy(['a.sort_name', 'a.id'])
    .select<(HelpingAuthority & { kind: string })[]>({
      id: 'a.id',
      name: 'a.official_name',
      language: 'a.official_language',
      email: 'a.email',
      telephone: 'a.telephone',
      kind: 'a.kind',
    })
  return rows
}
