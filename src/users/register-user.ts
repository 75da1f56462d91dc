import { newTemporaryPassword, newUsername } from '../passwords/index.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import { temporaryPassword } from './emails.ts'

/** What is known of a person who is to use IMI (D1). */
export interface Person {
  givenName: string
  familyName: string
  email: string
  telephone: string
  language: string
}

/** Rights beside the roles in modules, which come with the grants. */
export interface Rights {
  administrator: boolean
  imiAdministrator?: boolean
}

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'user.registered': Rights
  }
}

/**
 * Registers a person at an authority: the username is made here and told by telephone, the temporary password goes out by
 * mail [000 2.1.1]. Throws RuleBroken when the e-mail address is another user's, Busy when too many passwords are being hashed.
 */
export async function registerUser(
  c: Change,
  authority: { id: number },
  person: Person,
  rights: Rights,
): Promise<{ id: number }> {
  const { password, hash } = await newTemporaryPassword()
  const id = await insertUser(c, authority.id, person, rights, hash)
  await c.record('user.registered', { type: 'user', id, authorityId: authority.id }, rights)
  await c.send(temporaryPassword({ ...person, id }, password))
  return { id }
}

/** Writes a new user with a temporary password down. Throws RuleBroken when the e-mail address is another user's. */
export async function insertUser(
  c: Change,
  authorityId: number,
  person: Person,
  { administrator, imiAdministrator = false }: Rights,
  passwordHash: string,
): Promise<number> {
  const row = {
    authority_id: authorityId,
    given_name: person.givenName,
    family_name: person.familyName,
    email: person.email,
    telephone: person.telephone,
    language: person.language,
    username: await newUsername(c.db),
    administrator,
    imi_administrator: imiAdministrator,
    password_hash: passwordHash,
    password_temporary: true,
    password_set_at: c.at,
    registered_at: c.at,
  }
  try {
    const [made] = (await c.db('users').insert(row).returning('id')) as [{ id: number }]
    return made.id
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'users_email')
      throw new RuleBroken('users:email.inUse', { field: 'userEmail' })
    throw error
  }
}
