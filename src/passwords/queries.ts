import type { Knex } from 'knex'
import type { Chooser } from './rules.ts'

/** How many passwords back a new one may not repeat (A3). */
export const REMEMBERED = 5

/** What a new password of this user is held against. */
export interface Credentials {
  chooser: Chooser
  /** The password in force is a temporary one. */
  temporary: boolean
  /** Of the last five passwords, and of the temporary one where that is in force; the one in force comes first. */
  hashes: string[]
}

/** The names and the last passwords of a user who chooses a new one. */
export async function findCredentials(db: Knex, userId: number): Promise<Credentials> {
  const row = await db('users as u')
    .where('u.id', userId)
    .select({
      givenName: 'u.given_name',
      familyName: 'u.family_name',
      username: 'u.username',
      email: 'u.email',
      hash: 'u.password_hash',
      temporary: 'u.password_temporary',
      former: db.raw(
        `array(select f.password_hash from former_passwords f where f.user_id = u.id order by f.id desc limit ${REMEMBERED})`,
      ),
    })
    .first<Chooser & { hash: string; temporary: boolean; former: string[] }>()
  const { hash, temporary, former, ...chooser } = row
  return { chooser, temporary, hashes: [hash, ...former].slice(0, temporary ? REMEMBERED + 1 : REMEMBERED) }
}
