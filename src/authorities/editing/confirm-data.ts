import type { Change } from '../../platform/db/change.ts'
import type { Authority } from '../authority.ts'
import { assertNotOvertaken } from './overtaking.ts'
import { lockRecord } from './queries.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'authority.confirmed': { version: number }
  }
}

/** The administrators' word that the data are right and the users still work there (B16): asked of the first user, then once a year. */
export async function confirmData(c: Change, authority: Authority, version: number): Promise<void> {
  const { id } = authority
  const now = await lockRecord(c.db, id)
  await assertNotOvertaken(c, 'authority.edited', authority, { read: version, stands: now.version })
  await c.db('authorities').where({ id }).update({ data_confirmed_at: c.at })
  await c.record('authority.confirmed', { type: 'authority', id, authorityId: id }, { version })
}
