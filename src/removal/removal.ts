import type { Authority } from '../authorities/index.ts'
import type { Names } from '../modules/index.ts'

export const obstacles = ['commission', 'nationalCoordinator', 'deactivated', 'modulesActive'] as const
/** Why an authority cannot be deactivated now, whoever asks. */
export type Obstacle = (typeof obstacles)[number]

/** What the deactivation of an authority ends, in numbers; and the modules that have to be suspended first. */
export interface Consequences {
  active: { id: number; moduleId: number; names: Names }[]
  modules: number
  users: number
  administrators: number
  /** It was made access manager by the national coordinator. */
  delegated: boolean
  /** Authorities whose access manager of record it is, and those of them that have no other. */
  managed: number
  managedAlone: number
  /** Authorities that have it as linked coordinator, and those of them that have no other in the module. */
  linked: number
  linkedAlone: number
}

/** Why an authority cannot be deactivated: each module is suspended first; a national coordinator is only replaced (B12, [000 5]). */
export function obstacleTo(
  { kind, status }: Pick<Authority, 'kind' | 'status'>,
  { active }: Pick<Consequences, 'active'>,
): Obstacle | undefined {
  if (kind === 'commission') return 'commission'
  if (kind === 'national coordinator') return 'nationalCoordinator'
  if (status === 'deactivated') return 'deactivated'
  return active.length > 0 ? 'modulesActive' : undefined
}
