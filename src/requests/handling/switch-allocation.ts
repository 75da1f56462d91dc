import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import { type NotedPart, noteLines } from '../note-lines.ts'
import { NO_WORK_SQL, OPEN_SQL } from '../queries.ts'
import { type Place, tellAllocated, tellAllocators } from '../tell-of-several.ts'

/** What switching allocation would do, in numbers of requests that this authority has been asked and that are open. */
export interface AllocationAhead {
  open: number
  /** On: so many are allocated to those who have acted on them. */
  acted: number
  /** Off: so many allocations end. */
  allocated: number
}

/** Parts that this authority has to answer in the module. */
const OPEN_PARTS = `
  select p.id, p.request_id, p.status, p.arrived_at, r.number from request_parts p join requests r on r.id = p.request_id
  where p.responder_id = :authorityId and r.module_id = :moduleId and p.status in ${OPEN_SQL}`

/**
 * Handlers of this authority who have acted on a part since it came, or took it over from somebody who had. A saved draft leaves no line in the request's history, and keeps
 * only who saved it last; the history of acts knows the others.
 */
const ACTED = `
  select distinct o.id as part_id, u.id as user_id from (${OPEN_PARTS}) o
  cross join lateral (
    select s.user_id from request_steps s
      where s.part_id = o.id and s.authority_id = :authorityId and s.at >= o.arrived_at and s.step not in ${NO_WORK_SQL}
    union select (s.details->>'heir')::int from request_steps s where s.part_id = o.id and s.step = 'takeOver' and s.at >= o.arrived_at
    union select c.user_id from request_comments c where c.part_id = o.id and c.authority_id = :authorityId and c.at >= o.arrived_at
    union select d.edited_by from request_drafts d where d.part_id = o.id and d.edited_at >= o.arrived_at
    union select e.actor_id from audit_events e where e.subject_type = 'request' and e.subject_id = o.id
      and e.event = 'request.saveAnswers' and e.at >= o.arrived_at) act
  join users u on u.id = act.user_id and u.authority_id = :authorityId and u.deleted_at is null
  join user_roles w on w.user_id = u.id and w.module_id = :moduleId and w.role = 'handler'`

const AHEAD = `
  select count(*)::int as open, count(*) filter (where o.id in (select part_id from (${ACTED}) a))::int as acted,
    count(*) filter (where exists (select from request_allocations x where x.part_id = o.id))::int as allocated
  from (${OPEN_PARTS}) o`

/** Says beforehand what switching allocation on, or off, would do. */
export async function findAllocationAhead(db: Knex, { authorityId, moduleId }: Place): Promise<AllocationAhead> {
  const [row] = await rowsOf<AllocationAhead>(db, AHEAD, { authorityId, moduleId })
  return row ?? { open: 0, acted: 0, allocated: 0 }
}

/**
 * What a change of the setting does to the open requests (spec/requests.md, Allocation). Switched on: who has acted is allocated, the
 * rest is to allocate, and both those and the allocators are told, once each. Switched off: allocations end, all may act.
 */
export async function switchAllocation(c: Change, { authorityId, moduleId }: Place, on: boolean): Promise<void> {
  const place = { authorityId, moduleId }
  const parts = await holdOpen(c, place)
  if (parts.length === 0) return
  const ids = parts.map(({ id }) => id)
  await c.db('request_allocations').whereIn('part_id', ids).delete()
  const allocated = on ? await allocateActed(c, place) : []
  await noteLines(c, parts, { step: on ? 'beginAllocation' : 'stopAllocation', seenBy: 'responder' })
  if (!on) return
  await tellAllocated(c, place, allocated)
  const taken = new Set(allocated.map(one => one.partId))
  await tellAllocators(c, place, parts.length - taken.size)
}

/** The open parts, held: whoever acts on one meanwhile has acted before, or comes after. */
async function holdOpen(c: Change, place: Place): Promise<NotedPart[]> {
  await rowsOf(
    c.db,
    `select 1 from requests where id in (select request_id from (${OPEN_PARTS}) o) order by id for update`,
    { ...place },
  )
  return rowsOf<NotedPart>(c.db, `${OPEN_PARTS} order by p.request_id, p.part`, { ...place })
}

const allocateActed = (c: Change, place: Place): Promise<{ partId: number; userId: number }[]> =>
  rowsOf(
    c.db,
    `insert into request_allocations (part_id, user_id, at, by_user)
     select part_id, user_id, :at, cast(:by as int) from (${ACTED}) a order by part_id, user_id
     returning part_id as "partId", user_id as "userId"`,
    { ...place, at: c.at, by: c.actor.id },
  )
