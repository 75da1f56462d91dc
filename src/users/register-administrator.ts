import type { Knex } from 'knex'
import { registerCommission } from '../authorities/index.ts'
import { newTemporaryPassword, TEMPORARY_FOR } from '../passwords/index.ts'
import { type Change, change, type ChangeContext, systemActor } from '../platform/db/change.ts'
import { putTemporaryPassword } from './account/temporary-password.ts'
import { insertUser, type Person } from './register-user.ts'

/** Someone of the Commission who administers IMI; `until` when only a temporary password stands between them and it. */
export interface StandingAdministrator {
  username: string
  until: Date | null
}

/** What became of the wish for an administrator. The password is to be shown once; it is kept nowhere. */
export type Outcome =
  | { done: 'registered' | 'reset'; username: string; password: string }
  | { done: 'nothing'; administrator: StandingAdministrator }
  | { done: 'refused' }

const OPERATOR = systemActor('createAdmin')
const RIGHTS = { administrator: true, imiAdministrator: true }

/**
 * Lets somebody of the Commission in when no IMI administrator can sign in: registers the person as its administrator and
 * IMI administrator, or resets the password where they are one already. The Commission itself is registered when it is
 * not there. Nothing goes out by mail: who starts this reads the temporary password. 'nothing': somebody can sign in;
 * 'refused': the e-mail address is that of a user who does not administer IMI.
 * @throws Busy
 */
export async function registerAdministrator(context: ChangeContext, person: Person): Promise<Outcome> {
  const { password, hash } = await newTemporaryPassword()
  const administrator = await findAble(context.db, context.clock.now())
  if (administrator) return { done: 'nothing', administrator }
  const known = await findByAddress(context.db, person.email)
  if (known && !known.imiAdministrator) return { done: 'refused' }
  return change(context, OPERATOR, async (c): Promise<Outcome> => {
    await c.db.raw(`select pg_advisory_xact_lock(hashtext('administrators of IMI'))`)
    if (await findAble(c.db, c.at)) throw new Error('Somebody else has just done the same. Nothing was changed.')
    if (known) {
      await reset(c, known, hash)
      return { done: 'reset', username: known.username, password }
    }
    return { done: 'registered', username: await register(c, person, hash), password }
  })
}

/** An IMI administrator who can sign in, or choose an own password now. One whose own password is old can still change it (A5). */
async function findAble(db: Knex, at: Date): Promise<StandingAdministrator | undefined> {
  const row = await administrators(db)
    .where({ 'u.blocked_at': null })
    .where(where =>
      where
        .where('u.password_temporary', false)
        .orWhere('u.password_set_at', '>', new Date(at.getTime() - TEMPORARY_FOR)),
    )
    .orderBy('u.password_temporary')
    .orderBy('u.id')
    .first<{ username: string; password_temporary: boolean; password_set_at: Date } | undefined>(
      'u.username',
      'u.password_temporary',
      'u.password_set_at',
    )
  return (
    row && {
      username: row.username,
      until: row.password_temporary ? new Date(row.password_set_at.getTime() + TEMPORARY_FOR) : null,
    }
  )
}

const administrators = (db: Knex) =>
  db('users as u')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .where({ 'a.kind': 'commission', 'u.imi_administrator': true, 'u.deleted_at': null })

interface Known {
  id: number
  authorityId: number
  username: string
  imiAdministrator: boolean
}

const findByAddress = (db: Knex, email: string): Promise<Known | undefined> =>
  db('users as u')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .whereRaw('lower(u.email) = lower(?)', [email])
    .where({ 'u.deleted_at': null })
    .first({
      id: 'u.id',
      authorityId: 'u.authority_id',
      username: 'u.username',
      imiAdministrator: db.raw(`u.imi_administrator and a.kind = 'commission'`),
    })

async function register(c: Change, person: Person, hash: string): Promise<string> {
  const { id: authorityId } = await registerCommission(c, person.email)
  const id = await insertUser(c, authorityId, person, RIGHTS, hash)
  await c.record('user.registered', { type: 'user', id, authorityId }, RIGHTS)
  const { username } = await c.db('users').where({ id }).first<{ username: string }>('username')
  return username
}

/** Resets the password of somebody who is administrator from now on, if not before. */
async function reset(c: Change, { id, authorityId }: Known, hash: string): Promise<void> {
  await c.db('users').where({ id }).update({ administrator: true })
  await putTemporaryPassword(c, id, hash)
  await c.record('user.passwordReset', { type: 'user', id, authorityId }, {})
}
