import type { GrantRole } from '../../modules/index.ts'
import type { Action, Role } from '../../policy.ts'
import type { Setting, Settings } from '../grant.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'grant.settingsChanged': {
      module: string
      role: GrantRole
      before: Partial<Settings>
      after: Partial<Settings>
      /** Users who got a role because a setting went on, and who lost one because it went off. */
      given: number[]
      taken: number[]
    }
  }
}

/** Who may change which setting (spec/roles.md, Acts). */
export const settingActs = {
  approvesRequests: 'grant.setCoordination',
  approvesReplies: 'grant.setCoordination',
  takesPartInReferrals: 'grant.setCoordination',
  approvesAlerts: 'grant.setCoordination',
  mayRefuse: 'grant.setRefusal',
  usesAllocation: 'grant.setAllocation',
  coordinatorSeesDetails: 'grant.setDetails',
} as const satisfies Record<Setting, Action>

/** The role that a setting needs somebody to hold while it is on. */
const needed: Partial<Record<Setting, Role>> = {
  approvesRequests: 'approver',
  approvesReplies: 'approver',
  takesPartInReferrals: 'referee',
  approvesAlerts: 'alert handler',
  usesAllocation: 'allocator',
}

/** Old and new values of the settings that differ. */
export function differing(now: Settings, wanted: Partial<Settings>): Record<'before' | 'after', Partial<Settings>> {
  const names = (Object.keys(wanted) as Setting[]).filter(name => wanted[name] !== now[name])
  const of = (values: Partial<Settings>) => Object.fromEntries(names.map(name => [name, values[name]]))
  return { before: of(now), after: of(wanted) }
}

/**
 * What a change of settings does to roles: one that goes on gives its role to all administrators, so that it has a holder
 * (spec/roles.md, "No role without a holder"). Only the allocator exists by its setting alone, and goes with it.
 */
export function rolesToChange(after: Partial<Settings>): { give: Role[]; take: Role[] } {
  const on = (Object.keys(after) as Setting[]).filter(setting => after[setting])
  const give = on.flatMap(setting => needed[setting] ?? [])
  return { give: [...new Set(give)], take: after.usesAllocation === false ? ['allocator'] : [] }
}
