import type { Authority } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import type { Actor } from '../policy.ts'
import { registerUser, type Person } from './register-user.ts'
import { giveRoles, lockAuthority } from './roles/change-roles.ts'
import { findRoleChoice } from './roles/queries.ts'
import { type Held, rolesOf } from './roles/role.ts'
import { tellOthers } from './tell.ts'

/** A person with the rights that are given on registration. */
export interface Colleague extends Person {
  administrator: boolean
  roles: readonly Held[]
}

/**
 * Registers one more user of an authority, with roles (D1, [000 3.2]), and tells the others who answer for it (D7). Only what the
 * grants allow at this moment is given. Throws what registerUser throws.
 */
export async function registerColleague(
  c: Change,
  actor: Actor,
  authority: Authority,
  colleague: Colleague,
): Promise<{ id: number; name: string; username: string }> {
  const made = await registerOneOfMany(c, actor, authority, colleague)
  const user = { id: made.id, authorityId: authority.id, authorityName: authority.officialName }
  await tellOthers(c, actor, user, [made.id])
  return made
}

/** Registers one of many colleagues (D9): the others are told once for all of them, by whoever registers the many. */
export async function registerOneOfMany(
  c: Change,
  actor: Actor,
  authority: Authority,
  { administrator, roles, ...person }: Colleague,
): Promise<{ id: number; name: string; username: string }> {
  await lockAuthority(c, authority.id)
  const { modules } = await findRoleChoice(c.db, actor, authority)
  const codeOf = ({ moduleId }: Held) => modules.find(({ id }) => id === moduleId)?.code
  const allowed = roles.filter(({ moduleId, role }) =>
    modules.some(module => module.id === moduleId && rolesOf(module).includes(role)),
  )
  const codes = allowed.map(one => `${codeOf(one)}: ${one.role}`).sort()
  const { id } = await registerUser(c, authority, person, { administrator }, codes)
  await giveRoles(c, id, allowed)
  const { username } = await c.db('users').where({ id }).first<{ username: string }>('username')
  return { id, name: `${person.givenName} ${person.familyName}`, username }
}
