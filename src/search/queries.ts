import type { Knex } from 'knex'
import {
  type AuthorityStatus,
  type ShownStatus,
  shownStatusColumn,
  titleColumn,
  type Worded,
} from '../authorities/index.ts'
import type { GrantRole, Names } from '../modules/index.ts'
import { type Page, paginate, type SortColumn } from '../platform/web/list.ts'
import type { Actor, Standing } from '../policy.ts'
import { standingsColumn, withinReach } from '../reach.ts'
import { type AuthoritySearch, type ManagedSearch, wordsOf } from './forms.ts'

export interface FoundAuthority {
  id: number
  country: string
  official_name: string
  official_language: string
  sort_name: string
  title: Worded | null
  modules: { names: Names; role: GrantRole }[]
}

export interface ManagedAuthority extends Omit<FoundAuthority, 'modules' | 'country'> {
  status: AuthorityStatus
  shown_status: ShownStatus
  modules: number
  administrators: number
  standings: Standing[]
}

/** A coordinator to turn to, with contact data. */
export interface Contact {
  id: number
  name: string
  language: string
  email: string
  telephone: string
}

const byName: [SortColumn, SortColumn] = [
  { column: 'a.sort_name', field: 'sort_name', type: 'text' },
  { column: 'a.id', field: 'id', type: 'integer' },
]

const MODULES = `
  (select json_agg(json_build_object('names', m.names, 'role', g.role) order by m.id)
    from grants g join modules m on m.id = g.module_id
    where g.authority_id = a.id and g.status = 'active') as modules`

/** Active authorities of all countries with at least one active module (B10), a page of them sorted by name. */
export function searchAuthorities(db: Knex, lang: string, search: AuthoritySearch): Promise<Page<FoundAuthority>> {
  const active = db('grants as g').whereRaw('g.authority_id = a.id').where('g.status', 'active')
  if (search.module) void active.where('g.module_id', Number(search.module))
  const query = db('authorities as a').where('a.status', 'active').whereExists(active)
  if (search.country) void query.where('a.country', search.country)
  withWords(db, query, search.q)
  const columns = ['a.id', 'a.country', 'a.official_name', 'a.official_language', 'a.sort_name']
  void query.select([...columns, titleColumn(db, lang), db.raw(MODULES)])
  return paginate<FoundAuthority>(query, { sort: byName, search, path: '/authorities' })
}

/** Authorities of the actor's country: those it manages of record, or all of them (B8). What it may do to each stands with it. */
export async function searchManaged(db: Knex, actor: Actor, search: ManagedSearch): Promise<Page<ManagedAuthority>> {
  const query = db('authorities as a').where('a.country', actor.manages?.country ?? '')
  if (search.mine === 'yes') withinReach(query, actor, 'authority.listMine')
  if (search.status)
    void query
      .joinRaw('cross join lateral (select ?) as shown', [shownStatusColumn(db)])
      .where('shown.shown_status', search.status)
  withWords(db, query, search.q)
  const page = await paginate<{ id: number }>(query.select('a.id', 'a.sort_name'), {
    sort: byName,
    search,
    path: '/managed-authorities',
  })
  const ids = page.rows.map(row => row.id)
  return { ...page, rows: await managedAuthorities(db, actor, ids) }
}

/** What the list says of these authorities, in their order. Apart from the search, so that it is worked out for one page only. */
async function managedAuthorities(db: Knex, actor: Actor, ids: number[]): Promise<ManagedAuthority[]> {
  return db('authorities as a')
    .whereIn('a.id', ids)
    .orderBy(['a.sort_name', 'a.id'])
    .select<ManagedAuthority[]>(
      ...['a.id', 'a.official_name', 'a.official_language', 'a.sort_name', 'a.status'],
      shownStatusColumn(db),
      titleColumn(db, actor.language),
      db.raw('(select count(*)::int from grants g where g.authority_id = a.id) as modules'),
      db.raw(`(select count(*)::int from users u
        where u.authority_id = a.id and u.administrator and u.deleted_at is null) as administrators`),
      standingsColumn(db, actor),
    )
}

/** Every word typed must begin a word of the authority, in whatever language. The words are held together before the authorities. */
function withWords(db: Knex, query: Knex.QueryBuilder, q: string): void {
  const words = wordsOf(q)
  if (!words) void query.whereRaw('false')
  const [first, ...others] = words ?? []
  if (!first) return
  const found = (name: string, word: string, outer: string) =>
    db(`authority_words as ${name}`)
      .whereRaw('??.authority_id = ??', [name, outer])
      .where(`${name}.word`, 'like', `${word}%`)
  const together = found('w', first, 'a.id')
  for (const word of others) void together.whereExists(found('v', word, 'w.authority_id'))
  void query.whereExists(together)
}

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

/** The countries that take part. */
export async function listCountries(db: Knex): Promise<string[]> {
  return db('countries').whereNot('code', 'EU').pluck<string[]>('code')
}
