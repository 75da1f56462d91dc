import { tell } from '../tell.ts'
import { removeAttachmentsOf } from '../protection/erase-personal.ts'
import { before, due, hold, type RequestNight } from './night.ts'

const WARNED = '14 days'

const DRAFT = `select r.id from requests r where r.status = 'draft'`

/** When somebody last worked on a draft, or it became one: returned, taken back, not approved in time. */
const TOUCHED = `(select greatest(r.edited_at, max(p.status_since)) from request_parts p where p.request_id = r.id)`

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'request.draftEnded': { number: string }
  }
}

const forgotten = due(
  `${DRAFT} and ${TOUCHED} <= ${before(`6 months - ${WARNED}`)} and (r.warned_at is null or r.warned_at < ${TOUCHED})`,
  'r.id',
)

/** Tells the requester's handlers that a draft on which nobody worked will be deleted. */
export const warnOfDrafts: RequestNight = {
  name: 'warnOfDrafts',
  after: `6 months - ${WARNED}`,
  find: forgotten.find,
  async apply(c, id) {
    const request = await hold(c, id)
    if (!(await forgotten.still(c, id))) return false
    await c.db('requests').where({ id }).update({ warned_at: c.at })
    await tell(c, request.id, 'requesting handlers', 'draft-ends')
    return true
  },
}

// After nights without a run nobody loses a draft less than 14 days after the warning.
const untouched = due(
  `${DRAFT} and ${TOUCHED} <= ${before('6 months')} and r.warned_at >= ${TOUCHED} and r.warned_at <= ${before(WARNED)}`,
  'r.id',
)

/** Deletes a draft that nobody touched for six months, with its personal data and files. */
export const deleteDrafts: RequestNight = {
  name: 'deleteDrafts',
  after: '6 months',
  find: untouched.find,
  async apply(c, id) {
    const request = await hold(c, id)
    if (!(await untouched.still(c, id))) return false
    await removeAttachmentsOf(c, id)
    await c.db('requests').where({ id }).delete()
    await c.record('request.draftEnded', { type: 'request', id: request.id }, { number: request.number })
    return true
  },
}
