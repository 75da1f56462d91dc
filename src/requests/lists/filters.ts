import type { Knex } from 'knex'
import { foldWords, wordsQuery } from '../../authorities/index.ts'
import { zoneOf } from '../../platform/i18n/names.ts'
import { type Actor, policy } from '../../policy.ts'
import { hasStanding, reachBindings, SHOWN_STATUS } from '../reach.ts'
import { atWork, ended, open, type Status, within } from '../workflow.ts'
import type { RequestSearch } from './forms.ts'

/** How the columns are called where one kind of rows comes from, and what it calls the other authority. */
export interface Source {
  /** The status as the reader may know it. */
  status: string
  /** The true status where an index has it; the one shown is asked of what it leaves. */
  kept: string | undefined
  late: string
  /** Numbers and countries of the authorities that a search for others means. */
  others: readonly string[]
  countries: readonly string[]
  /** When it came into this list, for the reader. */
  since: string
}

const CONTENT = hasStanding(...policy['request.seeContent'])

/** Keeps what was asked for. Part `p` of request `r`; words of the content count only where the reader may see it. */
export function withFilters(
  query: Knex.QueryBuilder,
  source: Source,
  search: RequestSearch,
  { actor, at }: { actor: Actor; at: Date },
): Knex.QueryBuilder {
  const zone = zoneOf(actor.country)
  withStatus(query, source, search.status, actor)
  if (search.module) void query.where('r.module_id', Number(search.module))
  if (search.country) void query.whereRaw(`cast(? as text) in (${source.countries.join(', ')})`, [search.country])
  if (search.authority) withName(query, source, search.authority)
  if (search.handler) withHandler(query, Number(search.handler), actor)
  if (search.fileNumber)
    void query.whereRaw(
      `p.id in (select part_id from request_side_notes where authority_id = ? and file_number <> '' and lower(file_number) like lower(?))`,
      [actor.authorityId, `${literal(search.fileNumber)}%`],
    )
  if (search.from)
    void query.whereRaw(`${source.since} >= cast(? as date)::timestamp at time zone cast(? as text)`, [
      search.from,
      zone,
    ])
  if (search.until)
    void query.whereRaw(`${source.since} < (cast(? as date) + 1)::timestamp at time zone cast(? as text)`, [
      search.until,
      zone,
    ])
  if (search.urgent) void query.where('r.urgent', true)
  if (search.overdue) void query.where(source.late, '<', at)
  if (search.q) withWords(query, source, search.q, actor)
  return query
}

function withStatus(query: Knex.QueryBuilder, source: Source, asked: RequestSearch['status'], actor: Actor): void {
  if (asked === '') return
  const wanted: readonly Status[] = asked === 'open' ? open : asked === 'ended' ? ended : [asked]
  if (source.kept) {
    // A reply in approval is shown to the other side as the status it came from.
    void query.whereIn(source.kept, [
      ...new Set<Status>([...wanted, ...(isBetween(asked) ? (['reply awaiting approval'] as const) : [])]),
    ])
    if (!isBetween(asked)) return
  }
  const named = Object.fromEntries(wanted.map((status, index) => [`status${index}`, status]))
  void query.whereRaw(
    `${source.status} in (${Object.keys(named)
      .map(name => `:${name}`)
      .join(', ')})`,
    { ...reachBindings(actor), ...named },
  )
}

/** Whether it depends on the reader which requests have this status. */
const isBetween = (asked: RequestSearch['status']): boolean =>
  asked === 'reply awaiting approval' ||
  (asked !== 'open' && asked !== 'ended' && asked !== '' && within(atWork, asked))

/** Whether more has to be known of each request than what the database keeps ready for overseers. */
export const looksInside = ({
  status,
  module,
  country,
  authority,
  fileNumber,
  from,
  until,
  urgent,
  q,
}: RequestSearch): boolean =>
  isBetween(status) || [module, country, authority, fileNumber, from, until, urgent, q].some(Boolean)

const NAMED = (source: Source): string =>
  `exists (select from authority_search s where s.authority_id in (${source.others.join(', ')}) and s.words @@ (select cast(:name as tsquery)))`

function withName(query: Knex.QueryBuilder, source: Source, text: string): void {
  const words = foldWords(text).slice(0, MOST_WORDS)
  void (words.length > 0 ? query.whereRaw(NAMED(source), { name: wordsQuery(words) }) : query.whereRaw('false'))
}

const MOST_WORDS = 8

/** Who wrote it, is allocated, has acted on it or taken it over: known to those who work with its content. */
function withHandler(query: Knex.QueryBuilder, handler: number, actor: Actor): void {
  void query.whereRaw(
    `(r.created_by = :handler and r.requester_id = :me
      or exists (select from request_allocations x where x.part_id = p.id and x.user_id = :handler and p.responder_id = :me)
      or exists (select from request_steps x where x.part_id = p.id and x.user_id = :handler and x.authority_id = :me)
      or exists (select from request_steps x where x.part_id = p.id and x.step = 'takeOver' and (x.details->>'heir')::int = :handler))
     and ${CONTENT}`,
    { ...reachBindings(actor), handler },
  )
}

/** The beginning of a number, names of the other authority, or what stands in its content outside the fields of personal data. */
function withWords(query: Knex.QueryBuilder, source: Source, text: string, actor: Actor): void {
  const words = foldWords(text).slice(0, MOST_WORDS)
  void query.whereRaw(
    `(r.number || case when p.part > 1 then '-' || p.part else '' end ilike :beginning
      ${words.length > 0 ? `or ${NAMED(source)}` : ''}
      or ${CONTENT} and (r.reason ilike :within
        or exists (select from jsonb_each_text(r.subject) s where s.value ilike :within)
        or exists (select from request_comments c where c.part_id = p.id and c.text ilike :within)))`,
    {
      ...reachBindings(actor),
      name: wordsQuery(words),
      beginning: `${literal(text)}%`,
      within: `%${literal(text)}%`,
    },
  )
}

const literal = (text: string): string => text.replace(/[\\%_]/g, sign => `\\${sign}`)

/** Where the rows of a list come from (see `Source`). */
export const sources = {
  sent: {
    status: 'r.status',
    kept: undefined,
    late: 'r.late_at',
    others: ['p.responder_id'],
    countries: ['p.responder_country'],
    since: 'coalesce(r.sent_at, r.created_at)',
  },
  received: {
    status: 'p.status',
    kept: undefined,
    late: 'p.late_at',
    others: ['r.requester_id'],
    countries: ['r.requester_country'],
    since: 'r.sent_at',
  },
  overview: {
    status: SHOWN_STATUS,
    kept: 'v.status',
    late: 'v.late_at',
    others: ['r.requester_id', 'p.responder_id'],
    countries: ['r.requester_country', 'p.responder_country'],
    since: 'coalesce(r.sent_at, r.created_at)',
  },
} as const satisfies Record<string, Source>
