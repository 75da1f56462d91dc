import { newTemporaryPassword } from '../../passwords/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { reminder } from '../emails.ts'
import { tellOthers } from '../tell.ts'
import type { User } from '../user.ts'
import { lockUser } from '../account/lock-user.ts'
import { putTemporaryPassword } from '../account/temporary-password.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'user.reminded': Record<string, never>
  }
}

/**
 * Reminds somebody who has never signed in, with a new temporary password: the first may have been lost or be too old
 * (D5, [002]). Throws RuleBroken when the user has signed in meanwhile. @throws Busy, NotFound
 */
export async function remindUser(c: Change, actor: Actor, user: User): Promise<void> {
  const { password, hash } = await newTemporaryPassword()
  const { email, language, firstSignedInAt } = await lockUser(c, user.id)
  if (firstSignedInAt) throw new RuleBroken('users:reminder.signedIn')
  await putTemporaryPassword(c, user.id, hash)
  await c.record('user.reminded', { type: 'user', id: user.id, authorityId: user.authorityId }, {})
  await c.send(reminder({ id: user.id, email, language }, password))
  await tellOthers(c, actor, user, [user.id])
}
