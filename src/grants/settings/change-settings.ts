import { tellManagersOfRecord } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { settleCoordinator, switchAllocation } from '../../requests/index.ts'
import { giveRoles, takeRoles } from '../give-roles.ts'
import type { FoundGrant } from '../grant.ts'
import { lockVersion } from '../lock-grant.ts'
import { settingColumns } from '../queries.ts'
import type { SettingsWish } from './forms.ts'
import { differing, rolesToChange } from './settings.ts'

/**
 * Changes settings of a grant (C3, [000 2.1.2]); which ones this person may change is decided before. A setting that goes on
 * gives its role to all administrators; allocation decides at once who may act on open requests. Throws Overtaken when somebody saved
 * meanwhile, RuleBroken when nothing differs.
 */
export async function changeSettings(c: Change, actor: Actor, grant: FoundGrant, wish: SettingsWish): Promise<void> {
  await lockVersion(c, grant, wish.version)
  const { before, after } = differing(grant, wish.settings)
  if (Object.keys(after).length === 0) throw new RuleBroken('grants:settings.nothing')
  await c
    .db('grants')
    .where({ id: grant.id })
    .update({ ...settingColumns(after), version: grant.version + 1 })
  const roles = rolesToChange(after)
  await c.record(
    'grant.settingsChanged',
    { type: 'grant', id: grant.id, authorityId: grant.authorityId },
    {
      module: grant.moduleCode,
      role: grant.role,
      before,
      after,
      given: await giveRoles(c, grant.authorityId, grant.moduleId, roles.give),
      taken: await takeRoles(c, grant.authorityId, grant.moduleId, roles.take),
    },
  )
  if (after.usesAllocation !== undefined) await switchAllocation(c, grant, after.usesAllocation)
  if (roles.take.length > 0) await settleCoordinator(c, grant.authorityId)
  await tellManagersOfRecord(c, actor, grant.authority)
}
