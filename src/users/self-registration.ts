import { newTemporaryPassword } from '../passwords/index.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import { putTemporaryPassword } from './account/temporary-password.ts'
import { checkData, temporaryPassword } from './emails.ts'
import { insertUser, type Person } from './register-user.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'user.handedIn': Record<string, never>
    'user.validated': Record<string, never>
  }
}

/**
 * Registers the first user of an authority that has entered its data itself. Nobody knows the password: one that lets in comes
 * with the validation (E5) [001]. `username`: the one that was shown when it was handed in before.
 * @throws RuleBroken when the e-mail address is another user's, Busy when too many passwords are being hashed
 */
export async function handInUser(
  c: Change,
  authorityId: number,
  person: Person,
  username: string | null,
): Promise<{ id: number; username: string }> {
  const { hash } = await newTemporaryPassword()
  const id = await insertUser(c, authorityId, person, { administrator: true }, hash)
  await c.record('user.handedIn', { type: 'user', id, authorityId }, {})
  const own = c.db('users').where({ id })
  if (username !== null) await own.clone().update({ username })
  return (await own.first('id', 'username')) as { id: number; username: string }
}

/**
 * Lets the first user of a validated authority in: the temporary password goes out, and the question to check the authority's data
 * (B16); the person's data are as they were corrected. Nothing that could have let somebody in before is good any more (E5).
 * @throws RuleBroken when the e-mail address is another user's, Busy when too many passwords are being hashed
 */
export async function validateFirstUser(
  c: Change,
  authority: { id: number; officialName: string },
  person: Person,
): Promise<void> {
  const { password, hash } = await newTemporaryPassword()
  const [user] = await writeFirstUser(c, authority.id, person)
  if (!user) throw new Error(`Authority ${authority.id} has no first user`)
  await putTemporaryPassword(c, user.id, hash)
  await c.record('user.validated', { type: 'user', id: user.id, authorityId: authority.id }, {})
  await c.send(temporaryPassword({ ...person, id: user.id }, password))
  await c.send(checkData({ ...person, id: user.id }, authority))
}

async function writeFirstUser(c: Change, authorityId: number, person: Person): Promise<{ id: number }[]> {
  try {
    return (await c
      .db('users')
      .where({ authority_id: authorityId, administrator: true, deleted_at: null })
      .update({
        given_name: person.givenName,
        family_name: person.familyName,
        email: person.email,
        telephone: person.telephone,
        language: person.language,
      })
      .returning('id')) as { id: number }[]
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'users_email')
      throw new RuleBroken('users:email.inUse', { field: 'userEmail' })
    throw error
  }
}
