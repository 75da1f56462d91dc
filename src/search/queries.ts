import type { Knex } from 'knex'
import { titleColumn, type Worded, wordsQuery } from '../authorities/index.ts'
import type { GrantRole, Names } from '../modules/index.ts'
import {
  COUNT_CAP,
  type Counted,
  inOrder,
  type Page,
  PAGE_SIZE,
  pageFrom,
  placeOf,
  type Sort,
} from '../platform/web/list.ts'
import { type AuthoritySearch, wordsOf } from './forms.ts'

export interface FoundAuthority {
  id: number
  country: string
  official_name: string
  official_language: string
  sort_name: string
  title: Worded | null
  modules: { names: Names; role: GrantRole }[]
}

/** A coordinator to turn to, with contact data. */
export interface Contact {
  id: number
  name: string
  language: string
  email: string
  telephone: string
}

const BY_NAME: Sort = [
  { column: 's.sort_name', field: 'sort_name', type: 'text' },
  { column: 's.authority_id', field: 'id', type: 'integer' },
]

const MODULES = `
  (select json_agg(json_build_object('names', m.names, 'role', g.role) order by m.id)
    from grants g join modules m on m.id = g.module_id
    where g.authority_id = a.id and g.status = 'active') as modules`

/** So many authorities are looked at one by one, in the order of their names, before all that fit are sorted. */
const WALK = 2000

/**
 * Active authorities of all countries with at least one active module (B10), a page of them sorted by name.
 *
 * Up to as many as are counted, those that fit are sorted. Beyond it a page is full after a short walk along the names, nearly
 * always; where it is not, all are sorted. It stands in one statement, and PostgreSQL goes on only when a step fell short: so no
 * combination of words and filters is slow, whatever it was thought to find. What does not change stands in the text, as a plan
 * that is kept cannot choose an index by a value; what was asked for stands behind a `select`, so that no plan is made for it alone.
 */
export async function searchAuthorities(
  db: Knex,
  lang: string,
  search: AuthoritySearch,
): Promise<Page<FoundAuthority>> {
  const ask = { sort: BY_NAME, search, path: '/authorities' }
  const words = wordsOf(search.q)
  if (!words) return pageFrom<FoundAuthority>([], ask)
  const place = placeOf(ask)
  const limit = PAGE_SIZE + 1
  const columns = ['s.authority_id', 's.sort_name']
  const findable = (): Knex.QueryBuilder => db('authority_search as s').whereRaw('s.findable')
  const inCountry = search.country ? findable().where('s.country', search.country) : findable()
  const met = conditions(db, words, facetsOf(search))
  const seen = inOrder(inCountry, BY_NAME, place)
    .select(columns)
    .select(db.raw('(?) as fits', [met]))
    .limit(WALK, FIXED)
  const all = findable()
    .whereRaw('(?)', [conditions(db, words, [...facetsOf(search), ...facet('c', search.country)])])
    .select(columns)
  const many = db.raw(`(select total from counted) > ${COUNT_CAP}`)
  const walked = db.from(seen.as('s')).whereRaw('s.fits and ?', [many])
  const full = db.raw(`(select count(*) from walked) = ${limit}`)
  const sorted = inOrder(db('fit as s').whereRaw('not ?', [full]), BY_NAME, place)
  const found = db
    .withMaterialized('fit', all)
    .with('counted', db.raw(`select count(*)::int as total from (select from fit limit ${COUNT_CAP + 1}) fit`))
    .with('walked', walked.select(columns).limit(limit, FIXED))
    .with(
      'found',
      db
        .from('walked as s')
        .whereRaw('?', [full])
        .select(columns)
        .unionAll([sorted.select(columns).limit(limit, FIXED)], true),
    )
  return pageFrom(await drawn(db, found, lang, place), ask)
}

/** A number that is always the same, for the planner to know. */
const FIXED = { skipBinding: true }

/** What the page shows of those that were found, and how many there are in all. */
function drawn(
  db: Knex,
  found: Knex.QueryBuilder,
  lang: string,
  place: ReturnType<typeof placeOf>,
): Promise<(FoundAuthority & Counted)[]> {
  const total = db.raw('(select total from counted) as list_total')
  const columns = ['a.id', 'a.country', 'a.official_name', 'a.official_language', 's.sort_name']
  const query = found.from('found as s').join('authorities as a', 'a.id', 's.authority_id')
  return inOrder(query, BY_NAME, { ...place, key: undefined }).select([
    ...columns,
    titleColumn(db, lang),
    db.raw(MODULES),
    total,
  ]) as Promise<(FoundAuthority & Counted)[]>
}

/** Every word must begin a word of the authority, in whatever language, and every facet must be one of its own. */
function conditions(db: Knex, words: readonly string[], facets: readonly string[]): Knex.Raw {
  const met: Knex.Raw[] = []
  if (words.length > 0) met.push(db.raw('s.words @@ (select cast(? as tsquery))', [wordsQuery(words)]))
  if (facets.length > 0) met.push(db.raw('s.facets @> (select cast(? as text[]))', [[...facets]]))
  return met.length > 0 ? db.raw(met.map(() => '?').join(' and '), met) : db.raw('true')
}

function facetsOf(search: AuthoritySearch): string[] {
  const { module, role, region, policyArea, economicActivity, reads } = search
  return [
    ...(module ? [`m:${module}${role && `:${role}`}`] : facet('k', role)),
    ...facet('r', region),
    ...facet('p', policyArea),
    ...facet('e', economicActivity),
    ...facet('l', reads),
  ]
}

const facet = (kind: string, value: string): string[] => (value ? [`${kind}:${value}`] : [])

const MOST_CONTACTS = 6

/** Whom to turn to when nothing fits: the coordinators of the module in the country, else the national coordinator (B10). */
export async function listContacts(db: Knex, country: string, moduleId: number | undefined): Promise<Contact[]> {
  const query = db('authorities as a').where({ 'a.country': country, 'a.status': 'active' })
  const coordinates = db('grants as g')
    .whereRaw('g.authority_id = a.id')
    .where({ 'g.module_id': moduleId ?? 0, 'g.role': 'coordinator', 'g.status': 'active' })
  void query.where(any => any.where('a.kind', 'national coordinator').orWhereExists(coordinates))
  return query.orderByRaw(`a.kind = 'national coordinator', a.sort_name, a.id`).limit(MOST_CONTACTS).select<Contact[]>({
    id: 'a.id',
    name: 'a.official_name',
    language: 'a.official_language',
    email: 'a.email',
    telephone: 'a.telephone',
  })
}
