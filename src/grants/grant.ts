import type { Authority } from '../authorities/index.ts'
import type { GrantRole, Keyword, Module, Names, Workflow } from '../modules/index.ts'
import type { Actor, Standing, Subject } from '../policy.ts'

/** What an authority does in a module beside taking part (C3). */
export interface Settings {
  approvesRequests: boolean
  approvesReplies: boolean
  takesPartInReferrals: boolean
  approvesAlerts: boolean
  mayRefuse: boolean
  usesAllocation: boolean
  coordinatorSeesDetails: boolean
}
export type Setting = keyof Settings

/** An authority named beside a grant. */
export interface Coordinator {
  id: number
  name: string
  language: string
}

/** One module of an authority, as its tab Modules shows it. */
export interface Grant extends Settings {
  id: number
  authorityId: number
  moduleId: number
  moduleCode: string
  moduleNames: Names
  workflow: Workflow
  role: GrantRole
  status: 'active' | 'suspended'
  suspendedAt: Date | null
  /** Why it is suspended; empty while it is not, or when nobody said. */
  suspensionReason: string
  version: number
  coordinators: Coordinator[]
  keywords: Names[]
}

/** A grant with its authority, and with what the actor is to it. */
export interface FoundGrant extends Grant, Subject {
  authorityId: number
  authority: Authority
}

/** What the access manager decides; whether its coordinator sees details is the authority's own to say. */
export type AskedSetting = Exclude<Setting, 'coordinatorSeesDetails'>

/** What an access manager is asked for a grant. */
export interface GrantWish extends Record<AskedSetting, boolean> {
  module: number
  role: GrantRole
  keywords: number[]
  coordinators: number[]
}

export const refusals = ['unknown', 'outsideDelegation', 'alreadyGranted', 'authorityNotActive'] as const
/** Why a module cannot be granted to this authority by this person. */
export type Refusal = (typeof refusals)[number]

/** What can be chosen when this module is granted to this authority. */
export interface Offer {
  module: Module
  roles: readonly GrantRole[]
  keywords: Keyword[]
  coordinators: (Coordinator & { region: string | null })[]
  /** Coordinators ticked when the form opens (C7). */
  preselected: number[]
}

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'grant.given': {
      module: string
      role: GrantRole
      settings: Partial<Settings>
      coordinators: number[]
      keywords: number[]
      /** The administrators who got every role of the module (C4). */
      administrators: number[]
    }
  }
}

/** The settings that a grant has, by workflow and role (C2, C3). */
export function settingsOf(workflow: Workflow, role: GrantRole): Setting[] {
  if (workflow === 'alerts') return role === 'coordinator' ? ['approvesAlerts'] : []
  const coordinators: Setting[] =
    role === 'coordinator' ? ['approvesRequests', 'approvesReplies', 'takesPartInReferrals'] : []
  return [...coordinators, 'mayRefuse', 'usesAllocation', 'coordinatorSeesDetails']
}

/** Those of them that are asked when the module is granted. */
export const askedSettings = (workflow: Workflow, role: GrantRole): AskedSetting[] =>
  settingsOf(workflow, role).filter(setting => setting !== 'coordinatorSeesDetails')

/** The modules this person may grant at all: the delegation, narrowed to the person (C8); the Commission grants every module. */
export const mayGrant = (actor: Actor, moduleId: number): boolean => {
  const modules = actor.imiAdministrator ? 'all' : (actor.manages?.modules ?? [])
  return modules === 'all' || modules.includes(moduleId)
}

const ofManagers: readonly Standing[] = [
  'grantor',
  'manager for',
  'manager for people',
  'manager of',
  'validating manager',
  'national coordinator',
]

/**
 * What the actor is to a grant: the same as to its authority, but who manages for chosen modules is nothing to the grants of the
 * other ones (spec/roles.md, "for").
 */
export const standingsIn = (actor: Actor, standings: readonly Standing[], moduleId: number): readonly Standing[] =>
  mayGrant(actor, moduleId) ? standings : standings.filter(standing => !ofManagers.includes(standing))

/** A national coordinator is coordinator in every module by itself: never suspended, changed or linked (spec/roles.md). */
export const isByItself = ({ authority }: Pick<FoundGrant, 'authority'>): boolean =>
  authority.kind === 'national coordinator'

/**
 * The coordinators ticked when the form opens: the granting authority where it is one, else the only one of the authority's
 * region, else the only one of the country (C7) [001 1].
 */
export function preselected(
  coordinators: Offer['coordinators'],
  grantor: { authorityId: number },
  region: string | null,
): number[] {
  if (coordinators.some(({ id }) => id === grantor.authorityId)) return [grantor.authorityId]
  const inRegion = coordinators.filter(coordinator => region !== null && coordinator.region === region)
  const only = inRegion.length === 1 ? inRegion : coordinators.length === 1 ? coordinators : []
  return only.map(({ id }) => id)
}
