import type { Knex } from 'knex'
import { findLastAct, type LastAct } from '../authorities/index.ts'
import type { EmailChange, Profile } from './profile.ts'

/** The own data of a user; `waiting` is a change of address that can still be confirmed. */
export async function findProfile(db: Knex, userId: number, at: Date): Promise<Profile> {
  const row = await db('users as u')
    .leftJoin('email_changes as e', join => join.on('e.user_id', 'u.id').andOn('e.expires_at', '>', db.raw('?', [at])))
    .where('u.id', userId)
    .select({
      givenName: 'u.given_name',
      familyName: 'u.family_name',
      email: 'u.email',
      telephone: 'u.telephone',
      language: 'u.language',
      notifications: 'u.notifications',
      username: 'u.username',
      version: 'u.version',
      waitingEmail: 'e.email',
      expiresAt: 'e.expires_at',
    })
    .first<Omit<Profile, 'waiting'> & { waitingEmail: string | null; expiresAt: Date | null }>()
  const { waitingEmail, expiresAt, ...profile } = row
  return { ...profile, waiting: waitingEmail && expiresAt ? { email: waitingEmail, expiresAt } : null }
}

/** The change of address that this link confirms; only for the user who asked for it, and not once it has expired. */
export async function findEmailChange(
  db: Knex,
  userId: number,
  tokenHash: string,
  at: Date,
): Promise<EmailChange | undefined> {
  return db('email_changes')
    .where({ user_id: userId, token_hash: tokenHash })
    .where('expires_at', '>', at)
    .first<EmailChange | undefined>({ email: 'email', expiresAt: 'expires_at' })
}

/** The user whose personal address this is, with the language they read mail in. */
export async function findByAddress(db: Knex, email: string): Promise<{ id: number; language: string } | undefined> {
  return db('users')
    .whereRaw('lower(email) = lower(?)', [email])
    .where({ deleted_at: null })
    .first<{ id: number; language: string } | undefined>('id', 'language')
}

/** How often this user has asked for a change of address since then. */
export async function countEmailAsks(db: Knex, userId: number, since: Date): Promise<number> {
  const [row] = await db('audit_events')
    .where({ subject_type: 'user', subject_id: userId, event: 'profile.emailAsked' })
    .where('at', '>', since)
    .count<{ count: string }[]>('* as count')
  return Number(row?.count ?? 0)
}

/** Who last changed the data of this user, and when: what is said to somebody who was overtaken. */
export const findLastChange = (db: Knex, userId: number): Promise<LastAct | undefined> =>
  findLastAct(db, acts =>
    acts
      .where({ 'e.subject_type': 'user', 'e.subject_id': userId })
      .where(event =>
        event.whereIn('e.event', ['profile.edited', 'profile.emailChanged']).orWhereLike('e.event', 'user.%'),
      ),
  )
