import { foldWords, nameKey, websiteKey } from '../../src/authorities/index.ts'
import type { MadeAuthority, MadeGrant } from './authority.ts'
import type { Value } from './copy.ts'
import type { Ground } from './country.ts'
import type { MadeUser } from './people.ts'

/** The columns that are written, table by table; a table stands after those it points to. */
export const columns = {
  authorities:
    'id, country, kind, status, official_name, official_language, street, postal_number, city, telephone, website, email, languages, type, level, region, validating_authority_id, sort_name, name_key, website_key, registered_at, deactivated_at',
  authority_names: 'authority_id, language, name',
  authority_titles: 'authority_id, language, title',
  authority_access_managers: 'authority_id, manager_id, since',
  authority_policy_areas: 'authority_id, policy_area',
  authority_economic_activities: 'authority_id, economic_activity',
  authority_keywords: 'authority_id, keyword_id',
  delegations: 'authority_id, region, all_modules, since',
  delegation_modules: 'authority_id, module_id',
  grants: 'id, authority_id, module_id, role, status, suspended_at, granted_by, granted_at',
  grant_coordinators: 'grant_id, coordinator_id',
  users:
    'id, authority_id, given_name, family_name, email, telephone, language, username, administrator, data_administrator, password_hash, password_temporary, password_set_at, security_code, first_signed_in_at, last_signed_in_at, registered_at',
  user_roles: 'user_id, module_id, role, given_at',
} as const

export type Table = keyof typeof columns
export const tables = Object.keys(columns) as Table[]

/** Rows on their way into the database. */
export type Rows = Record<Table, Value[][]>

export const noRows = (): Rows => Object.fromEntries(tables.map(table => [table, []])) as unknown as Rows

/** Nobody has a telephone there: no country has this code. */
const TELEPHONE = '+999 000 00 00'

/** The rows of one authority itself: names, managers, classification, delegation. */
export function addAuthority(rows: Rows, ground: Ground, authority: MadeAuthority, now: Date): void {
  const { id, naming, language, field, delegation } = authority
  const names = [naming.officialName, ...Object.values(naming.titles)]
  const sortName = foldWords(naming.officialName).join(' ')
  const keyword = ground.keywords.get(field.keyword)
  rows.authorities.push(authorityRow(authority, sortName, nameKey(names), now))
  rows.authority_names.push([id, language, naming.officialName])
  for (const [code, title] of Object.entries(naming.titles)) rows.authority_titles.push([id, code, title])
  for (const manager of authority.managers) rows.authority_access_managers.push([id, manager, now])
  rows.authority_policy_areas.push([id, field.policyArea])
  rows.authority_economic_activities.push([id, field.economicActivity])
  if (keyword) rows.authority_keywords.push([id, keyword.id])
  if (!delegation) return
  rows.delegations.push([id, delegation.region, delegation.all, now])
  if (!delegation.all) rows.delegation_modules.push([id, moduleId(ground, delegation.module)])
}

function authorityRow(authority: MadeAuthority, sortName: string, key: string, now: Date): Value[] {
  const { id, country, kind, status, naming, language, type, region } = authority
  const domain = `${country.toLowerCase()}.imi-scale.example`
  const website = `https://www.a${id}.${domain}`
  return [
    ...[id, country, kind, status, naming.officialName, language],
    ...[`${naming.city} ${(id % 90) + 1}`, String(10_000 + (id % 90_000)), naming.city, TELEPHONE],
    ...[website, `office.${id}@${domain}`, [...new Set([language, 'en'])], type],
    ...[LEVELS[naming.kind % LEVELS.length] ?? 'national', region, authority.managers[0] ?? null],
    ...[sortName, key, websiteKey(website), now, status === 'deactivated' ? now : null],
  ]
}

const LEVELS = ['national', 'regional', 'local']

/** A grant with its coordinators. */
export function addGrant(
  rows: Rows,
  ground: Ground,
  id: number,
  authority: MadeAuthority,
  grant: MadeGrant,
  now: Date,
): void {
  const suspended = grant.suspended ? now : null
  const status = grant.suspended ? 'suspended' : 'active'
  const module = moduleId(ground, grant.module)
  const granted = [authority.managers[0] ?? null, now] as const
  rows.grants.push([id, authority.id, module, grant.role, status, suspended, ...granted])
  for (const coordinator of grant.coordinators) rows.grant_coordinators.push([id, coordinator])
}

/** A person with what lets them in, and their roles. */
export function addUser(
  rows: Rows,
  ground: Ground,
  authority: MadeAuthority,
  user: MadeUser,
  secrets: { hash: string; code: string | null },
  now: Date,
): void {
  const signedIn = user.fresh ? null : now
  rows.users.push([
    ...[user.id, authority.id, user.givenName, user.familyName, user.email, TELEPHONE, authority.language],
    ...[user.username, user.administrator, user.dataAdministrator ? 'all' : 'none'],
    ...[secrets.hash, user.fresh, now, secrets.code, signedIn, signedIn, now],
  ])
  for (const { module, role } of user.roles) rows.user_roles.push([user.id, moduleId(ground, module), role, now])
}

function moduleId({ modules }: Ground, code: string): number {
  const module = modules.get(code)
  if (!module) throw new Error(`No module ${code}`)
  return module.id
}
