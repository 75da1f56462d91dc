import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { emailChangedFrom, emailChangedTo } from '../emails.ts'
import { overtaken } from '../overtaking.ts'
import { rowOf, type Person } from '../register-user.ts'
import { tellOfNewAddress, tellOthers } from '../tell.ts'
import type { User } from '../user.ts'
import { lockUser } from './lock-user.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    /** Which fields were changed; what stands in them is nobody's history. */
    'user.edited': { fields: (keyof Person)[] }
  }
}

const FIELDS = ['givenName', 'familyName', 'email', 'telephone', 'language'] as const satisfies (keyof Person)[]

/**
 * Changes the data of a user (D1). Another e-mail address is told to the old and the new one, to the other administrators and
 * to the access managers of record. Throws Overtaken when somebody else saved meanwhile, RuleBroken when the address is
 * another user's or one's own, which is confirmed by a link. @throws NotFound
 */
export async function editUser(
  c: Change,
  actor: Actor,
  user: User,
  { version, ...person }: Person & { version: number },
): Promise<void> {
  const now = await lockUser(c, user.id)
  if (now.version !== version) await overtaken(c, user)
  const fields = FIELDS.filter(field => now[field] !== person[field])
  const newAddress = fields.includes('email')
  if (newAddress && actor.id === user.id) throw new RuleBroken('users:edit.email.own', { field: 'userEmail' })
  await updatePerson(c, user.id, person)
  await c.record('user.edited', { type: 'user', id: user.id, authorityId: user.authorityId }, { fields })
  if (!newAddress) return tellOthers(c, actor, user)
  await c.db('email_changes').where({ user_id: user.id }).delete()
  await c.send(emailChangedFrom({ email: now.email, language: now.language }, user, actor))
  await c.send(emailChangedTo(person, user, actor))
  await tellOfNewAddress(c, actor, user)
}

/** Writes the data of a person into a user record. Throws RuleBroken when the e-mail address is another user's. */
export async function updatePerson(c: Change, id: number, person: Person): Promise<void> {
  try {
    await c
      .db('users')
      .where({ id })
      .update({ ...rowOf(person), version: c.db.raw('version + 1') })
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'users_email')
      throw new RuleBroken('users:email.inUse', { field: 'userEmail' })
    throw error
  }
}
