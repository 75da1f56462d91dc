import type { Knex } from 'knex'
import { z } from 'zod'

/** The query string is user input too: anything odd falls back to its default instead of an error page. */
export const listQuery = {
  q: z
    .string()
    .transform(value => value.normalize('NFC').trim())
    .pipe(z.string().max(100))
    .catch(''),
  after: z.string().max(400).catch(''),
  before: z.string().max(400).catch(''),
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

interface Ask {
  sort: readonly [SortColumn, ...SortColumn[]]
  search: Record<string, unknown> & { after: string; before: string }
  path: string
  size?: number
}

/** One page of a list, by key and not by offset, so that the last page costs what the first one does. */
export async function paginate<Row extends object>(query: Knex.QueryBuilder, ask: Ask): Promise<Page<Row>> {
  const { sort, search, size = PAGE_SIZE } = ask
  const back = search.before !== ''
  const key = readKey(back ? search.before : search.after, sort.length)
  const counted = query
    .clone()
    .clearSelect()
    .clearOrder()
    .select(query.client.raw('1'))
    .limit(COUNT_CAP + 1)
  const pageQuery = query.clone().limit(size + 1)
  if (key) beyond(pageQuery, sort, key, back)
  for (const { column, descending } of sort) pageQuery.orderBy(column, Boolean(descending) !== back ? 'desc' : 'asc')
  const total = query.client.raw(`(select count(*)::int from (?) as counted) as list_total`, [counted]) as Knex.Raw
  const found = (await pageQuery.select(total)) as (Row & { list_total: number })[]

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

/** `(a, b) > (x, y)`, spelt out so that columns may run in different directions. */
function beyond(query: Knex.QueryBuilder, sort: readonly SortColumn[], key: string[], back: boolean): void {
  void query.where(any => {
    sort.forEach((last, depth) => {
      void any.orWhere(all => {
        sort
          .slice(0, depth)
          .forEach((column, i) => void all.whereRaw(`?? = cast(? as ${column.type})`, [column.column, key[i] ?? '']))
        const sign = Boolean(last.descending) !== back ? '<' : '>'
        void all.whereRaw(`?? ${sign} cast(? as ${last.type})`, [last.column, key[depth] ?? ''])
      })
    })
  })
}

function keyOf(row: object | undefined, sort: readonly SortColumn[]): string {
  const values = sort.map(({ field }) => {
    const value = (row as Record<string, unknown>)[field]
    return value instanceof Date ? value.toISOString() : String(value)
  })
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

function readKey(text: string, length: number): string[] | undefined {
  if (!text) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    const strings = z
      .array(
        z
          .string()
          .max(300)
          .regex(/^[^\0]*$/),
      )
      .length(length)
      .parse(values)
    return strings
  } catch {
    return undefined
  }
}

/** Keeps every filter, drops empty ones: a view never builds a query string. */
function hrefs({ search, path }: Ask): (place: { after?: string; before?: string }) => string {
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
