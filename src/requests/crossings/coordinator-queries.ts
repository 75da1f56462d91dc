import type { Knex } from 'knex'
import { OPEN_SQL } from '../queries.ts'
import type { Status } from '../workflow.ts'

export type Side = 'requester' | 'responder'

/** How a coordinator stands to one side of a part, and who would take its place. */
export interface Facts {
  status: Status
  /** It is this side's coordinator at all. */
  coordinates: boolean
  /** Active, and coordinator in the module; suspended it finishes what it has. */
  stands: boolean
  approver: boolean
  referee: boolean
  /** The national coordinator, unless that is itself or a side of the request. */
  heir: number | null
  heirName: string | null
  heirApproves: boolean
  heirReferees: boolean
}

/** Parts, open or not yet approved, that have it as coordinator of a side or wait for its opinion. */
export async function listConcerned(db: Knex, authorityId: number): Promise<number[]> {
  const found = await db.raw<{ rows: { id: number }[] }>(
    `select p.id from request_parts p join requests r on r.id = p.request_id
     where (p.status = 'awaiting approval' or p.status in ${OPEN_SQL})
       and (r.requester_coordinator_id = :authority or p.coordinator_id = :authority
         or exists (select from request_opinions o where o.part_id = p.id and o.coordinator_id = :authority
           and o.given_at is null and not o.fallen_away))
     order by p.request_id, p.part`,
    { authority: authorityId },
  )
  return found.rows.map(({ id }) => id)
}

const has = (authority: string, role: string): string =>
  `exists (select from user_roles w join users u on u.id = w.user_id and u.deleted_at is null
     where u.authority_id = ${authority} and w.module_id = r.module_id and w.role = '${role}')`

const FACTS = (side: Side): string => {
  const coordinator = side === 'requester' ? 'r.requester_coordinator_id' : 'p.coordinator_id'
  const approves = side === 'requester' ? 'approves_requests' : 'approves_replies'
  return `
  select p.status, coalesce(${coordinator} = :authority, false) as coordinates,
    exists (select from authorities a join grants g on g.authority_id = a.id
      where a.id = :authority and a.status = 'active' and g.module_id = r.module_id and g.role = 'coordinator') as stands,
    ${has(':authority', 'approver')} as approver, ${has(':authority', 'referee')} as referee,
    n.id as heir, n.official_name as "heirName",
    coalesce(g.${approves} and ${has('n.id', 'approver')}, false) as "heirApproves",
    coalesce(g.takes_part_in_referrals and ${has('n.id', 'referee')}, false) as "heirReferees"
  from request_parts p join requests r on r.id = p.request_id
  left join authorities n on n.country = ${side === 'requester' ? 'r.requester_country' : 'p.responder_country'}
    and n.kind = 'national coordinator' and n.status = 'active'
    and n.id not in (:authority, r.requester_id) and n.id is distinct from p.responder_id
  left join grants g on g.authority_id = n.id and g.module_id = r.module_id and g.role = 'coordinator'
  where p.id = :part`
}

export async function findFacts(db: Knex, part: number, side: Side, authority: number): Promise<Facts | undefined> {
  return (await db.raw<{ rows: Facts[] }>(FACTS(side), { part, authority })).rows[0]
}
