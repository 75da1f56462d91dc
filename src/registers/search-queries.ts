import type { Knex } from 'knex'
import { foldWords } from '../authorities/index.ts'
import { batches, type Page, paginate, type Sort } from '../platform/web/list.ts'
import type { RegisterSearch } from './forms.ts'
import { registersIn } from './queries.ts'
import type { Register } from './register.ts'
import { listedSubjects } from './subject-queries.ts'
import { subjectsWith } from './subjects.ts'

const BY_PLACE: Sort = [
  { column: 'a.country', field: 'country', type: 'text' },
  { column: 'r.sort_name', field: 'sort_name', type: 'text' },
  { column: 'r.id', field: 'id', type: 'integer' },
]

const MOST_WORDS = 8
const BATCH = 500

export const REGISTERS = '/registers'

/** A page of the directory: entries of active authorities of all countries, by country and name (J2). */
export async function searchRegisters(db: Knex, lang: string, search: RegisterSearch): Promise<Page<Register>> {
  const asked = await wordsAsked(db, search.q)
  const found = query(db, search, asked)
  const page = await paginate<Place>(found, { sort: BY_PLACE, search, path: REGISTERS, lookedUp: true })
  return { ...page, rows: await registersIn(db, lang, idsOf(page.rows)) }
}

/** The same entries in the same order, all of them up to `most`, a batch at a time. */
export async function* eachRegister(
  db: Knex,
  lang: string,
  search: RegisterSearch,
  most: number,
): AsyncGenerator<Register[]> {
  const asked = await wordsAsked(db, search.q)
  const found = query(db, search, asked)
  for await (const rows of batches<Place>(found, { sort: BY_PLACE, size: BATCH, most }))
    yield await registersIn(db, lang, idsOf(rows))
}

interface Place {
  id: number
}

const idsOf = (rows: Place[]): number[] => rows.map(({ id }) => id)

/** A word that is looked for, with the subjects of the catalogue that have it in one of their names. */
interface Asked {
  word: string
  subjects: string[]
}

/** The words of a search; undefined when something was typed that is no word at all, so that nothing can fit. */
async function wordsAsked(db: Knex, q: string): Promise<Asked[] | undefined> {
  const words = foldWords(q).slice(0, MOST_WORDS)
  if (words.length === 0) return q === '' ? [] : undefined
  const listed = await listedSubjects(db)
  return words.map(word => ({ word, subjects: subjectsWith(word, listed) }))
}

/** What covers no subject by name covers all that its modules are about. */
const COVERS_ALL = `not exists (select 1 from register_keywords x where x.register_id = r.id)
  and not exists (select 1 from register_economic_activities x where x.register_id = r.id)`

const IN_MODULE = 'exists (select 1 from register_modules x where x.register_id = r.id and x.module_id = :module)'

const OF_KEYWORD = `(exists (select 1 from register_keywords x join keywords k on k.id = x.keyword_id
    where x.register_id = r.id and k.code = :keyword)
  or ${COVERS_ALL} and exists (select 1 from register_modules x join modules m on m.id = x.module_id
    join keywords k on k.legislative_area_id = m.legislative_area_id where x.register_id = r.id and k.code = :keyword))`

/** A section covers its divisions, and is found by each of them. */
const OF_ACTIVITY = `(exists (select 1 from register_economic_activities x join economic_activities e on e.code = x.economic_activity
    join economic_activities wanted on wanted.code = :activity and (e.code in (wanted.code, wanted.parent) or e.parent = wanted.code)
    where x.register_id = r.id)
  or ${COVERS_ALL})`

/** Each word begins one of the entry's own, or one in a name of what it covers, in whatever language. */
const HAS_WORD = `(r.words @@ cast(:word as tsquery)
  or exists (select 1 from register_keywords x where x.register_id = r.id and 'k' || x.keyword_id = any(cast(:subjects as text[])))
  or exists (select 1 from register_economic_activities x
    where x.register_id = r.id and 'e' || x.economic_activity = any(cast(:subjects as text[]))))`

function query(
  db: Knex,
  { country, module, keyword, activity }: RegisterSearch,
  asked: readonly Asked[] | undefined,
): Knex.QueryBuilder {
  const found = db('registers as r')
    .join('authorities as a', 'a.id', 'r.authority_id')
    .where('a.status', 'active')
    .select('r.id', 'r.sort_name', 'a.country')
  if (country) void found.where('a.country', country)
  if (module) void found.whereRaw(IN_MODULE, { module: Number(module) })
  if (keyword) void found.whereRaw(OF_KEYWORD, { keyword })
  if (activity) void found.whereRaw(OF_ACTIVITY, { activity })
  if (!asked) void found.whereRaw('false')
  for (const { word, subjects } of asked ?? []) void found.whereRaw(HAS_WORD, { word: `'${word}':*`, subjects })
  return found
}
