import { type GrantRole, type Names, rolesIn, type Workflow } from '../../modules/index.ts'
import type { AuthorityKind, Role } from '../../policy.ts'
import type { DataAdministrator } from '../user.ts'

/** A module that the authority of a user has been granted, with what decides which roles there are in it. */
export interface GrantedModule {
  grantId: number
  id: number
  code: string
  names: Names
  workflow: Workflow
  role: GrantRole
  usesAllocation: boolean
  approvesRequests: boolean
  approvesReplies: boolean
  takesPartInReferrals: boolean
  /** Whether the authority has open or not yet approved requests in it. */
  atWork: boolean
}

/** A role of a user in one module. */
export interface Held {
  moduleId: number
  role: Role
}

/** Everything that a user may do beside what every user may. */
export interface Rights {
  administrator: boolean
  dataAdministrator: DataAdministrator
  /** Modules, where the data administrator has chosen ones. */
  dataModules: number[]
  imiAdministrator: boolean
  roles: Held[]
}

/** What a person may be given at an authority by the one who asks. */
export interface RoleChoice {
  authorityId: number
  kind: AuthorityKind
  /** Modules whose roles can be given and taken here. */
  modules: GrantedModule[]
  /** Modules of the authority that lie outside the delegation of whoever asks (roles.md, "for X"). */
  outside: GrantedModule[]
  /** Modules for which its administrators can be data administrators; null: the authority manages no others. */
  dataModules: { id: number; code: string; names: Names }[] | null
}

/** The roles that the grant lets people have. */
export const rolesOf = (module: GrantedModule): Role[] => rolesIn(module.workflow, module)

export const isSame = (one: Held, other: Held): boolean => one.moduleId === other.moduleId && one.role === other.role

/** What stands in `these` and not in `those`. */
export const without = (these: readonly Held[], those: readonly Held[]): Held[] =>
  these.filter(one => !those.some(other => isSame(one, other)))

/** The settings of a grant that need somebody who holds the role; requests at work need a handler (roles.md, "No role without a holder"). */
const needs = {
  handler: [],
  allocator: ['usesAllocation'],
  approver: ['approvesRequests', 'approvesReplies'],
  referee: ['takesPartInReferrals'],
} as const satisfies Partial<Record<Role, readonly (keyof GrantedModule)[]>>

export type NeededRole = keyof typeof needs
export type NeedingSetting = (typeof needs)[NeededRole][number]
export const neededRoles = Object.keys(needs) as NeededRole[]

/** Whether somebody has to hold this role now. */
export const isNeeded = (module: GrantedModule, role: NeededRole): boolean =>
  role === 'handler' ? module.atWork : settingsThatNeed(module, role).length > 0

/** The settings that are on and need this role. Only coordinators approve and give opinions; allocation is anybody's. */
export function settingsThatNeed(module: GrantedModule, role: NeededRole): NeedingSetting[] {
  if (module.workflow === 'alerts') return []
  if (role !== 'allocator' && module.role !== 'coordinator') return []
  return needs[role].filter(setting => module[setting])
}
