import { newTemporaryPassword } from '../../passwords/index.ts'
import type { Change } from '../../platform/db/change.ts'
import type { Actor } from '../../policy.ts'
import { passwordReset } from '../emails.ts'
import { tellOthers } from '../tell.ts'
import type { User } from '../user.ts'
import { lockUser } from './lock-user.ts'
import { putTemporaryPassword } from './temporary-password.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'user.passwordReset': Record<string, never>
  }
}

/**
 * Lets somebody in again: a new temporary password goes to the user by mail and is read by nobody else; the username stays
 * (D4, [001][002]). @throws Busy when too many passwords are being hashed, NotFound when the user has just been deleted
 */
export async function resetPassword(c: Change, actor: Actor, user: User): Promise<void> {
  const { password, hash } = await newTemporaryPassword()
  const { email, language } = await lockUser(c, user.id)
  await putTemporaryPassword(c, user.id, hash)
  await c.record('user.passwordReset', { type: 'user', id: user.id, authorityId: user.authorityId }, {})
  await c.send(passwordReset({ id: user.id, email, language }, password))
  await tellOthers(c, actor, user, [user.id])
}
