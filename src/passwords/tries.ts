import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'

/** How many wrong entries in a row, of password or code, block a user (A4). */
export const TRIES = 5

export type Refusal =
  | 'unknown username'
  | 'blocked'
  | 'wrong password'
  | 'wrong security code'
  | 'temporary password expired'
  | 'password replaced'

const VALIDATED = `not exists (select from authorities a where a.id = u.authority_id and a.status = 'to validate')`

/** Somebody who enters a password or a code. `number` counts this entry as if it were wrong; null: no try is left. */
export interface Entrant {
  id: number
  authorityId: number
  email: string
  language: string
  passwordHash: string
  passwordTemporary: boolean
  passwordSetAt: Date
  securityCode: string | null
  codePositions: number[] | null
  number: number | null
}

/**
 * Counts an entry before it is checked: one atomic statement, so that any number of guesses at once share five tries. The
 * fifth blocks at once; whoever turns out to be right takes it back. Undefined: there is no such user (any more), or none yet,
 * as the authority has still to be validated (E5).
 */
export async function takeTry(
  db: Knex,
  at: Date,
  who: { username: string } | { id: number },
): Promise<Entrant | undefined> {
  const [match, value] = 'id' in who ? ['u.id = :who', who.id] : ['lower(u.username) = lower(:who)', who.username]
  const found = await db.raw<{ rows: Entrant[] }>(
    `with taken as (
       update users u set wrong_entries = u.wrong_entries + 1,
         blocked_at = case when u.wrong_entries + 1 >= :tries then cast(:at as timestamptz) end
       where ${match} and u.deleted_at is null and ${VALIDATED} and u.blocked_at is null returning u.id, u.wrong_entries)
     select u.id, u.authority_id as "authorityId", u.email, u.language, u.password_hash as "passwordHash",
       u.password_temporary as "passwordTemporary", u.password_set_at as "passwordSetAt",
       u.security_code as "securityCode", u.code_positions as "codePositions", taken.wrong_entries as number
     from users u left join taken on taken.id = u.id where ${match} and u.deleted_at is null and ${VALIDATED}`,
    { who: value, tries: TRIES, at },
  )
  return found.rows[0]
}

/** Checks an entry that was counted; should the check itself fail, nobody loses a try by it. */
export async function checkTry(
  db: Knex,
  entrant: Entrant | undefined,
  check: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await check()
  } catch (error) {
    if (entrant?.number) await giveBack(db, entrant)
    throw error
  }
}

/**
 * Takes a try back: the entry was right. From here on the same three places of the code are asked until a sign-in succeeds
 * (A7). False: in the meantime the user was blocked, deleted or given another password, so the entry counts for nothing.
 */
export async function giveBack(db: Knex, entrant: Entrant, positions: number[] | null = null): Promise<boolean> {
  const done = await db.raw<{ rowCount: number }>(
    `update users set wrong_entries = greatest(wrong_entries - 1, 0), blocked_at = null,
       code_positions = coalesce(code_positions, cast(:positions as smallint[]))
     where id = :id and password_hash = :hash and deleted_at is null and (blocked_at is null or :fifth)`,
    { id: entrant.id, hash: entrant.passwordHash, positions, fifth: entrant.number === TRIES },
  )
  return done.rowCount === 1
}

/** Remembers a refused entry. When it was the fifth, the person and the administrators of the authority are told (A4). */
export async function refuse(c: Change, entrant: Entrant | undefined, reason: Refusal): Promise<void> {
  const subject = { type: 'user', id: entrant?.id ?? 0, authorityId: entrant?.authorityId ?? null }
  await c.record('session.refused', subject, { reason })
  if (!entrant || entrant.number !== TRIES) return
  await c.record('user.blocked', subject, {})
  const about = { type: 'user', id: entrant.id }
  await c.send({ to: entrant.email, language: entrant.language, template: 'sessions/blocked', values: {}, about })
  const path = `/authorities/${entrant.authorityId}/users`
  for (const { email, language } of await listOtherAdministrators(c.db, entrant))
    await c.send({ to: email, language, template: 'sessions/blocked-administrators', values: {}, path, about })
}

const listOtherAdministrators = (
  db: Knex,
  { id, authorityId }: Entrant,
): Promise<{ email: string; language: string }[]> =>
  db('users')
    .where({ authority_id: authorityId, administrator: true, deleted_at: null })
    .whereNot({ id })
    .orderBy('id')
    .select('email', 'language')
