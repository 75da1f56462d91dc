import type { Role } from '../policy.ts'

export type Workflow = 'requests' | 'alerts'
export type GrantRole = 'authority' | 'coordinator'
export const grantRoles = ['authority', 'coordinator'] as const satisfies readonly GrantRole[]

/** A text of the Commission's catalogue, by language. */
export type Names = Readonly<Record<string, string>>

/** A legislative area and a workflow in it (C1). */
export interface Module {
  id: number
  code: string
  workflow: Workflow
  names: Names
  areaId: number
  areaNames: Names
  /** Whether authorities of one country may send each other requests in it. */
  ownCountry: boolean
}

/** A word of the classification that belongs to a legislative area. */
export interface Keyword {
  id: number
  names: Names
}

/** A name of the catalogue for this reader: in their language, else in English. */
export const nameIn = (names: Names, lang: string): string => names[lang] ?? names.en ?? ''

/** Every role that a grant of such a module lets people have (C4, spec/roles.md: Roles of a user). */
export function rolesIn(workflow: Workflow, grant: { role: GrantRole; usesAllocation: boolean }): Role[] {
  if (workflow === 'alerts') return ['alert handler']
  const allocator: Role[] = grant.usesAllocation ? ['allocator'] : []
  const coordinating: Role[] = grant.role === 'coordinator' ? ['approver', 'referee'] : []
  return ['handler', ...allocator, ...coordinating]
}
