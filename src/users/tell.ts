import { findAuthority, listTold, tellManagersOfRecord } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import type { Actor } from '../policy.ts'
import { changedByManager, emailChangedOf } from './emails.ts'

interface Concerned {
  id: number
  authorityId: number
  authorityName: string
}

interface Reader {
  email: string
  language: string
}

/**
 * Tells of an act upon a user by somebody outside the authority: its own administrators, the one acted upon among them unless the
 * act has written to that person itself (D7, [000 3.2]), and the access managers of record where another one has acted. What an
 * authority does for itself is not told.
 */
export async function tellOthers(
  c: Change,
  actor: Actor,
  user: Concerned,
  writtenTo: readonly number[] = [],
): Promise<void> {
  if (actor.authorityId === user.authorityId) return
  for (const reader of await listTold(c.db, user.authorityId, writtenTo))
    await c.send(changedByManager(reader, user, actor))
  const authority = await findAuthority(c.db, actor, user.authorityId)
  if (authority) await tellManagersOfRecord(c, actor, authority)
}

/** Tells the other administrators, the functional address in copy, and the access managers of record that the e-mail address of a user is another one now (D1). */
export async function tellOfNewAddress(c: Change, actor: Actor, user: Concerned): Promise<void> {
  const managers = (await c
    .db('authority_access_managers as m')
    .join('authorities as a', 'a.id', 'm.manager_id')
    .where('m.authority_id', user.authorityId)
    .whereNot('a.id', actor.authorityId)
    .orderBy('a.id')
    .select({ email: 'a.email', language: 'a.official_language' })) as Reader[]
  for (const reader of [...(await listTold(c.db, user.authorityId, [actor.id, user.id])), ...managers])
    await c.send(emailChangedOf(reader, user, actor))
}
