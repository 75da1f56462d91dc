import type { Knex } from 'knex'
import { type ActingParty, change, type ChangeContext } from '../platform/db/change.ts'
import {
  areCharacters,
  checkTry,
  drawPositions,
  type Entrant,
  giveBack,
  isExpired,
  isPassword,
  type PasswordProfile,
  refuse,
  takeTry,
  TEMPORARY_FOR,
  TRIES,
} from '../passwords/index.ts'

/*
 * Signing in counts first, checks next and remembers last, each in a transaction of its own: a try must be counted before its
 * check is known, and no connection is held while a password is hashed.
 */

/**
 * Takes a username and a password. Undefined when they let nobody in: unknown, wrong, blocked, deleted and expired cost the
 * same statements and the same hash (A7). @throws Busy
 */
export async function enterPassword(
  context: ChangeContext,
  from: ActingParty,
  entry: { username: string; password: string },
): Promise<{ userId: number; stage: 'code' | 'change' } | undefined> {
  const { db, clock } = context
  const entrant = await takeTry(db, clock.now(), { username: entry.username })
  const hash = entrant?.number ? entrant.passwordHash : undefined
  const right = await checkTry(db, entrant, () => isPassword(hash, entry.password))
  const back = entrant && right ? await giveBack(db, entrant, drawPositions()) : false
  if (!entrant || !right || !back) {
    const reason = !entrant ? 'unknown username' : right || !entrant.number ? 'blocked' : 'wrong password'
    await change(context, from, c => refuse(c, entrant, reason))
    return undefined
  }
  if (entrant.passwordTemporary && entrant.passwordSetAt.getTime() + TEMPORARY_FOR <= clock.now().getTime()) {
    await change(context, from, c => refuse(c, { ...entrant, number: null }, 'temporary password expired'))
    return undefined
  }
  return { userId: entrant.id, stage: entrant.passwordTemporary ? 'change' : 'code' }
}

/**
 * Takes three characters of the security code. 'elsewhere': the password that was entered before is no longer good, or the
 * sign-in was completed by another click. 'expired': they are right, but the password is older than the profile allows (A5).
 */
export async function enterCharacters(
  context: ChangeContext,
  party: ActingParty & { id: number },
  characters: readonly string[],
  profile: PasswordProfile,
): Promise<'in' | 'expired' | 'refused' | 'elsewhere'> {
  const { db, clock, keys } = context
  const entrant = await takeTry(db, clock.now(), { id: party.id })
  const { securityCode, codePositions } = entrant ?? {}
  if (!entrant || !securityCode || !codePositions) {
    if (entrant?.number) await giveBack(db, entrant)
    return 'elsewhere'
  }
  const right = await checkTry(db, entrant, async () =>
    areCharacters(keys, entrant.id, securityCode, codePositions, characters),
  )
  return change(context, party, async c => {
    const done = entrant.number !== null && right && (await completeSignIn(c.db, c.at, entrant))
    if (!done) {
      await refuse(c, entrant, entrant.number && !right ? 'wrong security code' : 'blocked')
      return 'refused'
    }
    const expired = isExpired(entrant, c.at, profile)
    const subject = { type: 'user', id: entrant.id, authorityId: entrant.authorityId }
    await c.record(expired ? 'password.expired' : 'session.started', subject, {})
    return expired ? 'expired' : 'in'
  })
}

/** Only this, and a reset, clears the wrong entries (A4). */
async function completeSignIn(db: Knex, at: Date, entrant: Entrant): Promise<boolean> {
  const done = await db('users')
    .where({
      id: entrant.id,
      security_code: entrant.securityCode,
      password_hash: entrant.passwordHash,
      deleted_at: null,
    })
    .whereRaw('(blocked_at is null or ?)', [entrant.number === TRIES])
    .update({
      wrong_entries: 0,
      blocked_at: null,
      code_positions: null,
      first_signed_in_at: db.raw('coalesce(first_signed_in_at, cast(? as timestamptz))', [at]),
      last_signed_in_at: at,
    })
  return done === 1
}

/** Sweeps out some of the visits that are over; the table stays as large as the number of people at work. */
export async function sweepEnded(db: Knex, limits: { idleSince: Date; openedSince: Date }): Promise<void> {
  await db.raw(
    `delete from sessions where id_hash in (
       select id_hash from sessions where seen_at <= ? or created_at <= ? limit 100 for update skip locked)`,
    [limits.idleSince, limits.openedSince],
  )
}
