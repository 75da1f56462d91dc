import type { Knex } from 'knex'
import { findActor } from '../actor.ts'
import type { Change } from '../platform/db/change.ts'
import { Forbidden } from '../platform/errors.ts'
import { type Action, type Actor, can } from '../policy.ts'
import type { AuthorityData } from './authority.ts'
import { findAuthority } from './queries.ts'

/** Who manages whom in a country changes one after the other, and while nobody registers there. */
export const lockAccess = (db: Knex, country: string): Promise<unknown> =>
  db.raw('select pg_advisory_xact_lock(hashtext(?))', [`authorities of ${country}`])

/**
 * Asks again, behind the lock, whether this person may do this to an authority: the delegation may have been taken back or
 * narrowed after the page was admitted. Throws Forbidden when the right has ended.
 */
export async function assertMayStill(c: Change, actor: Actor, action: Action, { id }: { id: number }): Promise<void> {
  const now = await findActor(c.db, actor.id)
  const authority = now && (await findAuthority(c.db, now, id))
  if (!authority || !can(now, action, authority)) throw new Forbidden(action, authority ?? { standings: [] })
}

/** The same for an authority that is to be registered: somebody in whose territory it lies, or an IMI administrator. */
export async function assertMayRegister(
  c: Change,
  registrar: Actor,
  { country, region }: AuthorityData,
): Promise<void> {
  const now = await findActor(c.db, registrar.id)
  if (now && can(now, 'nationalCoordinator.register')) return
  const territory = now && can(now, 'authority.register') ? now.manages : null
  const inPlace = territory?.country === country && (territory.region === null || territory.region === region)
  if (!inPlace) throw new Forbidden('authority.register', { standings: [] })
}
