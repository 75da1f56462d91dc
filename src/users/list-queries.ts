import type { Knex } from 'knex'
import type { PasswordProfile } from '../passwords/index.ts'
import { type Page, paginate, type SortColumn } from '../platform/web/list.ts'
import type { Role } from '../policy.ts'
import type { UserSearch } from './forms.ts'
import { ACCOUNT, accountFrom, type AccountRow } from './account-row.ts'
import { LAST_MAIL, type LastMailRow, mailFrom } from './last-mail.ts'
import { problemsUnder, problemTimes } from './password-problems.ts'
import type { ListedUser } from './user.ts'

interface ListedUserRow extends AccountRow, LastMailRow {
  roles: { module: string; roles: Role[] }[] | null
}

const ROLES = `
  (select json_agg(json_build_object('module', of_module.name, 'roles', of_module.roles) order by of_module.id) from (
    select m.id, coalesce(m.names->>?, m.names->>'en') as name, json_agg(r.role order by r.role) as roles
    from user_roles r join modules m on m.id = r.module_id where r.user_id = u.id group by m.id) of_module) as roles`

/** Who never signed in stands as if it had been before all others. */
const SEEN = `cross join lateral (select coalesce(u.last_signed_in_at, timestamptz 'epoch') as seen_at) seen`

const BY_NAME: readonly [SortColumn, ...SortColumn[]] = [
  { column: 'u.family_name', field: 'family_name', type: 'text' },
  { column: 'u.given_name', field: 'given_name', type: 'text' },
  { column: 'u.id', field: 'id', type: 'integer' },
]

const sorts: Record<UserSearch['sort'], readonly [SortColumn, ...SortColumn[]]> = {
  name: BY_NAME,
  lastSignIn: [
    { column: 'seen.seen_at', field: 'seen_at', type: 'timestamptz', descending: true },
    { column: 'u.id', field: 'id', type: 'integer' },
  ],
}

/** The users of an authority with the state of their accounts (D5). */
export async function listUsers(
  db: Knex,
  lang: string,
  authorityId: number,
  ask: { search: UserSearch; path: string; at: Date; profile: PasswordProfile },
): Promise<Page<ListedUser>> {
  const { search, at, profile } = ask
  const query = db('users as u')
    .joinRaw(LAST_MAIL)
    .joinRaw(SEEN)
    .where({ 'u.authority_id': authorityId, 'u.deleted_at': null })
    .select(ACCOUNT.map(column => `u.${column}`))
    .select('mail.*', 'seen.seen_at', db.raw(ROLES, [lang]))
  if (search.status === 'new') query.whereNull('u.first_signed_in_at')
  if (search.status === 'active') query.whereNotNull('u.first_signed_in_at')
  if (search.problems === 'yes') {
    query.whereRaw(`(${Object.values(problemsUnder(profile)).join(' or ')})`, problemTimes(at))
  }
  const page = await paginate<ListedUserRow>(query, { search: { ...search }, path: ask.path, sort: sorts[search.sort] })
  return { ...page, rows: page.rows.map(listedUserFrom) }
}

const listedUserFrom = (row: ListedUserRow): ListedUser => ({
  ...accountFrom(row),
  firstSignedInAt: row.first_signed_in_at,
  roles: row.roles ?? [],
  mail: mailFrom(row),
})
