import type { Knex } from 'knex'
import { foldWords } from '../authorities/index.ts'
import type { Names } from '../modules/index.ts'
import { type Page, paginate } from '../platform/web/list.ts'
import { fingerprint } from '../platform/secrets.ts'
import type { Delegation, Named } from './delegation.ts'

/** What is delegated to an authority now; null: it is no access manager. */
export async function findDelegation(db: Knex, authorityId: number): Promise<Delegation | null> {
  const row = (await db('delegations as d')
    .where('d.authority_id', authorityId)
    .first({
      all: 'd.all_modules',
      region: 'd.region',
      modules: db.raw(`(select coalesce(array_agg(module_id order by module_id), '{}')
        from delegation_modules m where m.authority_id = d.authority_id)`),
    })) as { all: boolean; region: string | null; modules: number[] } | undefined
  return row ? { modules: row.all ? 'all' : row.modules, region: row.region } : null
}

/** Changes whenever the delegation changes. */
export const versionOf = (delegation: Delegation | null): string => fingerprint(JSON.stringify(delegation)).slice(0, 24)

/** One access manager in the national coordinator's list (G6). */
export interface AccessManager extends Named {
  sort_name: string
  allModules: boolean
  modules: Names[]
  region: string | null
  since: Date
  ofRecord: number
  people: string[]
}

/** The access managers of a country, by name, with their delegation (G6). */
export function listAccessManagers(
  db: Knex,
  country: string,
  ask: { search: { after: string; before: string }; path: string },
): Promise<Page<AccessManager>> {
  const query = db('delegations as d')
    .join('authorities as a', 'a.id', 'd.authority_id')
    .leftJoin('regions as r', 'r.code', 'd.region')
    .where('a.country', country)
    .select({
      id: 'a.id',
      name: 'a.official_name',
      language: 'a.official_language',
      sort_name: 'a.sort_name',
      allModules: 'd.all_modules',
      region: 'r.name',
      since: 'd.since',
      modules: db.raw(`(select coalesce(json_agg(m.names order by m.id), '[]') from delegation_modules x
        join modules m on m.id = x.module_id where x.authority_id = a.id)`),
      ofRecord: db.raw(`(select count(*)::int from authority_access_managers x where x.manager_id = a.id)`),
      people:
        db.raw(`(select coalesce(json_agg(u.given_name || ' ' || u.family_name order by u.family_name, u.given_name, u.id), '[]')
        from users u where u.authority_id = a.id and u.deleted_at is null and u.administrator and u.data_administrator <> 'none')`),
    })
  return paginate<AccessManager>(query, {
    ...ask,
    sort: [
      { column: 'a.sort_name', field: 'sort_name', type: 'text' },
      { column: 'a.id', field: 'id', type: 'integer' },
    ],
  })
}

/** At most these are offered; more words find fewer. */
const FOUND = 20

/** Active authorities of a country whose name holds these words, for becoming access manager or national coordinator. */
export async function listCandidates(
  db: Knex,
  country: string,
  q: string,
  { delegated }: { delegated: boolean },
): Promise<Named[]> {
  const words = foldWords(q).slice(0, 5)
  if (words.length === 0) return []
  const query = db('authorities as a').where({ 'a.country': country, 'a.kind': 'competent', 'a.status': 'active' })
  for (const word of words) void query.whereLike('a.name_key', `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  if (!delegated) void query.whereNotExists(db('delegations as d').whereRaw('d.authority_id = a.id'))
  return query
    .orderBy(['a.sort_name', 'a.id'])
    .limit(FOUND)
    .select<Named[]>({ id: 'a.id', name: 'a.official_name', language: 'a.official_language' })
}
