import { tellManagersOfRecord } from '../../authorities/index.ts'
import type { GrantRole } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { grantChanged } from '../emails.ts'
import type { FoundGrant } from '../grant.ts'
import { tellAdministrators } from '../tell-administrators.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'grant.restored': {
      module: string
      role: GrantRole
      before: { status: 'suspended'; reason: string }
      after: { status: 'active' }
    }
  }
}

/**
 * Gives a suspended module back, with the settings, roles and links it had; possible at any time (C5, [000 5]). Throws
 * RuleBroken when it is not suspended, or when the authority is not active (B12: that comes first).
 */
export async function restoreGrant(c: Change, actor: Actor, grant: FoundGrant): Promise<void> {
  const [status] = await c.db('authorities').where({ id: grant.authorityId }).forShare().pluck<string[]>('status')
  if (status !== 'active') throw new RuleBroken('grants:restoration.authorityNotActive')
  const restored = await c
    .db('grants')
    .where({ id: grant.id, status: 'suspended' })
    .update({ status: 'active', suspended_at: null, suspension_reason: '', version: c.db.raw('version + 1') })
    .returning<{ role: GrantRole }[]>('role')
  if (!restored[0]) throw new RuleBroken('grants:restoration.already')
  await c.record(
    'grant.restored',
    { type: 'grant', id: grant.id, authorityId: grant.authorityId },
    {
      module: grant.moduleCode,
      role: restored[0].role,
      before: { status: 'suspended', reason: grant.suspensionReason },
      after: { status: 'active' },
    },
  )
  await tellAdministrators(c, grant.authorityId, (person, copy) =>
    grantChanged('grants/restored', person, copy, { grant, actor }),
  )
  await tellManagersOfRecord(c, actor, grant.authority)
}
