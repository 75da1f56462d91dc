import { erasePersonal } from '../protection/erase-personal.ts'
import { before, due, hold, type RequestNight } from './night.ts'

const HIDDEN = '6 months'
const GONE = '3 years'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'request.personalDataBlocked': { number: string }
  }
}

const toHide = due(
  `select r.id from requests r where r.ended_at <= ${before(HIDDEN)} and r.blocked_at is null and r.erased_at is null`,
  'r.id',
)

/** Hides the personal data of a request that ended six months ago from everybody: they are kept for proof only. */
export const blockPersonal: RequestNight = {
  name: 'blockPersonal',
  after: HIDDEN,
  find: toHide.find,
  async apply(c, id) {
    await hold(c, id)
    if (!(await toHide.still(c, id))) return false
    const [row] = await c
      .db('requests')
      .where({ id })
      .update({ blocked_at: c.at })
      .returning<{ number: string }[]>('number')
    await c.record('request.personalDataBlocked', { type: 'request', id }, { number: row?.number ?? '' })
    return true
  },
}

const toErase = due(`select r.id from requests r where r.ended_at <= ${before(GONE)} and r.erased_at is null`, 'r.id')

/** Erases the personal data of a request that ended three years ago, attachments with their files included. */
export const erasePersonalAtNight: RequestNight = {
  name: 'erasePersonal',
  after: GONE,
  find: toErase.find,
  async apply(c, id) {
    await hold(c, id)
    if (!(await toErase.still(c, id))) return false
    const [number = ''] = await c.db('requests').where({ id }).pluck<string[]>('number')
    await erasePersonal(c, { id, number })
    return true
  },
}
