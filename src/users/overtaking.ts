import { findLastAct } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import { Overtaken } from '../platform/errors.ts'
import type { User } from './user.ts'

/** What changes a user record: others, the person's own profile, and what the authority may do in its modules. */
const EDITS = ['profile.edited', 'profile.emailChanged']

/** Throws Overtaken with the name of whoever changed this user, or the modules of the authority, last. */
export async function overtaken(c: Change, user: User): Promise<never> {
  const last = await findLastAct(c.db, acts =>
    acts
      .where('e.authority_id', user.authorityId)
      .where(any =>
        any
          .where(all =>
            all
              .where({ 'e.subject_type': 'user', 'e.subject_id': user.id })
              .where(event => event.whereLike('e.event', 'user.%').orWhereIn('e.event', EDITS)),
          )
          .orWhereLike('e.event', 'grant.%'),
      ),
  )
  throw new Overtaken(last?.by ?? user.authorityName, last?.at ?? c.at)
}
