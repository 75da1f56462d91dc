import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import type { Actor } from '../../policy.ts'
import { findUser } from '../queries.ts'
import { remindUser } from './remind-user.ts'

/** So many are reminded at once: each gets a new temporary password, and whoever sends them waits for it. */
export const MOST_REMINDED = 50

export interface NewUser {
  id: number
  name: string
  email: string
}

/** The users of an authority who have never signed in, by name; at most `MOST_REMINDED`. */
export const listNewUsers = (db: Knex, authorityId: number): Promise<NewUser[]> =>
  db('users')
    .where({ authority_id: authorityId, deleted_at: null, first_signed_in_at: null })
    .orderBy(['family_name', 'given_name', 'id'])
    .limit(MOST_REMINDED)
    .select<NewUser[]>('id', 'email', db.raw(`given_name || ' ' || family_name as name`))

/** Reminds all of these who have still never signed in (D5); answers with how many. @throws Busy */
export async function remindNewUsers(c: Change, actor: Actor, ids: readonly number[]): Promise<number> {
  let reminded = 0
  for (const id of ids) {
    const user = await findUser(c.db, actor, id)
    if (user?.status !== 'new') continue
    await remindUser(c, actor, user)
    reminded += 1
  }
  return reminded
}
