import { tellManagersOfRecord } from '../../authorities/index.ts'
import type { GrantRole } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { grantChanged } from '../emails.ts'
import { type FoundGrant, isByItself } from '../grant.ts'
import { tellAdministrators } from '../tell-administrators.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'grant.suspended': {
      module: string
      role: GrantRole
      before: { status: 'active' }
      after: { status: 'suspended'; reason: string }
    }
  }
}

/**
 * Takes a module away from an authority until it is restored: what runs can be finished, nothing can be started or received
 * (C5, [000 5]). Throws RuleBroken when it is suspended already, or is a national coordinator's.
 */
export async function suspendGrant(
  c: Change,
  actor: Actor,
  grant: FoundGrant,
  { reason }: { reason: string },
): Promise<void> {
  if (isByItself(grant)) throw new RuleBroken('grants:suspension.byItself')
  const suspended = await c
    .db('grants')
    .where({ id: grant.id, status: 'active' })
    .update({
      status: 'suspended',
      suspended_at: c.at,
      suspension_reason: reason,
      version: c.db.raw('version + 1'),
    })
  if (suspended === 0) throw new RuleBroken('grants:suspension.already')
  await c.record(
    'grant.suspended',
    { type: 'grant', id: grant.id, authorityId: grant.authorityId },
    {
      module: grant.moduleCode,
      role: grant.role,
      before: { status: 'active' },
      after: { status: 'suspended', reason },
    },
  )
  await tellAdministrators(c, grant.authorityId, (person, copy) =>
    grantChanged('grants/suspended', person, copy, { grant, actor }),
  )
  await tellManagersOfRecord(c, actor, grant.authority)
}
