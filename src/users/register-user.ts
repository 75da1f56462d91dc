import type { Knex } from 'knex'
import { newTemporaryPassword, newUsername } from '../passwords/index.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import { temporaryPassword } from './emails.ts'
import { OF_ACCESS_MANAGER } from './queries.ts'

/** What is known of a person who is to use IMI (D1). */
export interface Person {
  givenName: string
  familyName: string
  email: string
  telephone: string
  language: string
}

/** Rights beside the roles in modules. */
export interface FirstRights {
  administrator: boolean
  imiAdministrator?: boolean
}

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    /** `roles`: those that a colleague got on registration, with the codes of their modules. */
    'user.registered': FirstRights & { roles?: string[] }
  }
}

/**
 * Registers a person at an authority: the username is made here and told by telephone, the temporary password goes out by
 * mail [000 2.1.1]. `roles` are those given with it, for the history; whoever gives them writes them down. Throws RuleBroken
 * when the e-mail address is another user's, Busy when too many passwords are being hashed.
 */
export async function registerUser(
  c: Change,
  authority: { id: number },
  person: Person,
  rights: FirstRights,
  roles?: string[],
): Promise<{ id: number }> {
  const { password, hash } = await newTemporaryPassword()
  const id = await insertUser(c, authority.id, person, rights, hash)
  await c.record(
    'user.registered',
    { type: 'user', id, authorityId: authority.id },
    { ...rights, ...(roles && { roles }) },
  )
  await c.send(temporaryPassword({ ...person, id }, password))
  return { id }
}

/** Writes a new user with a temporary password down. Throws RuleBroken when the e-mail address is another user's. */
export async function insertUser(
  c: Change,
  authorityId: number,
  person: Person,
  { administrator, imiAdministrator = false }: FirstRights,
  passwordHash: string,
): Promise<number> {
  const row = {
    authority_id: authorityId,
    ...rowOf(person),
    username: await newUsername(c.db),
    administrator,
    // Every administrator of an access manager is data administrator from the first day (spec/roles.md).
    data_administrator: administrator && (await isOfAccessManager(c.db, authorityId)) ? 'all' : 'none',
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

/** A person as the columns of a user record. */
export const rowOf = ({ givenName, familyName, email, telephone, language }: Person) => ({
  given_name: givenName,
  family_name: familyName,
  email,
  telephone,
  language,
})

async function isOfAccessManager(db: Knex, authorityId: number): Promise<boolean> {
  const row = (await db('authorities as a').where('a.id', authorityId).first(db.raw(OF_ACCESS_MANAGER))) as
    { of_access_manager: boolean } | undefined
  return row?.of_access_manager ?? false
}
