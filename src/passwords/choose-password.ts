import type { Change } from '../platform/db/change.ts'
import { sealSecurityCode } from './security-code.ts'
import { TEMPORARY_FOR } from './temporary.ts'

export interface Choice {
  hash: string
  code: string
}

/**
 * Puts an own password and a security code in the place of a temporary password, which is dead from then on; so is every
 * other visit of the user (A2). False: it was dead already, because it was used, replaced, too old, or the user was blocked.
 */
export async function choosePassword(
  c: Change,
  user: { id: number; authorityId: number },
  { hash, code }: Choice,
): Promise<boolean> {
  const subject = { type: 'user', id: user.id, authorityId: user.authorityId }
  const chosen = await c
    .db('users')
    .where({ id: user.id, password_temporary: true, blocked_at: null, deleted_at: null })
    .where('password_set_at', '>', new Date(c.at.getTime() - TEMPORARY_FOR))
    .update({
      password_hash: hash,
      password_temporary: false,
      password_set_at: c.at,
      security_code: sealSecurityCode(c.keys, user.id, code),
      code_positions: null,
      wrong_entries: 0,
      first_signed_in_at: c.db.raw('coalesce(first_signed_in_at, cast(? as timestamptz))', [c.at]),
      last_signed_in_at: c.at,
    })
  await c.db('sessions').where({ user_id: user.id }).delete()
  if (chosen === 0) {
    await c.record('session.refused', subject, { reason: 'temporary password expired' })
    return false
  }
  await c.record('password.chosen', subject, {})
  await c.record('session.started', subject, {})
  return true
}
