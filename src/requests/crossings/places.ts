import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import { OPEN_SQL } from '../queries.ts'
import type { Status } from '../workflow.ts'

export type Side = 'requester' | 'responder'

/** What a coordinator is to one side of a part, open or not yet approved; what waits for it there; and who would take its place. */
export interface Place {
  part: number
  side: Side
  status: Status
  /** It is this side's coordinator; else only an opinion is still to come from it. */
  coordinates: boolean
  /** Active, and coordinator in the module; suspended it finishes what it has. */
  stands: boolean
  approver: boolean
  referee: boolean
  /** The request or the reply waits for its approval. */
  approval: boolean
  /** The opinion that is still to come from it. */
  opinion: number | null
  /** The national coordinator, unless that is itself or a side of the request. */
  heir: number | null
  heirName: string | null
  /** What waits can pass to it: it approves (takes part), and somebody there can. */
  heirApproves: boolean
  heirReferees: boolean
}

/**
 * Whose places are asked for. `office`: whoever follows it in its office takes over what waits, whatever its own settings say of what is
 * to come.
 */
export interface Holder {
  authorityId: number
  office: boolean
}

export const RUNNING = (part: string): string =>
  `(${part}.status = 'awaiting approval' or ${part}.status in ${OPEN_SQL})`
const OUTSTANDING = `o.given_at is null and not o.fallen_away`

/** The numbers of requests in which an authority has a place as coordinator. */
const CONCERNED = `
  select p.request_id from requests r join request_parts p on p.request_id = r.id
    where r.requester_coordinator_id = :authority and ${RUNNING('p')}
  union select p.request_id from request_parts p where p.coordinator_id = :authority and ${RUNNING('p')}
  union select p.request_id from request_opinions o join request_parts p on p.id = o.part_id
    where o.coordinator_id = :authority and ${OUTSTANDING}`

const has = (authority: string, role: string): string =>
  `exists (select from user_roles w join users u on u.id = w.user_id and u.deleted_at is null
     where u.authority_id = ${authority} and w.module_id = r.module_id and w.role = '${role}')`

const PLACES = (requests: string): string => `
  select p.id as part, r.module_id as module, s.side, p.status, coalesce(s.coordinator = :authority, false) as coordinates,
    exists (select from authorities a join grants g on g.authority_id = a.id
      where a.id = :authority and a.status = 'active' and g.module_id = r.module_id and g.role = 'coordinator') as stands,
    ${has(':authority', 'approver')} as approver, ${has(':authority', 'referee')} as referee,
    coalesce(s.coordinator = :authority and p.status = s.approval, false) as approval, o.id as opinion,
    n.id as heir, n.official_name as "heirName",
    coalesce((:office or case s.side when 'requester' then h.approves_requests else h.approves_replies end)
      and ${has('n.id', 'approver')}, false) as "heirApproves",
    coalesce((:office or h.takes_part_in_referrals) and ${has('n.id', 'referee')} and not exists (select from request_opinions t
      where t.part_id = p.id and t.referral = o.referral and t.coordinator_id = n.id), false) as "heirReferees"
  from request_parts p join requests r on r.id = p.request_id
  cross join lateral (values
    ('requester', r.requester_coordinator_id, r.requester_country, 'awaiting approval'),
    ('responder', p.coordinator_id, p.responder_country, 'reply awaiting approval')) s (side, coordinator, country, approval)
  left join request_opinions o on p.status = 'in referral' and o.part_id = p.id and o.coordinator_id = :authority and ${OUTSTANDING}
    and s.side = case when o.for_requester then 'requester' else 'responder' end
  left join authorities n on n.country = s.country and n.kind = 'national coordinator' and n.status = 'active'
    and n.id not in (:authority, r.requester_id) and not exists (select from request_parts x where x.request_id = r.id
      and x.responder_id = n.id and x.ended_at is null and (x.id = p.id or s.side = 'requester'))
  left join grants h on h.authority_id = n.id and h.module_id = r.module_id and h.role = 'coordinator'
  where p.request_id in (${requests}) and ${RUNNING('p')} and (s.coordinator = :authority or o.id is not null)`

const PLACES_IN_ONE = `${PLACES(':request')} order by p.part, s.side desc`

/** The requests, open or not yet approved, in which an authority has a place as coordinator, in the order in which they are held. */
export async function listConcerned(db: Knex, authorityId: number): Promise<number[]> {
  const found = await rowsOf<{ request_id: number }>(db, `${CONCERNED} order by 1`, { authority: authorityId })
  return found.map(({ request_id }) => request_id)
}

/** The places that it has in one request, part by part. */
export const listPlaces = (db: Knex, { authorityId, office }: Holder, request: number): Promise<Place[]> =>
  rowsOf<Place>(db, PLACES_IN_ONE, { authority: authorityId, office, request })

/** How many places there are, and in how many of them the heir takes over what waits. */
export interface PlaceCounts {
  places: number
  withoutHeir: number
  requests: number
  requestsPass: number
  replies: number
  repliesPass: number
  opinions: number
  opinionsPass: number
  heirName: string | null
}

const COUNTED = `
  select count(distinct part) filter (where coordinates)::int as places,
    count(distinct part) filter (where coordinates and heir is null)::int as "withoutHeir",
    count(*) filter (where approval and side = 'requester')::int as requests,
    count(*) filter (where approval and side = 'requester' and heir is not null and "heirApproves")::int as "requestsPass",
    count(*) filter (where approval and side = 'responder')::int as replies,
    count(*) filter (where approval and side = 'responder' and heir is not null and "heirApproves")::int as "repliesPass",
    count(opinion)::int as opinions,
    count(opinion) filter (where heir is not null and "heirReferees")::int as "opinionsPass",
    max("heirName") as "heirName"
  from (${PLACES(CONCERNED)}) places where cast(:module as int) is null or module = :module`

/** What waits for an authority as coordinator, in one module or in all, counted. */
export async function countPlaces(
  db: Knex,
  { authorityId, office }: Holder,
  module: number | null,
): Promise<PlaceCounts> {
  const [counts] = await rowsOf<PlaceCounts>(db, COUNTED, { authority: authorityId, office, module })
  if (!counts) throw new Error('A count has one row')
  return counts
}
