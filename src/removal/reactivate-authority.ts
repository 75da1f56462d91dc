import type { Authority } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import { tellRemoval } from './deactivate-authority.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'authority.reactivated': { before: { status: 'deactivated' }; after: { status: 'active' } }
  }
}

/**
 * Takes a deactivated authority back into service; its modules stay suspended until they are restored one by one (B12, [000 5]).
 * The clock of its deletion stops, and begins anew should it be deactivated again. Throws RuleBroken when it is not deactivated.
 */
export async function reactivateAuthority(c: Change, authority: Authority): Promise<void> {
  const { id } = authority
  const done = await c
    .db('authorities')
    .where({ id, status: 'deactivated' })
    .update({ status: 'active', deactivated_at: null, version: c.db.raw('version + 1') })
  if (done === 0) throw new RuleBroken('removal:obstacle.active')
  await c.record(
    'authority.reactivated',
    { type: 'authority', id, authorityId: id },
    { before: { status: 'deactivated' }, after: { status: 'active' } },
  )
  await tellRemoval(c, authority, 'reactivated')
}
