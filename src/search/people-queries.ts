import type { Knex } from 'knex'
import type { Actor } from '../policy.ts'
import { withinReach } from '../reach.ts'
import type { ManagedSearch } from './forms.ts'
import { type Now, withFilters } from './managed-queries.ts'

export interface FoundUser {
  id: number
  given_name: string
  family_name: string
  username: string
  email: string
  authority_id: number
  official_name: string
  official_language: string
}

/** So many are shown; who looks for one of more types another letter. */
export const MOST_USERS = 25

/** A single letter is a whole word here, an initial: as a beginning it would fit everybody. */
const ASKED = `u.words @@ (select cast(string_agg('''' || cast(? as text) || ':' || part || case length(part) when 1 then '''' else ''':*' end, ' & ') as tsquery)
  from unnest(fold_people(?)) part)`

/**
 * Users of the actor's country whom it may see, by the beginnings of names, username and e-mail address, each word of the search
 * in one of them; of authorities that the other filters of the search let through (B8). One more than `MOST_USERS` where there
 * are more.
 */
export async function searchUsers(db: Knex, actor: Actor, search: ManagedSearch, now: Now): Promise<FoundUser[]> {
  const country = actor.manages?.country
  const { q } = search
  if (!country || q === '') return []
  const columns = ['id', 'given_name', 'family_name', 'username', 'email', 'authority_id']
  const fit = db('users as u')
    .where('u.deleted_at', null)
    .whereRaw(ASKED, [country, q])
    .select(columns.map(column => `u.${column}`))
  const query = db
    .withMaterialized('found', fit)
    .from('found as u')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .join('authority_search as s', 's.authority_id', 'a.id')
  withFilters(db, query, actor, { ...search, q: '' }, now)
  return withinReach(query, actor, 'user.see')
    .orderBy(['u.family_name', 'u.given_name', 'u.id'])
    .limit(MOST_USERS + 1)
    .select<FoundUser[]>('u.*', 'a.official_name', 'a.official_language')
}
