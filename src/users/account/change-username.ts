import { newUsername } from '../../passwords/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { tellOthers } from '../tell.ts'
import type { User } from '../user.ts'
import { lockUser } from './lock-user.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'user.usernameChanged': Record<string, never>
  }
}

/**
 * Gives a user another username: the one that was asked for, or a new one made here when it is empty. It is told by telephone
 * and never mailed (D2). Throws RuleBroken when somebody has or had it. @throws NotFound
 */
export async function changeUsername(c: Change, actor: Actor, user: User, wished: string): Promise<void> {
  await lockUser(c, user.id)
  await putUsername(c, user.id, wished)
  await c.record('user.usernameChanged', { type: 'user', id: user.id, authorityId: user.authorityId }, {})
  await tellOthers(c, actor, user)
}

/** Writes a username down, or makes one when it is empty. Throws RuleBroken when somebody has or had it. */
export async function putUsername(c: Change, userId: number, wished: string): Promise<void> {
  try {
    const username = wished === '' ? await newUsername(c.db) : wished
    await c.db('users').where({ id: userId }).update({ username })
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'users_username')
      throw new RuleBroken('users:username.taken', { field: 'username' })
    throw error
  }
}
