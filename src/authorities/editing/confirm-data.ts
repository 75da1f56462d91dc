import type { Change } from '../../platform/db/change.ts'
import { Overtaken } from '../../platform/errors.ts'
import type { Authority } from '../authority.ts'
import { findLastAct } from '../last-act.ts'
import { findShown, lockRecord } from './queries.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'authority.confirmed': { version: number }
  }
}

/**
 * The administrators' word that the data are right and the users still work there (B16): asked of the first user, then once a
 * year. Throws Overtaken when something of it is no longer as it was shown.
 */
export async function confirmData(c: Change, authority: Authority, shown: string): Promise<void> {
  const { id } = authority
  const { version } = await lockRecord(c.db, id)
  if ((await findShown(c.db, id)) !== shown) {
    const last = await findLastAct(c.db, acts =>
      acts.where('e.authority_id', id).whereRaw(`e.event ~ '^(authority|user)[.]'`),
    )
    throw new Overtaken(last?.by ?? authority.officialName, last?.at ?? c.at)
  }
  await c.db('authorities').where({ id }).update({ data_confirmed_at: c.at })
  await c.record('authority.confirmed', { type: 'authority', id, authorityId: id }, { version })
}
