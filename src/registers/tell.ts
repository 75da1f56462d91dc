import { findAuthority, tellManagersOfRecord } from '../authorities/index.ts'
import { tellAdministrators } from '../grants/index.ts'
import type { Change } from '../platform/db/change.ts'
import type { Actor } from '../policy.ts'
import { registersChanged } from './emails.ts'

/**
 * Tells the authority's own administrators of an act by an access manager, and those of record where another one has acted
 * (spec/roles.md, Kinds of authority). What an authority does for itself is not told.
 */
export async function tellOthers(c: Change, actor: Actor, authorityId: number): Promise<void> {
  if (actor.authorityId === authorityId) return
  const authority = await findAuthority(c.db, actor, authorityId)
  if (!authority) return
  await tellAdministrators(c, authorityId, (to, copy) => registersChanged(to, copy, authority, actor))
  await tellManagersOfRecord(c, actor, authority)
}
