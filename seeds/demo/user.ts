import { countries } from '../reference/countries.ts'
import { modules } from '../reference/modules.ts'
import { demoAuthorities } from './authorities.ts'
import type { DemoAuthority, DemoGrant } from './authority.ts'
import { personalAddress, userPhone } from './contact.ts'

export type DemoRole = 'handler' | 'allocator' | 'approver' | 'referee' | 'alert-handler'

/**
 * new: never signed in, the temporary password still valid. temporary-expired: never signed in, and too late.
 * temporary: had been active, and was sent a new password. expiring: valid for some days only. Left out: active, with a valid password.
 */
export type DemoUserState = 'new' | 'temporary' | 'temporary-expired' | 'blocked' | 'expiring' | 'expired'

export interface DemoRoles {
  module: string
  roles: DemoRole[]
}

export interface DemoUser {
  username: string
  /** Key of the authority. */
  authority: string
  givenName: string
  familyName: string
  email: string
  phone: string
  language: string
  administrator?: true
  dataAdministrator?: 'all' | string[]
  imiAdministrator?: true
  roles: DemoRoles[]
  state?: DemoUserState
}

/** What a person is at the authority: its administrator with every role it has to give, a basic user, or these roles. */
export type Position = 'administrator' | 'basic user' | DemoRoles[]

export type DemoPerson = [
  username: string,
  authority: string,
  givenName: string,
  familyName: string,
  position: Position,
  state?: DemoUserState,
]

/** Turns the written rows into users: roles, rights, language and contact data follow from the authority (roles.md). */
export function asUsers(people: DemoPerson[]): DemoUser[] {
  const countOf = new Map<string, number>()
  return people.map(person => {
    const authority = authorityOf(person[1])
    const number = countOf.get(authority.country) ?? 0
    countOf.set(authority.country, number + 1)
    return asUser(person, authority, number)
  })
}

function asUser(person: DemoPerson, authority: DemoAuthority, number: number): DemoUser {
  const [username, key, givenName, familyName, position, state] = person
  return {
    username,
    authority: key,
    givenName,
    familyName,
    email: personalAddress(givenName, familyName, key),
    phone: userPhone(authority.country, number),
    language: languageOf(authority),
    ...(position === 'administrator' && rightsOfAdministrator(authority)),
    roles: rolesOf(position, authority),
    ...(state && { state }),
  }
}

function rightsOfAdministrator(authority: DemoAuthority) {
  const scope = authority.kind === 'national-coordinator' ? 'all' : authority.delegation?.modules
  return {
    administrator: true as const,
    ...(scope && { dataAdministrator: scope }),
    ...(authority.kind === 'commission' && { imiAdministrator: true as const }),
  }
}

function rolesOf(position: Position, authority: DemoAuthority): DemoRoles[] {
  if (position === 'basic user') return []
  if (position !== 'administrator') return position
  return authority.grants.map(grant => ({ module: grant.module, roles: rolesToGive(grant) }))
}

/** The roles that an authority can give its users with this grant. */
export function rolesToGive(grant: DemoGrant): DemoRole[] {
  if (modules.find(({ code }) => code === grant.module)?.workflow === 'alerts') return ['alert-handler']
  const allocator: DemoRole[] = grant.settings?.usesAllocation ? ['allocator'] : []
  const coordinator: DemoRole[] = grant.role === 'coordinator' ? ['approver', 'referee'] : []
  return ['handler', ...allocator, ...coordinator]
}

/** The working language of the country's people; the Commission's write English. */
function languageOf({ country }: DemoAuthority): string {
  return country === 'EU' ? 'en' : (countries.find(({ code }) => code === country)?.languages[0] ?? 'en')
}

function authorityOf(key: string): DemoAuthority {
  const authority = demoAuthorities.find(candidate => candidate.key === key)
  if (!authority) throw new Error(`no demo authority ${key}`)
  return authority
}
