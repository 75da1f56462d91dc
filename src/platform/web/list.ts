import type { Knex } from 'knex'
import { z } from 'zod'

/** The query string is user input too: anything odd falls back to its default instead of an error page. */
export const listQuery = {
  q: z
    .string()
    .transform(value => value.normalize('NFC').trim())
    .pipe(z.string().max(100))
    .catch(''),
  after: z.string().max(1500).catch(''),
  before: z.string().max(1500).catch(''),
}

export const PAGE_SIZE = 25
/** Counting stops here: beyond it a list says "more than 1,000". */
export const COUNT_CAP = 1000

export interface Page<Row> {
  rows: Row[]
  total: number
  capped: boolean
  first: string | undefined
  previous: string | undefined
  next: string | undefined
}

/** A column the list is sorted by; the last one must be unique. */
export interface SortColumn {
  /** Qualified column of the query. */
  column: string
  /** Its name in the row. */
  field: string
  type: 'text' | 'integer' | 'timestamptz'
  descending?: boolean
}

export type Sort = readonly [SortColumn, ...SortColumn[]]

interface Ask {
  sort: Sort
  /** All that fit have to be looked up before there can be a page of them: they are counted and sorted together, not each anew. */
  lookedUp?: boolean
  search: Record<string, unknown> & { after: string; before: string }
  path: string
  size?: number
}

/** Where in a list a page begins; backwards, the page that ends there. */
export interface Place {
  key: string[] | undefined
  back: boolean
}

/** The place a query string names; the beginning where it names none that there could be. */
export function placeOf({ search: { after, before }, sort }: Pick<Ask, 'search' | 'sort'>): Place {
  const key = readKey(before || after, sort)
  return { key, back: key !== undefined && before !== '' }
}

/** One page of a list, by key and not by offset, so that the last page costs what the first one does. */
export async function paginate<Row extends object>(query: Knex.QueryBuilder, ask: Ask): Promise<Page<Row>> {
  const { list, all, sort } = ask.lookedUp
    ? lookedUp(query, ask.sort)
    : { list: query.clone(), all: query, sort: ask.sort }
  const counted = all
    .clone()
    .clearSelect()
    .clearOrder()
    .select(query.client.raw('1'))
    .limit(COUNT_CAP + 1)
  const total = query.client.raw(`(select count(*)::int from (?) as counted) as list_total`, [counted]) as Knex.Raw
  const page = inOrder(list, sort, placeOf(ask)).limit((ask.size ?? PAGE_SIZE) + 1)
  return pageFrom((await page.select(total)) as (Row & Counted)[], ask)
}

/** What `query` finds, kept for the rest of the statement under a name. */
function lookedUp(
  query: Knex.QueryBuilder,
  sort: Sort,
): { list: Knex.QueryBuilder; all: Knex.QueryBuilder; sort: Sort } {
  const all = (query.client.queryBuilder() as Knex.QueryBuilder).from('looked_up')
  const list = all.clone().withMaterialized('looked_up', query).select('looked_up.*')
  const [first, ...rest] = sort.map(column => ({ ...column, column: column.field }))
  return { list, all, sort: [first as SortColumn, ...rest] }
}

/** What stands in each row beside the row itself: how many there are in all, counted up to one more than the cap. */
export interface Counted {
  list_total: number
}

/** A page from its rows in the order of `inOrder`, and one more where there is one. */
export function pageFrom<Row extends object>(found: (Row & Counted)[], ask: Ask): Page<Row> {
  const { sort, size = PAGE_SIZE } = ask
  const { key, back } = placeOf(ask)
  const more = found.length > size
  const rows = found.slice(0, size)
  if (back) rows.reverse()
  const count = rows[0]?.list_total ?? 0
  const href = hrefs(ask)
  const hasPrevious = key !== undefined && (back ? more : true) && rows.length > 0
  const hasNext = rows.length > 0 && (back || more)
  return {
    rows,
    total: Math.min(count, COUNT_CAP),
    capped: count > COUNT_CAP,
    first: key ? href({}) : undefined,
    previous: hasPrevious ? href({ before: keyOf(rows[0], sort) }) : undefined,
    next: hasNext ? href({ after: keyOf(rows.at(-1), sort) }) : undefined,
  }
}

/** Every row of a list up to `most`, in batches by key: for exports, which hold no long list in memory. */
export async function* batches<Row extends object>(
  query: Knex.QueryBuilder,
  { sort, size, most }: { sort: Sort; size: number; most: number },
): AsyncGenerator<Row[]> {
  let key: string[] | undefined
  for (let left = most; left > 0; left -= size) {
    const wanted = Math.min(size, left)
    const rows = (await inOrder(query.clone(), sort, { key, back: false }).limit(wanted)) as Row[]
    if (rows.length > 0) yield rows
    if (rows.length < wanted) return
    key = valuesOf(rows.at(-1), sort)
  }
}

/** The address of the list with another order, from its beginning. */
export const sortedHref = (ask: Pick<Ask, 'search' | 'path'>, sort: string): string => hrefs(ask)({ sort })

/** Sorts a list and lets it begin at the place. */
export function inOrder(query: Knex.QueryBuilder, sort: Sort, { key, back }: Place): Knex.QueryBuilder {
  if (key) beyond(query, sort, key, back)
  for (const { column, descending } of sort) void query.orderBy(column, Boolean(descending) !== back ? 'desc' : 'asc')
  return query
}

/** `(a, b) > (x, y)`; spelt out where columns run in different directions, though an index helps less then. */
function beyond(query: Knex.QueryBuilder, sort: Sort, key: string[], back: boolean): void {
  const sign = (column: SortColumn): string => (Boolean(column.descending) !== back ? '<' : '>')
  const columns = sort.map(({ column }) => column)
  const places = sort.map(({ type }) => `cast(? as ${type})`)
  if (new Set(sort.map(sign)).size === 1) {
    const names = sort.map(() => '??').join(', ')
    void query.whereRaw(`(${names}) ${sign(sort[0])} (${places.join(', ')})`, [...columns, ...key])
    return
  }
  void query.where(any => {
    sort.forEach((last, depth) => {
      void any.orWhere(all => {
        for (let i = 0; i < depth; i += 1) void all.whereRaw(`?? = ${places[i]}`, [columns[i] ?? '', key[i] ?? ''])
        void all.whereRaw(`?? ${sign(last)} ${places[depth]}`, [last.column, key[depth] ?? ''])
      })
    })
  })
}

const keyOf = (row: object | undefined, sort: Sort): string =>
  Buffer.from(JSON.stringify(valuesOf(row, sort))).toString('base64url')

const valuesOf = (row: object | undefined, sort: Sort): string[] =>
  sort.map(({ field }) => {
    const value = (row as Record<string, unknown>)[field]
    return value instanceof Date ? value.toISOString() : String(value)
  })

/** What a key may hold in a column; anything else was never given out by a list, and begins at the beginning. */
const keyTypes = {
  text: z
    .string()
    .max(700)
    .regex(/^[^\0]*$/),
  integer: z
    .string()
    .regex(/^-?\d{1,10}$/)
    .refine(text => Math.abs(Number(text)) <= 2_147_483_647),
  timestamptz: z.iso.datetime().regex(/^[12]/),
} as const satisfies Record<SortColumn['type'], z.ZodType<string>>

function readKey(text: string, sort: Sort): string[] | undefined {
  if (!text) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const strings = z.array(z.string()).length(sort.length).parse(values)
    return strings.map((value, i) => keyTypes[sort[i]?.type ?? 'text'].parse(value))
  } catch {
    return undefined
  }
}

/** Keeps every filter, drops empty ones: a view never builds a query string. */
function hrefs({
  search,
  path,
}: Pick<Ask, 'search' | 'path'>): (place: { after?: string; before?: string; sort?: string }) => string {
  return place => {
    const kept = Object.entries({ ...search, after: '', before: '', ...place }).flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as unknown[]) : [value])
        .filter(one => typeof one === 'number' || (typeof one === 'string' && one !== ''))
        .map(one => [name, String(one)]),
    )
    const text = new URLSearchParams(kept as [string, string][]).toString()
    return text ? `${path}?${text}` : path
  }
}
