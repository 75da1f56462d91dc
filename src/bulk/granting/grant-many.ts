import { findAuthority } from '../../authorities/index.ts'
import { giveModule, mayGrant } from '../../grants/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { startTask, type TaskWork } from '../../platform/jobs/tasks.ts'
import { type Actor, can } from '../../policy.ts'
import type { Chosen } from '../choice.ts'
import type { GrantDefaults } from './forms.ts'
import { coordinatorsFor, listCountryCoordinators, planGrants } from './plan.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    /** One module for many authorities; each grant has its own entry. */
    'bulkGrant.started': GrantDefaults & { task: number; authorities: number }
  }
}

/**
 * Begins to grant one module to many authorities (C9): each is worked on by itself, so that one that fails stops no other.
 * Throws RuleBroken when the module lies outside the delegation.
 * @returns the number of the task
 */
export async function grantMany(
  c: Change,
  actor: Actor,
  defaults: GrantDefaults,
  chosen: readonly Chosen[],
): Promise<number> {
  if (!mayGrant(actor, defaults.module)) throw new RuleBroken('grants:give.refusal.outsideDelegation')
  const task = await startTask(c, {
    kind: 'bulkGrant',
    parameters: defaults,
    items: chosen.map(({ id, officialName }) => ({ label: officialName, payload: { authority: id } })),
    back: '/bulk-grants/new',
  })
  const details = { ...defaults, task, authorities: chosen.length }
  await c.record('bulkGrant.started', { type: 'task', id: task, authorityId: actor.authorityId }, details)
  return task
}

/** Grants the module to one of them, with the rights and coordinators of this moment. Throws RuleBroken as `giveModule` does. */
export const grantOne: TaskWork = async (c, actor, payload, parameters) => {
  const { authority: id } = payload as { authority: number }
  const defaults = parameters as GrantDefaults
  const authority = await findAuthority(c.db, actor, id)
  if (!authority || !can(actor, 'grant.give', authority)) throw new RuleBroken('bulk:reason.outside')
  const planned = { ...authority, standings: [...authority.standings] }
  const [plan] = await planGrants(c.db, actor, defaults, [planned])
  if (plan?.reason) throw new RuleBroken(plan.reason)
  const coordinators = await listCountryCoordinators(c.db, actor, defaults.module)
  await giveModule(c, actor, authority, {
    module: defaults.module,
    role: defaults.role,
    ...defaults.settings,
    keywords: defaults.keywords,
    coordinators: coordinatorsFor(authority, defaults, coordinators, actor),
  })
}
