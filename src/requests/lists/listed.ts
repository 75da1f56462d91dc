import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import { type Actor, policy } from '../../policy.ts'
import { COLUMNS, requestFrom, type RequestRow } from '../queries.ts'
import { hasStanding, reachBindings } from '../reach.ts'
import type { ImiRequest } from '../request.ts'
import { type Status, type Turn, turnOf } from '../workflow.ts'

/** A request as a line of a list says it: no more than the overview. */
export interface ListedRequest extends ImiRequest {
  /** All parts together, as the requester reads them. */
  whole: boolean
  /** The status that this reader may know, and whose turn it is by it. */
  readStatus: Status
  turn: Turn
  parts: number
  /** The last day in time, of acceptance or of the answer; null where nothing is awaited. */
  dueDay: string | null
  /** From then on it is late. */
  lateAt: Date
}

const MUST_BE_GIVEN = (parts: string): string =>
  `exists (select from request_opinions o where o.part_id in ${parts} and o.must_be_given
    and o.referral = (select max(referral) from request_opinions where part_id = o.part_id))`

const ALL_PARTS = `(select id from request_parts where request_id = r.id)`
const DUE_DAY = (late: string): string =>
  `case when ${late} < '2999-01-01' then to_char(${late} at time zone 'Europe/Brussels' - interval '1 second', 'YYYY-MM-DD') end`

const LISTED = `
  select ${COLUMNS}, wanted.whole,
    case when wanted.whole then (select count(*)::int from request_parts where request_id = r.id) else 1 end as parts,
    case when wanted.whole then ${DUE_DAY('r.late_at')} else ${DUE_DAY('p.late_at')} end as due_day,
    case when wanted.whole then r.late_at else p.late_at end as late_at,
    case when wanted.whole then ${MUST_BE_GIVEN(ALL_PARTS)} else ${MUST_BE_GIVEN('(p.id)')} end as must_be_given
  from unnest(cast(:ids as int[]), cast(:wholes as boolean[])) with ordinality as wanted (id, whole, place)
  join request_parts p on p.id = wanted.id join requests r on r.id = p.request_id join modules m on m.id = r.module_id
  where ${hasStanding(...policy['request.see'])}
  order by wanted.place`

type Row = RequestRow &
  Pick<ListedRequest, 'whole' | 'parts'> & { due_day: string | null; late_at: Date; must_be_given: boolean }

/** What the lists say of these requests, in their order. */
export async function listedRequests(
  db: Knex,
  actor: Actor,
  found: readonly { id: number; whole: boolean }[],
): Promise<ListedRequest[]> {
  if (found.length === 0) return []
  const rows = await rowsOf<Row>(db, LISTED, {
    ...reachBindings(actor),
    ids: found.map(({ id }) => id),
    wholes: found.map(({ whole }) => whole),
  })
  return rows.map(row => {
    const readStatus = row.whole ? row.whole_status : row.shown_status
    return {
      ...requestFrom(row),
      whole: row.whole,
      readStatus,
      turn: turnOf(readStatus, row.must_be_given),
      parts: row.parts,
      dueDay: row.due_day,
      lateAt: row.late_at,
    }
  })
}
