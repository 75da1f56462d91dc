import type { Change } from '../../platform/db/change.ts'
import { OPEN_SQL } from '../queries.ts'
import { takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'
import { before, due, hold, type RequestNight } from './night.ts'

const ENDS = '6 months'
const FIRST = '14 days'
const AGAIN = '1 month'

/** The last act on any of its parts; reminding is none. */
const UNTOUCHED = (since: string): string =>
  `(select max(acted_at) from request_parts where request_id = r.id) <= ${before(since)}`

const IS_OPEN = `r.id in (select request_id from request_parts where status in ${OPEN_SQL})`

const quiet = due(
  `select r.id from requests r where ${IS_OPEN} and ${UNTOUCHED(FIRST)} and not ${UNTOUCHED(ENDS)}
     and not exists (select from request_parts t where t.request_id = r.id and t.inactivity_told_at > ${before(AGAIN)})`,
  'r.id',
)

/** Tells the requester of a request on which nobody acts: after 14 days, then every month. */
export const warnOfInactivity: RequestNight = {
  name: 'warnOfInactivity',
  after: `${FIRST}, ${AGAIN}`,
  find: quiet.find,
  async apply(c, requestId) {
    await hold(c, requestId)
    if (!(await quiet.still(c, requestId))) return false
    const parts = c.db('request_parts').where({ request_id: requestId }).whereRaw(`status in ${OPEN_SQL}`)
    await parts.clone().update({ inactivity_told_at: c.at })
    await tell(c, await firstOf(c, requestId), 'requesting handlers', 'inactive-soon')
    return true
  },
}

const over = due(`select r.id from requests r where ${IS_OPEN} and ${UNTOUCHED(ENDS)}`, 'r.id')

/** Ends a request on which nobody acted for six months, in all its parts; both sides are told. */
export const lapseRequests: RequestNight = {
  name: 'lapseRequests',
  after: ENDS,
  find: over.find,
  async apply(c, requestId) {
    await hold(c, requestId)
    if (!(await over.still(c, requestId))) return false
    await takeStep(c, await firstOf(c, requestId), 'lapse')
    return true
  },
}

const unapproved = due(
  `select p.request_id as id from request_parts p where p.status = 'awaiting approval' and p.acted_at <= ${before(ENDS)}`,
  'p.request_id',
)

/** What nobody approved for six months is a draft again, and as such untouched from now on. */
export const lapseApprovals: RequestNight = {
  name: 'lapseApprovals',
  after: ENDS,
  find: unapproved.find,
  async apply(c, requestId) {
    await hold(c, requestId)
    if (!(await unapproved.still(c, requestId))) return false
    await takeStep(c, await firstOf(c, requestId), 'lapseApproval')
    return true
  },
}

/** The part by which a request is told of: the first that is not over. */
async function firstOf(c: Change, requestId: number): Promise<number> {
  const [part] = await c
    .db('request_parts')
    .where({ request_id: requestId })
    .whereNull('ended_at')
    .orderBy('part')
    .limit(1)
    .pluck<number[]>('id')
  if (part === undefined) throw new Error(`Request ${requestId} has no part that runs`)
  return part
}
