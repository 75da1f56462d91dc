import type { Knex } from 'knex'
import {
  type AuthorityStatus,
  HELD_BY_ONE,
  type Level,
  type ShownStatus,
  TITLE,
  type Worded,
  wordsQuery,
} from '../authorities/index.ts'
import type { GrantRole, Names } from '../modules/index.ts'
import type { PasswordProfile } from '../passwords/index.ts'
import { rowsOf } from '../platform/db/statement.ts'
import { batches, type Page, paginate, type Sort } from '../platform/web/list.ts'
import type { Actor, Standing } from '../policy.ts'
import { standingsOf, withinReach } from '../reach.ts'
import { problemsUnder, problemTimes } from '../users/index.ts'
import { type ManagedSearch, type ManagedSort, wordsOf } from './forms.ts'
import { LACKING } from './lacking.ts'

export interface ManagedAuthority {
  id: number
  official_name: string
  official_language: string
  title: Worded | null
  status: AuthorityStatus
  shown_status: ShownStatus
  level: Level
  region: string | null
  city: string
  email: string
  modules: { names: Names; role: GrantRole; suspended: boolean }[]
  administrators: number
  problems: number
  held_by_one: number
  changed_at: Date
  standings: Standing[]
}

const NUMBER = { column: 'a.id', field: 'id', type: 'integer' } as const
const NAME = { column: 'a.sort_name', field: 'sort_name', type: 'text' } as const

const sorts: Record<ManagedSort, Sort> = {
  name: [NAME, NUMBER],
  status: [
    { column: 's.status', field: 'status', type: 'text' },
    { column: 's.sort_name', field: 'sort_name', type: 'text' },
    { column: 's.authority_id', field: 'id', type: 'integer' },
  ],
  changed: [
    { column: 'c.at', field: 'at', type: 'timestamptz', descending: true },
    { column: 'c.authority_id', field: 'id', type: 'integer', descending: true },
  ],
}

/** Authorities of the actor's country: those it manages of record, or all of them (B8). What it may do to each stands with it. */
export async function searchManaged(
  db: Knex,
  actor: Actor,
  search: ManagedSearch,
  now: Now,
): Promise<Page<ManagedAuthority>> {
  const page = await paginate<{ id: number }>(managed(db, actor, search, now), {
    sort: sorts[search.sort],
    search,
    path: '/managed-authorities',
    lookedUp: search.passwords !== '' || search.q !== '' || facetsOf(search).length > 0,
  })
  return { ...page, rows: await managedAuthorities(db, actor, idsOf(page.rows), now) }
}

const BATCH = 500

/** The same authorities in the same order, all of them up to `most`, a batch at a time. */
export async function* eachManaged(
  db: Knex,
  actor: Actor,
  search: ManagedSearch,
  { most, ...now }: Now & { most: number },
): AsyncGenerator<ManagedAuthority[]> {
  const query = managed(db, actor, search, now)
  for await (const rows of batches<{ id: number }>(query, { sort: sorts[search.sort], size: BATCH, most }))
    yield await managedAuthorities(db, actor, idsOf(rows), now)
}

const idsOf = (rows: { id: number }[]): number[] => rows.map(({ id }) => id)

const HOLDERS = { name: 'a.country', status: 's.country', changed: 'c.country' } as const

/** The list before it is cut into pages. The country stands at the table whose index has the order. */
function managed(db: Knex, actor: Actor, search: ManagedSearch, now: Now): Knex.QueryBuilder {
  const query = db('authorities as a')
    .join('authority_search as s', 's.authority_id', 'a.id')
    .where(HOLDERS[search.sort], actor.manages?.country ?? '')
    .select('a.id', 's.sort_name', 's.status')
  if (search.sort === 'changed') void query.join('authority_changes as c', 'c.authority_id', 'a.id').select('c.at')
  withFilters(db, query, actor, search, now)
  return query
}

/** Leaves of authorities joined as `a`, and as `s` in the search, those that all filters let through. */
export function withFilters(db: Knex, query: Knex.QueryBuilder, actor: Actor, search: ManagedSearch, now: Now): void {
  if (search.mine === 'yes') withinReach(query, actor, 'authority.listMine')
  if (search.status === 'inUse') void query.where('a.status', 'active')
  else if (search.status) void query.where('s.status', search.status)
  if (search.oneAdministrator) withOneAdministrator(db, query, actor)
  withLacking(db, query, actor, search)
  withFacets(db, query, actor, search)
  withPasswords(db, query, actor, search, now)
}

/**
 * Words and what stands in the index beside them; the country too, so that few are left of what is common in Europe. Those that fit
 * are looked up before anything else is asked of them: what the planner believes of rights and filters together is far off.
 */
function withFacets(db: Knex, query: Knex.QueryBuilder, actor: Actor, search: ManagedSearch): void {
  const words = wordsOf(search.q)
  if (!words) void query.whereRaw('false')
  const facets = facetsOf(search)
  if (!words?.length && facets.length === 0) return
  const all = [...facets, `c:${actor.manages?.country ?? ''}`]
  const fit = db('authority_search').whereRaw('facets @> cast(? as text[])', [all]).select('authority_id')
  if (words?.length) void fit.whereRaw('words @@ cast(? as tsquery)', [wordsQuery(words)])
  void query.withMaterialized('fit', fit).join('fit', 'fit.authority_id', 'a.id')
}

const facetsOf = ({ status, module, role, level, region }: ManagedSearch): string[] => [
  ...(module ? [`h:${module}${role && `:${role}`}`] : facet('j', role)),
  ...facet('s', ['', 'active', 'inUse'].includes(status) ? '' : 'hindered'),
  ...facet('v', level),
  ...facet('r', region),
]

const facet = (kind: string, value: string): string[] => (value ? [`${kind}:${value}`] : [])

/** When it is asked, and by which rules: a password of the profile `nist` does not expire. */
export interface Now {
  at: Date
  profile?: PasswordProfile
}

/**
 * What is asked about an authority's people is answered only where the actor may see them. Nearly all have one administrator, so
 * the right is asked of each row by itself: the planner takes it for rare, and would sort all there are instead of walking.
 */
function withOneAdministrator(db: Knex, query: Knex.QueryBuilder, actor: Actor): void {
  void whosePeopleAreSeen(db, query, actor).where('s.administrators', 1)
}

/** Who has never signed in is told only where the actor may see the people. */
function withLacking(db: Knex, query: Knex.QueryBuilder, actor: Actor, { lacking }: ManagedSearch): void {
  if (lacking === 'neverSignedIn') void whosePeopleAreSeen(db, query, actor)
  if (lacking) void query.whereRaw(LACKING[lacking])
}

/** In SQL: whether the actor may see the people of an authority joined as `a`; null means no. */
export const peopleSeen = (db: Knex, actor: Actor): Knex.Raw =>
  db.raw('(?)', [withinReach(db.select(db.raw('true')), actor, 'user.see')])

const whosePeopleAreSeen = (db: Knex, query: Knex.QueryBuilder, actor: Actor): Knex.QueryBuilder =>
  query.whereRaw(peopleSeen(db, actor))

/** Here as well only where the actor may see the people; who has a problem is rare, and looked up first. */
function withPasswords(db: Knex, query: Knex.QueryBuilder, actor: Actor, { passwords }: ManagedSearch, now: Now): void {
  if (!passwords) return
  const known = problemsUnder(now.profile)
  const asked = passwords === 'any' ? Object.values(known) : [known[passwords]]
  const those = asked.map(problem => `select u.authority_id from users u where u.deleted_at is null and ${problem}`)
  const troubled = db('authority_search as s')
    .where('s.country', actor.manages?.country ?? '')
    .whereRaw(`s.authority_id in (${those.join(' union all ')})`, problemTimes(now.at))
    .select('s.authority_id')
  void whosePeopleAreSeen(db, query, actor)
    .withMaterialized('troubled', troubled)
    .join('troubled', 'troubled.authority_id', 'a.id')
}

const MODULES = `
  (select coalesce(json_agg(json_build_object('names', m.names, 'role', g.role, 'suspended', g.status = 'suspended') order by m.id), '[]')
    from grants g join modules m on m.id = g.module_id where g.authority_id = a.id) as modules`

/** What the list says of these authorities, in their order. Apart from the search, so that it is worked out for one page only. */
async function managedAuthorities(
  db: Knex,
  actor: Actor,
  ids: number[],
  { at, profile }: Now,
): Promise<ManagedAuthority[]> {
  const standings = standingsOf(actor)
  return rowsOf<ManagedAuthority>(
    db,
    `select a.id, a.official_name, a.official_language, a.status, a.level, a.city, a.email,
      s.status as shown_status, s.administrators, r.name as region, c.at as changed_at, ${TITLE}, ${MODULES},
      (select count(*)::int from users u where u.authority_id = a.id and u.deleted_at is null
        and (${Object.values(problemsUnder(profile)).join(' or ')})) as problems,
      ${HELD_BY_ONE} as held_by_one, ${standings.sql}
    from authorities a
    join authority_search s on s.authority_id = a.id
    join authority_changes c on c.authority_id = a.id
    left join regions r on r.code = a.region
    join unnest(cast(:ids as int[])) with ordinality as wanted (id, place) on wanted.id = a.id
    order by wanted.place`,
    { ...problemTimes(at), ...standings.values, ids, titleFor: actor.language },
  )
}
