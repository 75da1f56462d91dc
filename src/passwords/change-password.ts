import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import { hashPassword, isPassword } from './hash.ts'
import { REMEMBERED } from './queries.ts'

export interface NewPassword {
  current: string
  chosen: string
  /** Digest of the visit in which the password is changed: the only one that goes on. */
  visit: string
}

/**
 * Changes the own password, ends the user's other visits and tells the person by mail (A9).
 * @throws RuleBroken when another visit changed it a moment ago
 */
export async function changePassword(
  c: Change,
  user: { id: number; authorityId: number },
  given: NewPassword,
): Promise<void> {
  const row = await c
    .db('users')
    .where({ id: user.id })
    .forUpdate()
    .first<{ hash: string; email: string; language: string }>({
      hash: 'password_hash',
      email: 'email',
      language: 'language',
    })
  if (!(await isPassword(row.hash, given.current)))
    throw new RuleBroken('passwords:current.wrong', { field: 'passwordCurrent' })
  await remember(c, user.id, row.hash)
  await c
    .db('users')
    .where({ id: user.id })
    .update({ password_hash: await hashPassword(given.chosen), password_set_at: c.at })
  await c.db('sessions').where({ user_id: user.id }).whereNot({ id_hash: given.visit }).delete()
  await c.record('password.changed', { type: 'user', id: user.id, authorityId: user.authorityId }, {})
  const about = { type: 'user', id: user.id }
  await c.send({ to: row.email, language: row.language, template: 'passwords/changed', values: {}, about })
}

/** Keeps a password that is no longer used, and as many before it as may not come back. */
export async function remember(c: Change, userId: number, hash: string): Promise<void> {
  await c.db('former_passwords').insert({ user_id: userId, password_hash: hash, set_at: c.at })
  const kept = c.db('former_passwords').where({ user_id: userId }).orderBy('id', 'desc').limit(REMEMBERED).select('id')
  await c.db('former_passwords').where({ user_id: userId }).whereNotIn('id', kept).delete()
}
