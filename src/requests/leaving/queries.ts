import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import { type Actor, policy } from '../../policy.ts'
import { NO_WORK_SQL, OPEN_SQL, UNHEARD_SQL } from '../queries.ts'
import { hasStanding, reachBindings } from '../reach.ts'
import type { Status } from '../workflow.ts'

const AT_WORK = `
  select m.id from modules m where exists (
    select from requests r where r.requester_id = :authority and r.module_id = m.id
      and (r.status = 'awaiting approval' or r.status in ${OPEN_SQL}))
  or exists (
    select from request_parts p join requests r on r.id = p.request_id
    where p.responder_id = :authority and r.module_id = m.id and p.status in ${OPEN_SQL})
  order by m.id`

/** The modules in which an authority has open or not yet approved requests, of either side: they need a request handler (spec/roles.md). */
export const listModulesAtWork = async (db: Knex, authorityId: number): Promise<number[]> =>
  (await rowsOf<{ id: number }>(db, AT_WORK, { authority: authorityId })).map(({ id }) => id)

/** A request that goes on and that somebody works on for this authority: it is allocated to them, or they were the last to act on it. */
export interface OpenWork {
  /** Of the part; of the first one where the authority sent it. */
  id: number
  requestId: number
  moduleId: number
  number: string
  status: Status
  /** Sent by the authority, or still to be: the request with all its parts. */
  whole: boolean
  allocated: boolean
  /** Whether the actor may know of it. */
  seen: boolean
}

// Who took it over from somebody before counts as who works on it.
const LAST_AT = (parts: string, since: string, further: string): string => `(
  select act.who from (
    (select case s.step when 'takeOver' then (s.details->>'heir')::int else s.user_id end as who, s.at from request_steps s
      where s.part_id ${parts} and (s.authority_id = :authority and s.user_id is not null and s.step not in ${NO_WORK_SQL}
        or s.step = 'takeOver' and exists (select from users u where u.id = (s.details->>'heir')::int and u.authority_id = :authority))
        ${since}
      order by s.id desc limit 1)
    union all
    (select c.user_id, c.at from request_comments c where c.part_id ${parts} and c.authority_id = :authority order by c.id desc limit 1)
    union all ${further}) act order by act.at desc limit 1)`

const OF_RESPONDER = LAST_AT(
  '= p.id',
  'and s.at >= p.arrived_at',
  'select d.edited_by, d.edited_at from request_drafts d where d.part_id = p.id and d.edited_at >= p.arrived_at',
)
const OF_REQUESTER = LAST_AT(
  'in (select id from request_parts where request_id = r.id)',
  '',
  'select r.edited_by, r.edited_at',
)

const ALLOCATED = `exists (select from request_allocations x where x.part_id = p.id and x.user_id = :user)`
const SEEN = `(${hasStanding(...policy['request.see'])}) as seen`

/** Where the responder uses allocation, only what is allocated to somebody is theirs. */
const OPEN_WORK = `
  select p.id, p.request_id as "requestId", r.module_id as "moduleId", r.number, p.status, false as whole, ${ALLOCATED} as allocated, ${SEEN}
  from request_parts p join requests r on r.id = p.request_id
  where p.responder_id = :authority and p.status in ${OPEN_SQL}
    and case when exists (select from grants g where g.authority_id = p.responder_id and g.module_id = r.module_id and g.uses_allocation)
      then ${ALLOCATED} else ${OF_RESPONDER} = :user end
  union all
  select p.id, p.request_id, r.module_id, r.number, p.status, true, false, ${SEEN}
  from requests r join request_parts p on p.request_id = r.id and p.part = 1
  where r.requester_id = :authority and (r.status in ${UNHEARD_SQL} or r.status in ${OPEN_SQL}) and ${OF_REQUESTER} = :user
  order by "requestId" desc, id desc`

/** What somebody works on for their authority and what goes on without them (D1); drafts are among it. */
export const listOpenWork = (db: Knex, actor: Actor, user: { id: number; authorityId: number }): Promise<OpenWork[]> =>
  rowsOf<OpenWork>(db, OPEN_WORK, { ...reachBindings(actor), user: user.id, authority: user.authorityId })
