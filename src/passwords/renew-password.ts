import type { Change } from '../platform/db/change.ts'
import { remember } from './change-password.ts'
import { PASSWORD_ENDS } from './expiry.ts'

/**
 * Puts a new password in the place of one that is too old; the security code stays, every other visit of the user ends (A5,
 * A9). False: it is not too old, or in the meantime it was changed, reset or blocked.
 */
export async function renewPassword(
  c: Change,
  user: { id: number; authorityId: number },
  { expired, hash }: { expired: string; hash: string },
): Promise<boolean> {
  const subject = { type: 'user', id: user.id, authorityId: user.authorityId }
  const [row] = await c
    .db('users as u')
    .where({ id: user.id, password_hash: expired, password_temporary: false, blocked_at: null, deleted_at: null })
    .whereRaw(`${PASSWORD_ENDS} <= ?`, [c.at])
    .update({ password_hash: hash, password_set_at: c.at, last_signed_in_at: c.at })
    .returning<{ email: string; language: string }[]>(['email', 'language'])
  await c.db('sessions').where({ user_id: user.id }).delete()
  if (!row) {
    await c.record('session.refused', subject, { reason: 'password replaced' })
    return false
  }
  await remember(c, user.id, expired)
  await c.record('password.changed', subject, {})
  await c.record('session.started', subject, {})
  const about = { type: 'user', id: user.id }
  await c.send({ to: row.email, language: row.language, template: 'passwords/changed', values: {}, about })
  return true
}
