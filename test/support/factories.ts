import { randomInt } from 'node:crypto'
import type { Knex } from 'knex'
import type { Role } from '../../src/policy.ts'
import { seal } from '../../src/platform/secrets.ts'

export const PASSWORD = 'Imi-test-2026'
export const SECURITY_CODE = 'Test2026Code'
/** argon2id of PASSWORD, made once: hashing for each user would be most of the time of the tests. */
const PASSWORD_HASH =
  '$argon2id$v=19$m=19456,p=1,t=2$deksaiYB7WXJq6tyYuOJ4Q$zK5IVaTt8/Rs9E17zmpnOnVuneL7gKc4YJl3pTrEtpE'

const KEYS = { current: 'test', keys: { test: Buffer.alloc(32, 7) } }
const AT = new Date('2026-11-01T09:00:00Z')

let counter = randomInt(1_000) * 1_000
const next = (): number => (counter += 1)

export interface AnAuthority {
  id: number
  country: string
  officialName: string
  email: string
}

interface AuthorityWishes {
  country?: string
  officialName?: string
  language?: string
  kind?: 'competent' | 'national coordinator' | 'commission'
  status?: 'to validate' | 'active' | 'deactivated'
  deactivatedAt?: Date
  email?: string
  website?: string
  city?: string
  region?: string
  level?: 'national' | 'regional' | 'local'
  titles?: Record<string, string>
  /** Access managers of record; the first one is the validating authority. */
  managers?: { id: number }[]
}

/** The smallest valid authority; a counter makes it unique. */
export async function anAuthority(db: Knex, wishes: AuthorityWishes = {}): Promise<AnAuthority> {
  const n = next()
  const { country = 'SE', officialName = `Myndigheten ${n}`, language = 'sv', status = 'active' } = wishes
  const email = wishes.email ?? `office${n}@authority.test`
  const [row] = await db('authorities')
    .insert({
      country,
      kind: wishes.kind ?? 'competent',
      status,
      official_name: officialName,
      official_language: language,
      telephone: '+46 8 000 00 00',
      city: wishes.city ?? 'Stockholm',
      website: wishes.website ?? '',
      website_key: wishes.website ? new URL(wishes.website).host.replace(/^www\./, '') : '',
      email,
      languages: [language, 'en'],
      level: wishes.level ?? 'national',
      region: wishes.region ?? null,
      sort_name: officialName.toLowerCase(),
      name_key: officialName.toLowerCase(),
      registered_at: AT,
      deactivated_at: status === 'deactivated' ? (wishes.deactivatedAt ?? AT) : null,
      validating_authority_id: wishes.managers?.[0]?.id ?? null,
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  await db('authority_names').insert({ authority_id: id, language, name: officialName })
  for (const [lang, title] of Object.entries(wishes.titles ?? {}))
    await db('authority_titles').insert({ authority_id: id, language: lang, title })
  for (const manager of wishes.managers ?? [])
    await db('authority_access_managers').insert({ authority_id: id, manager_id: manager.id, since: AT })
  return { id, country, officialName, email }
}

/** The national coordinator of a country: manages all of it by itself. */
export const aNationalCoordinator = (db: Knex, country: string, wishes: AuthorityWishes = {}): Promise<AnAuthority> =>
  anAuthority(db, { country, kind: 'national coordinator', ...wishes })

export const theCommission = (db: Knex): Promise<AnAuthority> =>
  anAuthority(db, { country: 'EU', kind: 'commission', officialName: 'European Commission', language: 'en' })

export interface AUser {
  id: number
  username: string
  email: string
  name: string
}

interface UserWishes {
  givenName?: string
  familyName?: string
  language?: string
  email?: string
  username?: string
  administrator?: boolean
  dataAdministrator?: 'none' | 'all' | readonly string[]
  imiAdministrator?: boolean
  roles?: Record<string, readonly Role[]>
  passwordTemporary?: boolean
  passwordSetAt?: Date
  blockedAt?: Date
  deletedAt?: Date
  signedInAt?: Date | null
}

/** A user who has signed in before, with PASSWORD and SECURITY_CODE. */
export async function aUser(db: Knex, authority: { id: number }, wishes: UserWishes = {}): Promise<AUser> {
  const n = next()
  const { givenName = 'Kim', familyName = `Andersson${n}`, dataAdministrator = 'none' } = wishes
  const email = wishes.email ?? `person${n}@people.test`
  const username = wishes.username ?? `user${n}`
  const [row] = await db('users')
    .insert({
      authority_id: authority.id,
      given_name: givenName,
      family_name: familyName,
      email,
      telephone: '+46 70 000 00 00',
      language: wishes.language ?? 'en',
      username,
      administrator: wishes.administrator ?? false,
      data_administrator: typeof dataAdministrator === 'string' ? dataAdministrator : 'chosen',
      imi_administrator: wishes.imiAdministrator ?? false,
      password_hash: PASSWORD_HASH,
      password_temporary: wishes.passwordTemporary ?? false,
      password_set_at: wishes.passwordSetAt ?? AT,
      blocked_at: wishes.blockedAt ?? null,
      deleted_at: wishes.deletedAt ?? null,
      first_signed_in_at: wishes.signedInAt === null ? null : (wishes.signedInAt ?? AT),
      last_signed_in_at: wishes.signedInAt === null ? null : (wishes.signedInAt ?? AT),
      registered_at: AT,
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  await db('users')
    .where({ id })
    .update({
      security_code: wishes.passwordTemporary ? null : seal(KEYS, SECURITY_CODE, `security code of user ${id}`),
    })
  if (typeof dataAdministrator !== 'string') {
    for (const code of dataAdministrator)
      await db('user_data_modules').insert({ user_id: id, module_id: await moduleId(db, code) })
  }
  for (const [code, roles] of Object.entries(wishes.roles ?? {}))
    for (const role of roles)
      await db('user_roles').insert({ user_id: id, module_id: await moduleId(db, code), role, given_at: AT })
  return { id, username, email, name: `${givenName} ${familyName}` }
}

interface GrantWishes {
  role?: 'authority' | 'coordinator'
  status?: 'active' | 'suspended'
  coordinators?: { id: number }[]
  settings?: Partial<
    Record<
      | 'approves_requests'
      | 'approves_replies'
      | 'takes_part_in_referrals'
      | 'approves_alerts'
      | 'may_refuse'
      | 'uses_allocation'
      | 'coordinator_sees_details',
      boolean
    >
  >
}

export async function aGrant(
  db: Knex,
  authority: { id: number },
  module: string,
  wishes: GrantWishes = {},
): Promise<{ id: number; moduleId: number }> {
  const { role = 'authority', status = 'active' } = wishes
  const module_id = await moduleId(db, module)
  const [row] = await db('grants')
    .insert({
      authority_id: authority.id,
      module_id,
      role,
      status,
      granted_at: AT,
      suspended_at: status === 'suspended' ? AT : null,
      ...wishes.settings,
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  for (const coordinator of wishes.coordinators ?? [])
    await db('grant_coordinators').insert({ grant_id: id, coordinator_id: coordinator.id })
  return { id, moduleId: module_id }
}

/** Makes an authority access manager, wholly or for chosen modules, of the country or one region. */
export async function aDelegation(
  db: Knex,
  authority: { id: number },
  wishes: { modules?: 'all' | readonly string[]; region?: string } = {},
): Promise<void> {
  const { modules = 'all', region = null } = wishes
  await db('delegations').insert({ authority_id: authority.id, all_modules: modules === 'all', region, since: AT })
  if (modules === 'all') return
  for (const code of modules)
    await db('delegation_modules').insert({ authority_id: authority.id, module_id: await moduleId(db, code) })
}

interface InvitationWishes {
  email?: string
  name?: string
  language?: string
  status?: string
  state?: string
  modules?: readonly string[]
  sentAt?: Date
  /** The authority that was handed in with it. */
  registered?: { id: number }
}

/** An invitation in a submission of its own; sent, unless something was handed in with it. */
export async function anInvitation(
  db: Knex,
  inviter: { id: number },
  wishes: InvitationWishes = {},
): Promise<{ id: number; submissionId: number; email: string }> {
  const n = next()
  const { email = `invited${n}@invited.test`, sentAt = AT, status = wishes.registered ? 'registered' : 'sent' } = wishes
  const [submission] = await db('invitation_submissions')
    .insert({ inviter_id: inviter.id, made_at: AT, state: wishes.state ?? 'submitted', submitted_at: AT, submitted: 1 })
    .returning<{ id: number }[]>('id')
  const submissionId = submission?.id ?? 0
  const [row] = await db('invitations')
    .insert({
      inviter_id: inviter.id,
      submission_id: submissionId,
      line: 1,
      email,
      name: wishes.name ?? `Inbjudna ${n}`,
      language: wishes.language ?? 'en',
      status,
      made_at: AT,
      submitted_at: AT,
      sent_at: sentAt,
      expires_at: new Date(sentAt.getTime() + 30 * 86_400_000),
      authority_id: wishes.registered?.id ?? null,
      registered_at: wishes.registered ? AT : null,
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  for (const code of wishes.modules ?? [])
    await db('invitation_modules').insert({ invitation_id: id, module_id: await moduleId(db, code) })
  return { id, submissionId, email }
}

export async function moduleId(db: Knex, code: string): Promise<number> {
  const row = await db('modules').where({ code }).first<{ id: number } | undefined>('id')
  if (!row) throw new Error(`No module ${code}`)
  return row.id
}
