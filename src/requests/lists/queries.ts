import type { Knex } from 'knex'
import {
  COUNT_CAP,
  type Counted,
  inOrder,
  type Page,
  PAGE_SIZE,
  pageFrom,
  type Place,
  placeOf,
  type Sort,
} from '../../platform/web/list.ts'
import type { Actor } from '../../policy.ts'
import { UNHEARD_SQL } from '../queries.ts'
import { looksInside, sources, withFilters } from './filters.ts'
import type { ListName, RequestSearch, RequestSort } from './forms.ts'
import { type ListedRequest, listedRequests } from './listed.ts'

export const paths: Record<ListName, string> = {
  own: '/requests',
  coordinated: '/requests/coordinated',
  urgent: '/requests/urgent',
  linked: '/requests/linked',
}

interface Ask {
  list: ListName
  search: RequestSearch
  at: Date
}

/** One page of a list of requests (G1, G2): each request once that the reader sent, and each part that came to it or that it oversees. */
export async function searchRequests(db: Knex, actor: Actor, ask: Ask): Promise<Page<ListedRequest>> {
  const { list, search } = ask
  const branches = branchesOf(db, actor, ask)
  const sort = sortOf('x', search.sort)
  const place = placeOf({ search, sort })
  const counted = together(
    db,
    branches.map(({ query }) =>
      query
        .clone()
        .clearSelect()
        .select(db.raw('1'))
        .limit(COUNT_CAP + 1),
    ),
  )
  const found = (await db.from(ordered(db, branches, search.sort, place, PAGE_SIZE + 1)).select(
    'x.*',
    db.raw('(select count(*)::int from (?) c) as list_total', [
      db
        .from(counted.as('c'))
        .select(db.raw('1'))
        .limit(COUNT_CAP + 1),
    ]),
  )) as (Key & Counted)[]
  const page = pageFrom<Key>(found, { sort, search, path: paths[list] })
  return { ...page, rows: await listedRequests(db, actor, page.rows) }
}

const BATCH = 500

/** The same requests in the same order, all of them up to `most`, a batch at a time. */
export async function* eachRequest(
  db: Knex,
  actor: Actor,
  ask: Ask & { most: number },
): AsyncGenerator<ListedRequest[]> {
  const { sort } = ask.search
  let place: Place = { key: undefined, back: false }
  for (let left = ask.most; left > 0; left -= BATCH) {
    const wanted = Math.min(BATCH, left)
    const keys = (await db.from(ordered(db, branchesOf(db, actor, ask), sort, place, wanted)).select('x.*')) as Key[]
    if (keys.length > 0) yield await listedRequests(db, actor, keys)
    const last = keys.at(-1)
    if (!last || keys.length < wanted) return
    const ids = [String(last.request_id), String(last.id)]
    place = { key: sort === 'due' ? [last.late_at.toISOString(), ...ids] : ids, back: false }
  }
}

/** A row as it is found: which part, and where it stands in the order. */
export interface Key {
  request_id: number
  id: number
  late_at: Date
  /** The request as the requester reads it, all parts together. */
  whole: boolean
}

interface Branch {
  query: Knex.QueryBuilder
  /** Its columns of the order: late_at, request_id, id. */
  columns: readonly [string, string, string]
}

/** The first of all branches together, each of them read in the order of its own index. */
function ordered(db: Knex, branches: Branch[], sort: RequestSort, place: Place, limit: number): Knex.QueryBuilder {
  const firsts = branches.map(({ query, columns }) => inOrder(query.clone(), sortBy(columns, sort), place).limit(limit))
  const [only] = firsts
  if (only && firsts.length === 1) return only.as('x')
  return inOrder(db.from(together(db, firsts).as('x')).select('x.*'), sortOf('x', sort), { ...place, key: undefined })
    .limit(limit)
    .as('x')
}

const together = (db: Knex, queries: Knex.QueryBuilder[]): Knex.QueryBuilder => db.unionAll(queries, true)

const sortOf = (table: string, sort: RequestSort): Sort =>
  sortBy([`${table}.late_at`, `${table}.request_id`, `${table}.id`], sort)

function sortBy([late, request, part]: Branch['columns'], sort: RequestSort): Sort {
  const descending = sort === 'newest'
  const numbers = [
    { column: request, field: 'request_id', type: 'integer', descending },
    { column: part, field: 'id', type: 'integer', descending },
  ] as const
  return sort === 'newest' ? numbers : [{ column: late, field: 'late_at', type: 'timestamptz' }, ...numbers]
}

function branchesOf(db: Knex, actor: Actor, ask: Ask): Branch[] {
  const { list, search } = ask
  if (list !== 'own') return [overviews(db, actor, ask)]
  return [
    ...(search.side === 'received' ? [] : [sent(db, actor, ask)]),
    ...(search.side === 'sent' ? [] : [received(db, actor, ask)]),
  ]
}

function sent(db: Knex, actor: Actor, { search, at }: Ask): Branch {
  const query = db('requests as r')
    .joinRaw('join request_parts p on p.request_id = r.id and p.part = 1')
    .where('r.requester_id', actor.authorityId)
    .select('r.id as request_id', 'p.id', 'r.late_at', db.raw('true as whole'))
  return {
    query: withFilters(query, sources.sent, search, { actor, at }),
    columns: ['r.late_at', 'r.id', 'p.id'],
  }
}

function received(db: Knex, actor: Actor, { search, at }: Ask): Branch {
  const query = db('request_parts as p')
    .join('requests as r', 'r.id', 'p.request_id')
    .where('p.responder_id', actor.authorityId)
    .whereRaw(`p.status not in ${UNHEARD_SQL}`)
    .select('p.request_id', 'p.id', 'p.late_at', db.raw('false as whole'))
  return {
    query: withFilters(query, sources.received, search, { actor, at }),
    columns: ['p.late_at', 'p.request_id', 'p.id'],
  }
}

/** What the database keeps ready for an overseer; whether it is theirs to see is asked once more of each row that is shown. */
function overviews(db: Knex, actor: Actor, { list, search, at }: Ask): Branch {
  const kind = list === 'linked' ? 'linked' : 'coordinator'
  const query = db('request_overviews as v')
    .where({ 'v.viewer_id': actor.authorityId, 'v.kind': kind })
    .select('v.request_id', 'v.part_id as id', 'v.late_at', db.raw('false as whole'))
  // One by one, along the order of the list, until the page is full: the planner would rather read all requests there are.
  if (looksInside(search))
    void query.joinRaw(
      `cross join lateral (select * from request_parts where id = v.part_id offset 0) p
       cross join lateral (select * from requests where id = v.request_id offset 0) r`,
    )
  if (list === 'urgent') void query.where('v.late_at', '<', at)
  return {
    query: withFilters(query, sources.overview, search, { actor, at }),
    columns: ['v.late_at', 'v.request_id', 'v.part_id'],
  }
}
