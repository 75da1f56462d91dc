import type { Knex } from 'knex'
import { type Page, paginate } from '../platform/web/list.ts'
import type { Actor, Role, Standing } from '../policy.ts'
import { standingsColumn, withinReach } from '../reach.ts'
import { type ListedUser, type PasswordMail, statusOf, type User } from './user.ts'

interface UserRow {
  id: number
  authority_id: number
  official_name: string
  official_language: string
  given_name: string
  family_name: string
  email: string
  telephone: string
  language: string
  username: string
  first_signed_in_at: Date | null
  standings: Standing[]
}

/** Finds a user whom the actor may see; for all others there is no such person. */
export async function findUser(db: Knex, actor: Actor, id: number): Promise<User | undefined> {
  const query = db('users as u')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .where({ 'u.id': id, 'u.deleted_at': null })
  const row = (await withinReach(query, actor, 'user.see').first(
    'u.id',
    'u.authority_id',
    'u.given_name',
    'u.family_name',
    'u.email',
    'u.telephone',
    'u.language',
    'u.username',
    'u.first_signed_in_at',
    'a.official_name',
    'a.official_language',
    standingsColumn(db, actor),
  )) as UserRow | undefined
  return row && userFrom(row)
}

function userFrom(row: UserRow): User {
  return {
    id: row.id,
    authorityId: row.authority_id,
    authorityName: row.official_name,
    authorityLanguage: row.official_language,
    name: `${row.given_name} ${row.family_name}`,
    email: row.email,
    telephone: row.telephone,
    language: row.language,
    username: row.username,
    status: statusOf({ firstSignedInAt: row.first_signed_in_at }),
    standings: row.standings,
  }
}

/** Whether an address is the personal one of a user. */
export async function belongsToUser(db: Knex, email: string): Promise<boolean> {
  if (email === '') return false
  const found = await db('users')
    .whereRaw('lower(email) = ?', [email.toLowerCase()])
    .where({ deleted_at: null })
    .first<{ id: number } | undefined>('id')
  return found !== undefined
}

interface ListedUserRow {
  id: number
  given_name: string
  family_name: string
  email: string
  username: string
  administrator: boolean
  imi_administrator: boolean
  data_administrator: 'none' | 'all' | 'chosen'
  password_temporary: boolean
  password_set_at: Date
  blocked_at: Date | null
  first_signed_in_at: Date | null
  last_signed_in_at: Date | null
  roles: { module: string; roles: Role[] }[] | null
  mail_state: PasswordMail['state'] | null
  mail_at: Date
  mail_error: string | null
}

const LISTED = [
  'id',
  'given_name',
  'family_name',
  'email',
  'username',
  'administrator',
  'imi_administrator',
  'data_administrator',
  'password_temporary',
  'password_set_at',
  'blocked_at',
  'first_signed_in_at',
  'last_signed_in_at',
]

const ROLES = `
  (select json_agg(json_build_object('module', of_module.name, 'roles', of_module.roles) order by of_module.id) from (
    select m.id, coalesce(m.names->>?, m.names->>'en') as name, json_agg(r.role order by r.role) as roles
    from user_roles r join modules m on m.id = r.module_id where r.user_id = u.id group by m.id) of_module) as roles`

const LAST_MAIL = `
  left join lateral (
    select e.state as mail_state, coalesce(e.sent_at, e.created_at) as mail_at, e.last_error as mail_error from emails e
    where e.about_type = 'user' and e.about_id = u.id and e.template in ('users/temporary-password', 'users/password-reset')
    order by e.id desc limit 1) mail on true`

/** The users of an authority, by name, with the state of their accounts (D5). */
export async function listUsers(
  db: Knex,
  lang: string,
  authorityId: number,
  ask: { search: { after: string; before: string }; path: string },
): Promise<Page<ListedUser>> {
  const query = db('users as u')
    .joinRaw(LAST_MAIL)
    .where({ 'u.authority_id': authorityId, 'u.deleted_at': null })
    .select(LISTED.map(column => `u.${column}`))
    .select('mail.*', db.raw(ROLES, [lang]))
  const page = await paginate<ListedUserRow>(query, {
    ...ask,
    sort: [
      { column: 'u.family_name', field: 'family_name', type: 'text' },
      { column: 'u.given_name', field: 'given_name', type: 'text' },
      { column: 'u.id', field: 'id', type: 'integer' },
    ],
  })
  return { ...page, rows: page.rows.map(listedUserFrom) }
}

function listedUserFrom(row: ListedUserRow): ListedUser {
  return {
    id: row.id,
    name: `${row.given_name} ${row.family_name}`,
    email: row.email,
    username: row.username,
    administrator: row.administrator,
    imiAdministrator: row.imi_administrator,
    dataAdministrator: row.data_administrator,
    roles: row.roles ?? [],
    passwordTemporary: row.password_temporary,
    passwordSetAt: row.password_set_at,
    blockedAt: row.blocked_at,
    firstSignedInAt: row.first_signed_in_at,
    lastSignedInAt: row.last_signed_in_at,
    mail: row.mail_state && { state: row.mail_state, at: row.mail_at, error: row.mail_error },
  }
}
