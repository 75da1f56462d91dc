import type { Change } from '../platform/db/change.ts'
import type { Actor } from '../policy.ts'
import type { Authority } from './authority.ts'
import { changedByAnother } from './emails.ts'

interface ManagerRow {
  id: number
  email: string
  official_language: string
}

/**
 * Tells the access managers of record that another one has acted on their authority (spec/roles.md, Kinds of authority). What
 * they do themselves, and what the authority does for itself, is not told.
 */
export async function tellManagersOfRecord(c: Change, actor: Actor, authority: Authority): Promise<void> {
  const managers = (await c
    .db('authority_access_managers as m')
    .join('authorities as a', 'a.id', 'm.manager_id')
    .where('m.authority_id', authority.id)
    .orderBy('a.id')
    .select('a.id', 'a.email', 'a.official_language')) as ManagerRow[]
  if (actor.authorityId === authority.id || managers.some(({ id }) => id === actor.authorityId)) return
  for (const { email, official_language: language } of managers)
    await c.send(changedByAnother({ email, language }, authority, actor))
}
