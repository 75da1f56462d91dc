import type { Change } from '../platform/db/change.ts'
import { Overtaken } from '../platform/errors.ts'
import type { User } from './user.ts'

/** Throws Overtaken with the name of whoever changed this user, or the modules of the authority, last. */
export async function overtaken(c: Change, user: User): Promise<never> {
  const last = (await c
    .db('audit_events as e')
    .leftJoin('users as u', 'u.id', 'e.actor_id')
    .where('e.authority_id', user.authorityId)
    .where(where =>
      where
        .where(of => of.where({ 'e.subject_type': 'user', 'e.subject_id': user.id }).whereLike('e.event', 'user.%'))
        .orWhereLike('e.event', 'grant.%'),
    )
    .orderBy('e.id', 'desc')
    .first({ at: 'e.at', by: c.db.raw(`coalesce(u.given_name || ' ' || u.family_name, e.actor_name)`) })) as
    { at: Date; by: string | null } | undefined
  throw new Overtaken(last?.by ?? user.authorityName, last?.at ?? c.at)
}
