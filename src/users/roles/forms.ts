import { z } from 'zod'
import type { Role } from '../../policy.ts'
import { choices, type FormValue } from '../../platform/web/form.ts'
import { fingerprint } from '../../platform/secrets.ts'
import { holderFields } from './holders.ts'
import { type Held, type RoleChoice, rolesOf, type Rights } from './role.ts'

/** The roles in one module are one field: the name of a group of checkboxes. */
export const rolesField = (moduleId: number): string => `roles-${moduleId}`

const ticked = z
  .unknown()
  .optional()
  .transform(value => value === 'yes')

/** The checkboxes of roles, module by module; what the grant does not allow cannot be sent. */
export const roleFields = ({ modules }: RoleChoice): Record<string, z.ZodType<string[]>> =>
  Object.fromEntries(modules.map(module => [rolesField(module.id), choices(rolesOf(module))]))

/** What was ticked there. */
export const rolesFrom = ({ modules }: RoleChoice, value: Record<string, unknown>): Held[] =>
  modules.flatMap(module =>
    ((value[rolesField(module.id)] ?? []) as Role[]).map(role => ({ moduleId: module.id, role })),
  )

/** The checkbox for administrator rights. */
export const administratorField = { administrator: ticked }

export type RightsEntry = z.output<ReturnType<typeof rightsForm>> & Readonly<Record<string, unknown>>

/** The form of somebody's rights. It reads whatever comes; what is wrong with it, the rules say. */
export const rightsForm = (choice: RoleChoice) =>
  z.object({
    version: z.string().max(100).catch(''),
    ...administratorField,
    dataAdministrator: z.enum(['none', 'all', 'chosen']).catch('none'),
    dataModules: choices((choice.dataModules ?? []).map(({ id }) => String(id))),
    imiAdministrator: ticked,
    ...roleFields(choice),
    ...Object.fromEntries(holderFields(choice.modules).map(name => [name, z.string().max(20).catch('')])),
  })

/** The rights that the form asks for. What cannot be given here stays as it is; a data administrator is an administrator. */
export function rightsFrom(choice: RoleChoice, now: Rights, value: RightsEntry): Rights {
  const offered = new Set(choice.modules.flatMap(module => rolesOf(module).map(role => `${module.id} ${role}`)))
  const kept = now.roles.filter(({ moduleId, role }) => !offered.has(`${moduleId} ${role}`))
  const dataAdministrator = value.administrator && choice.dataModules ? value.dataAdministrator : 'none'
  return {
    administrator: value.administrator,
    dataAdministrator,
    dataModules: dataAdministrator === 'chosen' ? value.dataModules.map(Number) : [],
    imiAdministrator: choice.kind === 'commission' && value.imiAdministrator,
    roles: [...kept, ...rolesFrom(choice, value)],
  }
}

/** The form as it opens. An administrator of an access manager is data administrator from the first day (spec/roles.md). */
export function rightsFill(choice: RoleChoice, now: Rights): Record<string, FormValue> {
  const roles = choice.modules.map(module => {
    const held = rolesOf(module).filter(role => now.roles.some(one => one.moduleId === module.id && one.role === role))
    return [rolesField(module.id), held]
  })
  return {
    version: versionOf(now),
    administrator: now.administrator ? 'yes' : undefined,
    dataAdministrator: now.administrator ? now.dataAdministrator : 'all',
    dataModules: now.dataModules.map(String),
    imiAdministrator: now.imiAdministrator ? 'yes' : undefined,
    ...(Object.fromEntries(roles) as Record<string, FormValue>),
  }
}

/** Changes whenever somebody's rights change, by whatever act: a grant gives roles, a setting that is switched on too. */
export const versionOf = (rights: Rights): string => fingerprint(JSON.stringify(rights)).slice(0, 24)
