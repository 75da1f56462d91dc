import { erasePersonal } from '../protection/erase-personal.ts'
import { recordAct } from '../protection/record-act.ts'
import { before, due, hold, type RequestNight } from './night.ts'

const HIDDEN = '6 months'
const GONE = '3 years'

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
    const request = await hold(c, id)
    if (!(await toHide.still(c, id))) return false
    await c.db('requests').where({ id }).update({ blocked_at: c.at })
    await recordAct(c, request, 'personalDataBlocked', null, {})
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
    const request = await hold(c, id)
    if (!(await toErase.still(c, id))) return false
    const files = await erasePersonal(c, request)
    await recordAct(c, request, 'personalDataErased', null, { files })
    return true
  },
}
