import type { Knex } from 'knex'
import { fingerprint } from '../../platform/secrets.ts'
import type { Delegation, Named } from '../delegation.ts'
import { type Ending, findEnding, type Lost, type LosingPerson } from '../end-standing.ts'

/** Everything that a change of a delegation brings about, as the page says it before. */
export interface Consequences extends Ending {
  /** Administrators who become data administrators. */
  gaining: LosingPerson[]
  /** Access managers of record of the authority itself: only the national coordinator manages an access manager. */
  above: Named[]
}

const nobody: Ending = { authorities: [], people: [], invitations: 0 }

/** What would happen if this delegation became that one. */
export async function findConsequences(
  db: Knex,
  authority: { id: number },
  before: Delegation | null,
  after: Delegation | null,
): Promise<Consequences> {
  const lost = lostBetween(before, after)
  return {
    ...(lost ? await findEnding(db, authority.id, lost) : nobody),
    gaining: before || !after ? [] : await listAdministrators(db, authority.id),
    above: before || !after ? [] : await listAbove(db, authority.id),
  }
}

/** Says whether what was shown before is what would happen now. */
export const seenOf = ({ authorities, people, invitations, gaining, above }: Consequences): string =>
  fingerprint(JSON.stringify([authorities, people, invitations, gaining, above])).slice(0, 24)

export function lostBetween(before: Delegation | null, after: Delegation | null): Lost | undefined {
  if (!before) return undefined
  return after ? { before, left: after } : 'everything'
}

const listAdministrators = async (db: Knex, authorityId: number): Promise<LosingPerson[]> =>
  db('users')
    .where({ authority_id: authorityId, administrator: true, deleted_at: null })
    .orderBy(['family_name', 'given_name', 'id'])
    .select<LosingPerson[]>('id', db.raw(`given_name || ' ' || family_name as name`))

const listAbove = (db: Knex, authorityId: number): Promise<Named[]> =>
  db('authority_access_managers as m')
    .join('authorities as a', 'a.id', 'm.manager_id')
    .where('m.authority_id', authorityId)
    .whereNot('a.kind', 'national coordinator')
    .orderBy(['a.sort_name', 'a.id'])
    .select<Named[]>({ id: 'a.id', name: 'a.official_name', language: 'a.official_language' })
