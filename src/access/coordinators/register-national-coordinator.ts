import type { Change } from '../../platform/db/change.ts'
import type { Actor } from '../../policy.ts'
import { type Registration, registerWithFirstUser } from '../../users/index.ts'
import { takeOffice } from './take-office.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'nationalCoordinator.registered': Record<string, never>
  }
}

/**
 * Registers the national coordinator of a country that has none, with its first user (I1). Every module is granted to it as
 * coordinator. Throws what registerWithFirstUser throws, and RuleBroken when the country has one already.
 */
export async function registerNationalCoordinator(
  c: Change,
  actor: Actor,
  registration: Registration,
): Promise<{ authorityId: number; userId: number }> {
  const registered = await registerWithFirstUser(c, actor, registration)
  const { authorityId: id } = registered
  await takeOffice(c, id, actor.authorityId)
  await c.record('nationalCoordinator.registered', { type: 'authority', id, authorityId: id }, {})
  return registered
}
