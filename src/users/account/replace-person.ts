import { newTemporaryPassword } from '../../passwords/index.ts'
import type { Change } from '../../platform/db/change.ts'
import type { Actor } from '../../policy.ts'
import { replacedBy, temporaryPassword } from '../emails.ts'
import { overtaken } from '../overtaking.ts'
import type { Person } from '../register-user.ts'
import { tellOthers } from '../tell.ts'
import type { User } from '../user.ts'
import { putUsername } from './change-username.ts'
import { updatePerson } from './edit-user.ts'
import { lockUser } from './lock-user.ts'
import { putTemporaryPassword } from './temporary-password.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'user.replaced': Record<string, never>
  }
}

/**
 * Puts another person into a user record, for instance when the only administrator has left (D6, [001 3]): one act gives it a
 * new name, e-mail address and username; visits end, the password is a new temporary one, roles stay. What was done until now
 * keeps the former name. Throws Overtaken, and RuleBroken when the address is another user's. @throws Busy, NotFound
 */
export async function replacePerson(
  c: Change,
  actor: Actor,
  user: User,
  { version, username, ...person }: Person & { username: string; version: number },
): Promise<void> {
  const { password, hash } = await newTemporaryPassword()
  const former = await lockUser(c, user.id)
  if (former.version !== version) await overtaken(c, user)
  await c.db('former_people').insert({
    user_id: user.id,
    given_name: former.givenName,
    family_name: former.familyName,
    until: c.at,
  })
  await updatePerson(c, user.id, person)
  await putUsername(c, user.id, username)
  await putTemporaryPassword(c, user.id, hash)
  await forget(c, user.id)
  await c.record('user.replaced', { type: 'user', id: user.id, authorityId: user.authorityId }, {})
  await c.send(temporaryPassword({ ...person, id: user.id }, password))
  await c.send(replacedBy(former, user, actor))
  await tellOthers(c, actor, user, [user.id])
}

/** What belonged to the former person and not to the record: sign-ins, old passwords, when mails came, an address that waited for its link. */
async function forget(c: Change, userId: number): Promise<void> {
  const fresh = { first_signed_in_at: null, last_signed_in_at: null, notifications: 'atOnce' }
  await c.db('users').where({ id: userId }).update(fresh)
  await c.db('former_passwords').where({ user_id: userId }).delete()
  await c.db('email_changes').where({ user_id: userId }).delete()
}
