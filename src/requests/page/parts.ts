import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import { type Actor, policy, type Standing } from '../../policy.ts'
import { COLUMNS, type FoundRequest, requestFrom, type RequestRow } from '../queries.ts'
import { hasStanding, reachBindings, STANDINGS } from '../reach.ts'

/** A part of a request as this reader may know it. */
export interface PartInReach extends FoundRequest {
  /** Whether a coordinator said in the last referral that the information must be given. */
  mustBeGiven: boolean
}

const PARTS = `
  select ${COLUMNS}, ${STANDINGS} as standings, exists (select from request_opinions o where o.part_id = p.id and o.must_be_given
    and o.referral = (select max(referral) from request_opinions where part_id = p.id)) as must_be_given
  from request_parts p join requests r on r.id = p.request_id join modules m on m.id = r.module_id
  where p.request_id = :request and ${hasStanding(...policy['request.see'])}
  order by p.part`

type Row = RequestRow & { standings: Standing[]; must_be_given: boolean }

/** The parts of a request that are this reader's business: all of them the requester's, its own a responder's, and the splitter's others. */
export async function listParts(db: Knex, actor: Actor, requestId: number): Promise<PartInReach[]> {
  const rows = await rowsOf<Row>(db, PARTS, { ...reachBindings(actor), request: requestId })
  return rows.map(row => ({
    ...requestFrom(row),
    standings: ['signed in', ...row.standings],
    authorityId: actor.authorityId,
    mustBeGiven: row.must_be_given,
  }))
}

/** Whether this page shows the request as a whole: the first part's, to whom it is one request. */
export const isWhole = ({ part, standings }: FoundRequest, parts: readonly PartInReach[]): boolean =>
  part === 1 && parts.length > 1 && standings.some(one => one.startsWith('requesting'))
