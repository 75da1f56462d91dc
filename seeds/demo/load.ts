import type { Knex } from 'knex'
import { comparable, indexAllWords, nameKey, websiteKey } from '../../src/authorities/index.ts'
import { hashPassword } from '../../src/passwords/index.ts'
import { days } from '../../src/platform/clock.ts'
import type { Keyring } from '../../src/platform/secrets.ts'
import { demoAuthorities } from './authorities.ts'
import type { DemoAuthority, DemoGrant } from './authority.ts'
import { loadHistory } from './history.ts'
import { loadInvitations } from './load-invitations.ts'
import { loadUser } from './load-user.ts'
import { ago, idOf, insertAll, type Loading, SUSPENSION_REASON, suspendedAt } from './loading.ts'
import { loadRequests } from './requests/load-requests.ts'
import { demoUsers } from './users.ts'

/** What every demo user signs in with; README and `npm start` print it. */
export const DEMO_PASSWORD = 'Imi-demo-2026'
export const DEMO_SECURITY_CODE = 'Demo2026Code'

const KINDS = {
  competent: 'competent',
  'national-coordinator': 'national coordinator',
  commission: 'commission',
} as const

/**
 * Fills an empty register with the demo's small Europe (spec/demo.md), in one transaction. Does nothing where any authority
 * stands already, so that what visitors entered is kept.
 * @returns whether it filled the register
 */
export async function loadDemo(knex: Knex, options: { keys: Keyring; now: Date }): Promise<boolean> {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  return knex.transaction(async db => {
    await db.raw(`select pg_advisory_xact_lock(hashtext('demo world'))`)
    if (await db('authorities').first('id')) return false
    const modules = await db('modules').select<{ id: number; code: string }[]>('id', 'code')
    const loading: Loading = {
      db,
      ...options,
      authorities: new Map(),
      modules: new Map(modules.map(({ code, id }) => [code, id])),
      passwordHash,
      securityCode: DEMO_SECURITY_CODE,
      users: new Map(),
    }
    for (const authority of demoAuthorities) await loadAuthority(loading, authority)
    for (const authority of demoAuthorities) await loadRelations(loading, authority)
    for (const user of demoUsers) await loadUser(loading, user)
    await loadHistory(loading)
    await loadInvitations(loading)
    await loadRequests(loading)
    await indexAllWords(db)
    return true
  })
}

async function loadAuthority({ db, now, authorities }: Loading, authority: DemoAuthority): Promise<void> {
  const [row] = await db('authorities')
    .insert({
      country: authority.country,
      kind: KINDS[authority.kind ?? 'competent'],
      status: authority.state ? 'deactivated' : 'active',
      official_name: authority.officialName,
      official_language: authority.officialLanguage,
      street: authority.address.street,
      postal_number: authority.address.postcode,
      city: authority.address.city,
      telephone: authority.phone,
      website: authority.website,
      email: authority.email,
      languages: authority.languages,
      type: authority.type,
      level: authority.level,
      region: authority.region ?? null,
      sort_name: comparable(authority.officialName),
      name_key: nameKey([authority.officialName, ...Object.values(authority.titles)]),
      website_key: websiteKey(authority.website),
      registered_at: new Date(now.getTime() - days(400)),
      deactivated_at: authority.state ? ago(now, authority.state.deactivatedAgo) : null,
      data_confirmed_at: new Date(now.getTime() - days(100)),
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  authorities.set(authority.key, id)
  const { officialLanguage: language, officialName: name, titles } = authority
  await db('authority_names').insert({ authority_id: id, language, name })
  await insertAll(
    db,
    'authority_titles',
    Object.entries(titles).map(([lang, title]) => ({ authority_id: id, language: lang, title })),
  )
}

/** Managers, delegation, classification, grants: what points at other authorities, once all of them stand. */
async function loadRelations(loading: Loading, authority: DemoAuthority): Promise<void> {
  const { db, now } = loading
  const id = idOf(loading.authorities, authority.key)
  const since = new Date(now.getTime() - days(400))
  const managers = [...new Set([authority.registeredBy, ...(authority.accessManagers ?? [])])]
    .map(key => idOf(loading.authorities, key))
    .filter(manager => manager !== id)
  await db('authorities')
    .where({ id })
    .update({ validating_authority_id: managers[0] ?? null })
  await insertAll(
    db,
    'authority_access_managers',
    managers.map(manager_id => ({ authority_id: id, manager_id, since })),
  )
  await insertAll(
    db,
    'authority_policy_areas',
    authority.policyAreas.map(policy_area => ({ authority_id: id, policy_area })),
  )
  await insertAll(
    db,
    'authority_economic_activities',
    authority.nace.map(economic_activity => ({ authority_id: id, economic_activity })),
  )
  await db.raw(
    `insert into authority_keywords (authority_id, keyword_id) select ?, id from keywords where code = any(?)`,
    [id, authority.keywords],
  )
  await loadDelegation(loading, id, authority)
  for (const grant of authority.grants)
    await loadGrant(loading, { id, authority, grantedBy: managers[0] ?? null }, grant)
}

async function loadDelegation({ db, now, modules }: Loading, id: number, { delegation }: DemoAuthority): Promise<void> {
  if (!delegation) return
  const { modules: given, region = null } = delegation
  await db('delegations').insert({
    authority_id: id,
    region,
    all_modules: given === 'all',
    since: new Date(now.getTime() - days(300)),
  })
  if (given !== 'all')
    await insertAll(
      db,
      'delegation_modules',
      given.map(code => ({ authority_id: id, module_id: idOf(modules, code) })),
    )
}

async function loadGrant(
  { db, now, modules, authorities }: Loading,
  { id: authorityId, authority, grantedBy }: { id: number; authority: DemoAuthority; grantedBy: number | null },
  grant: DemoGrant,
): Promise<void> {
  const { settings = {} } = grant
  const [row] = await db('grants')
    .insert({
      authority_id: authorityId,
      module_id: idOf(modules, grant.module),
      role: grant.role,
      status: grant.status ?? 'active',
      approves_requests: settings.approvesRequests ?? false,
      approves_replies: settings.approvesReplies ?? false,
      takes_part_in_referrals: settings.takesPart ?? true,
      may_refuse: settings.mayRefuse ?? false,
      uses_allocation: settings.usesAllocation ?? false,
      coordinator_sees_details: settings.coordinatorSeesDetails ?? false,
      granted_at: new Date(now.getTime() - days(390)),
      granted_by: grantedBy,
      suspension_reason: grant.status === 'suspended' ? SUSPENSION_REASON : '',
      suspended_at: grant.status === 'suspended' ? suspendedAt(authority, now) : null,
    })
    .returning<{ id: number }[]>('id')
  const links = (grant.coordinators ?? []).map(key => ({ grant_id: row?.id, coordinator_id: idOf(authorities, key) }))
  await insertAll(db, 'grant_coordinators', links)
}

/** What `npm start` prints: the usernames of the cast with their authorities, and what all of them sign in with. */
export function demoAccounts(): string {
  const cast = demoUsers.filter(({ username }) => username.includes('-'))
  const lines = cast.map(({ username, authority }) => {
    const { officialName = '', country = '' } = demoAuthorities.find(({ key }) => key === authority) ?? {}
    return `  ${username.padEnd(14)} ${officialName} (${country})`
  })
  return [`Demo accounts, all with password ${DEMO_PASSWORD} and security code ${DEMO_SECURITY_CODE}:`, ...lines].join(
    '\n',
  )
}
