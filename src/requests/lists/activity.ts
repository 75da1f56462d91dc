import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import type { Actor } from '../../policy.ts'
import { partNumber } from '../request.ts'
import { OPEN_SQL, UNHEARD_SQL } from '../queries.ts'
import type { Status, StepName } from '../workflow.ts'

/** What goes on in the requests of an authority, as far as each of its users may know: the overview (H1). */
export interface Activity {
  /** How many open requests (and drafts of its own) in each status, sent and received. */
  counts: { side: 'sent' | 'received'; status: Status; count: number }[]
  /** What happened last, newest first. */
  events: { partId: number; number: string; step: StepName; at: Date; authority: string | null; language: string }[]
}

const EVENTS = 10

const COUNTS = `
  select coalesce(json_agg(c), '[]') from (
    select 'sent' as side, status, count(*)::int from requests
      where requester_id = :me and (status in ${OPEN_SQL} or status in ${UNHEARD_SQL}) group by status
    union all
    select 'received', status, count(*)::int from request_parts where responder_id = :me and status in ${OPEN_SQL} group by status) c`

// Of the latest requests only: what happened to an older one meanwhile stands in My actions. The responder reads what both sides read.
const LAST = `
  select coalesce(json_agg(e order by e.at desc, e.id desc), '[]') from (
    select s.id, p.id as "partId", r.number, p.part, s.step, s.at, a.official_name as authority, coalesce(a.official_language, 'en') as language
    from (
      (select p.id, 'requester' as side from requests r join request_parts p on p.request_id = r.id
        where r.requester_id = :me order by r.id desc limit 50)
      union all
      (select p.id, 'responder' from request_parts p where p.responder_id = :me and p.status not in ${UNHEARD_SQL}
        order by p.request_id desc, p.id desc limit 50)) own
    join request_parts p on p.id = own.id join requests r on r.id = p.request_id
    join request_steps s on s.part_id = p.id and case own.side
      when 'requester' then s.seen_by in ('both', 'requester')
      else (s.seen_by = 'both' or s.step = 'send') and s.to_status not in ${UNHEARD_SQL} and s.at >= p.arrived_at end
    left join authorities a on a.id = s.authority_id
    order by s.at desc, s.id desc limit ${EVENTS}) e`

/** Finds the activity of the reader's authority, in one statement. */
export async function findActivity(db: Knex, actor: Actor): Promise<Activity> {
  const [row] = (await rowsOf<{
    counts: Activity['counts']
    events: (Omit<Activity['events'][number], 'at'> & { part: number; at: string })[]
  }>(db, `select (${COUNTS}) as counts, (${LAST}) as events`, { me: actor.authorityId })) as [
    { counts: Activity['counts']; events: (Omit<Activity['events'][number], 'at'> & { part: number; at: string })[] },
  ]
  return {
    counts: row.counts,
    events: row.events.map(({ part, at, ...event }) => ({
      ...event,
      number: partNumber(event.number, part),
      at: new Date(at),
    })),
  }
}
