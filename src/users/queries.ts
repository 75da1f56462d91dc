import type { Knex } from 'knex'
import { rowsOf } from '../platform/db/statement.ts'
import type { Actor, AuthorityKind, Standing } from '../policy.ts'
import { standingsColumn, withinReach } from '../reach.ts'
import { ACCOUNT, accountFrom, type AccountRow } from './account-row.ts'
import { LAST_MAIL, type LastMailRow, mailFrom } from './last-mail.ts'
import { type PasswordMail, statusOf, type User } from './user.ts'

interface UserRow extends AccountRow {
  authority_id: number
  official_name: string
  official_language: string
  kind: AuthorityKind
  of_access_manager: boolean
  telephone: string
  language: string
  registered_at: Date
  version: number
  standings: Standing[]
}

const OWN = [...ACCOUNT, 'authority_id', 'telephone', 'language', 'registered_at', 'version']

/** The column `of_access_manager` of an authority joined as `a`: whether it manages others (spec/roles.md, Kinds of authority). */
export const OF_ACCESS_MANAGER = `(a.kind = 'national coordinator' or exists
  (select 1 from delegations d where d.authority_id = a.id)) as of_access_manager`

/** Finds a user whom the actor may see; for all others there is no such person. */
export async function findUser(db: Knex, actor: Actor, id: number): Promise<User | undefined> {
  const query = db('users as u')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .where({ 'u.id': id, 'u.deleted_at': null })
  const row = (await withinReach(query, actor, 'user.see').first(
    ...OWN.map(column => `u.${column}`),
    'a.official_name',
    'a.official_language',
    'a.kind',
    db.raw(OF_ACCESS_MANAGER),
    standingsColumn(db, actor),
  )) as UserRow | undefined
  return row && userFrom(row)
}

function userFrom(row: UserRow): User {
  return {
    ...accountFrom(row),
    authorityId: row.authority_id,
    authorityName: row.official_name,
    authorityLanguage: row.official_language,
    authorityKind: row.kind,
    ofAccessManager: row.of_access_manager,
    givenName: row.given_name,
    familyName: row.family_name,
    telephone: row.telephone,
    language: row.language,
    status: statusOf({ firstSignedInAt: row.first_signed_in_at }),
    registeredAt: row.registered_at,
    version: row.version,
    standings: row.standings,
  }
}

/** Whether an address is the personal one of a user. */
export async function belongsToUser(db: Knex, email: string): Promise<boolean> {
  return (await findHolder(db, email)) !== undefined
}

/** The user whose e-mail address this is. */
export async function findHolder(
  db: Knex,
  email: string,
): Promise<{ id: number; authorityId: number; name: string } | undefined> {
  if (email === '') return undefined
  return db('users')
    .whereRaw('lower(email) = ?', [email.toLowerCase()])
    .where({ deleted_at: null })
    .first({
      id: 'id',
      authorityId: 'authority_id',
      name: db.raw(`given_name || ' ' || family_name`),
    })
}

/** The users whose e-mail addresses these are, by the address in lower case: however many, in one statement. */
export async function findHolders(
  db: Knex,
  emails: readonly string[],
): Promise<Map<string, { authorityId: number; name: string }>> {
  const asked = [...new Set(emails.map(email => email.toLowerCase()))].filter(email => email !== '')
  const rows = await db('users')
    .whereRaw('lower(email) = any(cast(? as text[]))', [asked])
    .where({ deleted_at: null })
    .select<{ email: string; authorityId: number; name: string }[]>(
      { authorityId: 'authority_id' },
      db.raw('lower(email) as email'),
      db.raw(`given_name || ' ' || family_name as name`),
    )
  return new Map(rows.map(({ email, ...holder }) => [email, holder]))
}

/** What became of the last mail to this user that carried a temporary password. */
export async function findPasswordMail(db: Knex, userId: number): Promise<PasswordMail | null> {
  const row = (await db('users as u').joinRaw(LAST_MAIL).where('u.id', userId).first('mail.*')) as
    LastMailRow | undefined
  return row ? mailFrom(row) : null
}

/** What people can be written to in: every official language of the countries. */
export const listLanguages = (db: Knex): Promise<string[]> =>
  db
    .raw<{ rows: { language: string }[] }>('select distinct unnest(languages) as language from countries order by 1')
    .then(found => found.rows.map(({ language }) => language))

const FIRST = `
  select not exists (select from grants g where g.authority_id = :authority)
    and not exists (select from users u where u.authority_id = :authority and u.deleted_at is null and u.id <> :id) as first`

/** Whether a user is all that there is of an authority yet: it has no module, and nobody else. */
export async function isFirstOf(db: Knex, { id, authorityId }: Pick<User, 'id' | 'authorityId'>): Promise<boolean> {
  const [found] = await rowsOf<{ first: boolean }>(db, FIRST, { id, authority: authorityId })
  return found?.first ?? false
}
