import type { Knex } from 'knex'
import { listCoordinators, preselected } from '../../grants/index.ts'
import { type Actor, can } from '../../policy.ts'
import type { Chosen } from '../choice.ts'
import type { GrantDefaults } from './forms.ts'

/** An authority of a bulk grant: why it cannot have the module, as a locale key; null where it can. */
export interface Planned extends Chosen {
  reason: string | null
}

type Coordinators = Awaited<ReturnType<typeof listCoordinators>>

/** What would become of each authority if the module were granted now (C9). The statements are as many for one as for a thousand. */
export async function planGrants(
  db: Knex,
  actor: Actor,
  defaults: GrantDefaults,
  chosen: readonly Chosen[],
): Promise<Planned[]> {
  const ids = chosen.map(({ id }) => id)
  const [holders, coordinators] = await Promise.all([
    db('grants')
      .where({ module_id: defaults.module })
      .whereRaw('authority_id = any(cast(? as int[]))', [ids])
      .pluck<number[]>('authority_id'),
    listCountryCoordinators(db, actor, defaults.module),
  ])
  const granted = new Set(holders)
  return chosen.map(authority => ({
    ...authority,
    reason: reasonAgainst(authority, { actor, defaults, coordinators, granted: granted.has(authority.id) }),
  }))
}

/** Every authority of the actor's country that can be linked as coordinator in the module. */
export const listCountryCoordinators = (db: Knex, actor: Actor, module: number): Promise<Coordinators> =>
  listCoordinators(db, { id: 0, country: actor.manages?.country ?? '' }, module)

/** The coordinators that this authority would be linked to: the one chosen for all, else the one preselected for it (C7). */
export function coordinatorsFor(
  authority: { id: number; region: string | null },
  { role, coordinator }: GrantDefaults,
  coordinators: Coordinators,
  actor: Actor,
): number[] {
  const others = coordinators.filter(({ id }) => id !== authority.id)
  if (coordinator !== null) return others.filter(({ id }) => id === coordinator).map(({ id }) => id)
  return role === 'authority' ? preselected(others, actor, authority.region) : []
}

interface Circumstances {
  actor: Actor
  defaults: GrantDefaults
  coordinators: Coordinators
  granted: boolean
}

function reasonAgainst(authority: Chosen, { actor, defaults, coordinators, granted }: Circumstances): string | null {
  if (!can(actor, 'grant.give', authority)) return 'bulk:reason.outside'
  if (authority.status !== 'active') return 'bulk:reason.notActive'
  if (granted) return 'bulk:reason.granted'
  if (defaults.role === 'coordinator') return null
  return coordinatorsFor(authority, defaults, coordinators, actor).length > 0 ? null : 'bulk:reason.noCoordinator'
}
