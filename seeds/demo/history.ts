import type { AuthorityData } from '../../src/authorities/index.ts'
import { type ActingParty, type Change, change } from '../../src/platform/db/change.ts'
import { insertRegister } from '../../src/registers/index.ts'
import { demoAuthorities } from './authorities.ts'
import type { DemoAuthority, DemoGrant } from './authority.ts'
import { demoInvitations } from './invitations.ts'
import { registeredAt } from './load-user.ts'
import { administratorOf, ago, daysAgo, idOf, type Loading, SUSPENSION_REASON, suspendedAt } from './loading.ts'
import { type DemoRegister, demoRegisters } from './registers.ts'
import type { DemoUser } from './user.ts'
import { demoUsers } from './users.ts'

/** Something that happened in the demo world: when, at which authority sat who did it, and how it stands in the history. */
interface Happening {
  at: Date
  by: string
  tell: (c: Change) => Promise<void>
}

/**
 * Writes what happened until now into the histories, in its order, as the acts themselves would have. Public registers are listed on
 * the way.
 */
export async function loadHistory(loading: Loading): Promise<void> {
  const happenings = [
    ...demoAuthorities.flatMap(authority => lifeOf(loading, authority)),
    ...demoUsers.map(user => registration(loading, user)),
    ...demoRegisters.map(register => listing(loading, register)),
  ]
  const together = Map.groupBy(happenings, ({ at, by }) => `${at.toISOString()} ${by}`)
  const inOrder = [...together.values()].toSorted(
    ([one], [other]) => (one?.at.getTime() ?? 0) - (other?.at.getTime() ?? 0),
  )
  for (const group of inOrder) {
    const [{ at, by }] = group as [Happening, ...Happening[]]
    const context = { db: loading.db, keys: loading.keys, clock: { now: () => at } }
    await change(context, actorAt(loading, by), async c => {
      for (const { tell } of group) await tell(c)
    })
  }
}

function actorAt({ users, authorities }: Loading, authority: string): ActingParty {
  return { id: idOf(users, administratorOf(authority)), authorityId: idOf(authorities, authority), name: null }
}

/** Authorities that registered themselves. */
const invited = new Set(demoInvitations.map(({ became }) => became))

/** Registered, given access management, granted modules, some of them suspended, deactivated. */
function lifeOf(loading: Loading, authority: DemoAuthority): Happening[] {
  const { now, authorities } = loading
  const { registeredBy: by, delegation, state } = authority
  const id = idOf(authorities, authority.key)
  const subject = { type: 'authority', id, authorityId: id }
  const registered: Happening = {
    at: daysAgo(now, 400),
    by,
    tell: c =>
      c.record(invited.has(authority.key) ? 'authority.validated' : 'authority.registered', subject, dataOf(authority)),
  }
  return [
    registered,
    ...authority.grants.flatMap(grant => grantHappenings(loading, authority, grant)),
    ...(delegation ? [delegationGiven(loading, authority, delegation)] : []),
    ...(state ? [deactivation(subject, by, ago(now, state.deactivatedAgo))] : []),
  ]
}

const deactivation = (subject: { type: string; id: number }, by: string, at: Date): Happening => ({
  at,
  by,
  tell: c =>
    c.record('authority.deactivated', subject, { before: { status: 'active' }, after: { status: 'deactivated' } }),
})

function grantHappenings(
  { db, now, authorities, modules, users }: Loading,
  authority: DemoAuthority,
  grant: DemoGrant,
): Happening[] {
  const { module, role } = grant
  const { registeredBy: by } = authority
  const authorityId = idOf(authorities, authority.key)
  const subjectOf = async () => {
    const where = { authority_id: authorityId, module_id: idOf(modules, module) }
    const { id } = (await db('grants').where(where).first('id')) as { id: number }
    return { type: 'grant', id, authorityId }
  }
  const settings = grant.settings ?? {}
  const coordinators = (grant.coordinators ?? []).map(key => idOf(authorities, key))
  const administrators = demoUsers
    .filter(user => user.authority === authority.key && user.administrator)
    .map(({ username }) => idOf(users, username))
  const given: Happening = {
    at: daysAgo(now, 390),
    by,
    tell: async c =>
      c.record('grant.given', await subjectOf(), {
        module,
        role,
        settings,
        coordinators,
        keywords: [],
        administrators,
      }),
  }
  if (grant.status !== 'suspended') return [given]
  const after = { status: 'suspended', reason: SUSPENSION_REASON } as const
  const suspension: Happening = {
    at: suspendedAt(authority, now),
    by,
    tell: async c =>
      c.record('grant.suspended', await subjectOf(), { module, role, before: { status: 'active' }, after }),
  }
  return [given, suspension]
}

function delegationGiven(
  { now, authorities, modules, users }: Loading,
  { key }: DemoAuthority,
  { by, modules: given, region }: NonNullable<DemoAuthority['delegation']>,
): Happening {
  const id = idOf(authorities, key)
  const delegatedModules = given === 'all' ? [...modules.keys()] : given
  const people = demoUsers
    .filter(user => user.authority === key && user.administrator)
    .map(({ username }) => idOf(users, username))
  const details = {
    before: { delegatedModules: [], region: null },
    after: { delegatedModules, region: region ?? null },
    authorities: 0,
    takenOver: 0,
    people,
  }
  return {
    at: daysAgo(now, 300),
    by,
    tell: c => c.record('delegation.given', { type: 'authority', id, authorityId: id }, details),
  }
}

/** Administrators are registered with their authority, the others by them. */
function registration({ now, users, authorities }: Loading, user: DemoUser): Happening {
  const { authority, username, administrator = false, imiAdministrator = false } = user
  const { registeredBy = authority } = demoAuthorities.find(({ key }) => key === authority) ?? {}
  const roles = user.roles.flatMap(({ module, roles: given }) =>
    given.map(role => `${module}: ${role.replace('-', ' ')}`),
  )
  const subject = { type: 'user', id: idOf(users, username), authorityId: idOf(authorities, authority) }
  const rights = { administrator, imiAdministrator, ...(!administrator && { roles }) }
  return {
    at: registeredAt(user, now),
    by: administrator ? registeredBy : authority,
    tell: c => c.record('user.registered', subject, rights),
  }
}

/** An authority's administrator lists a public register (J2). */
const listing = ({ now, authorities }: Loading, { by, ago: days, ...data }: DemoRegister): Happening => ({
  at: daysAgo(now, days),
  by,
  tell: async c => {
    await insertRegister(c, idOf(authorities, by), data)
  },
})

const dataOf = (authority: DemoAuthority): AuthorityData => ({
  country: authority.country,
  names: { [authority.officialLanguage]: authority.officialName },
  titles: authority.titles,
  street: authority.address.street,
  postalNumber: authority.address.postcode,
  city: authority.address.city,
  telephone: authority.phone,
  website: authority.website,
  email: authority.email,
  languages: authority.languages,
  type: authority.type,
  level: authority.level,
  region: authority.region ?? null,
  policyAreas: authority.policyAreas,
  economicActivities: authority.nace,
  keywords: authority.keywords,
})
