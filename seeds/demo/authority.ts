import { countries } from '../reference/countries.ts'
import { modules } from '../reference/modules.ts'
import { authorityPhone, functionalMailbox } from './contact.ts'

/** Of a grant; what is not named stands as in C3. */
export interface GrantSettings {
  approvesRequests?: boolean
  approvesReplies?: boolean
  takesPart?: boolean
  mayRefuse?: boolean
  usesAllocation?: boolean
  coordinatorSeesDetails?: boolean
}

export interface DemoGrant {
  module: string
  role: 'authority' | 'coordinator'
  status?: 'suspended'
  settings?: GrantSettings
  /** Keys of the linked coordinators. */
  coordinators?: string[]
}

/** An authority as written down here; `complete` adds what follows from the rest. */
export interface DemoEntry {
  key: string
  country: string
  officialName: string
  /** The country's first language when left out. */
  officialLanguage?: string
  /** Informal titles by language: at least English, Swedish and the country's own. */
  titles: Record<string, string>
  address: { street: string; postcode: string; city: string }
  website: string
  type: string
  /** National when left out. */
  level?: 'national' | 'regional' | 'local'
  region?: string
  /** Languages that the authority can read. */
  languages: string[]
  policyAreas: string[]
  nace: string[]
  keywords: string[]
  kind?: 'commission' | 'national-coordinator'
  /** Access management that the national coordinator has delegated to it (C8). */
  delegation?: { by: string; modules: 'all' | string[]; region?: string }
  registeredBy: string
  /** Access managers of record besides the one that registered it. */
  accessManagers?: string[]
  /** A national coordinator has every module without its being written here. */
  grants: DemoGrant[]
  /** How long ago it was deactivated: months, and days on top. */
  state?: { deactivatedAgo: { months: number; days: number } }
}

export interface DemoAuthority extends DemoEntry {
  officialLanguage: string
  level: 'national' | 'regional' | 'local'
  phone: string
  email: string
}

/** Adds language, level, mailbox, a telephone number made from the entry's place in its country, and a national coordinator's grants. */
export function complete(entry: DemoEntry, number: number): DemoAuthority {
  return {
    ...entry,
    officialLanguage: entry.officialLanguage ?? firstLanguage(entry.country),
    level: entry.level ?? 'national',
    phone: authorityPhone(entry.country, number),
    email: functionalMailbox(entry.key, entry.country),
    grants: entry.kind === 'national-coordinator' ? everyModule(entry.grants) : entry.grants,
  }
}

/** A grant in the role authority, linked to these coordinators. */
export function asAuthority(module: string, coordinators: string[], settings?: GrantSettings): DemoGrant {
  return { module, role: 'authority', coordinators, ...(settings && { settings }) }
}

/** A grant in the role coordinator. */
export function asCoordinator(module: string, settings?: GrantSettings): DemoGrant {
  return { module, role: 'coordinator', ...(settings && { settings }) }
}

/** The same grant, suspended (C5). */
export function suspended(grant: DemoGrant): DemoGrant {
  return { ...grant, status: 'suspended' }
}

function everyModule(written: DemoGrant[]): DemoGrant[] {
  return modules.map(({ code }) => written.find(grant => grant.module === code) ?? asCoordinator(code))
}

function firstLanguage(code: string): string {
  const language = countries.find(country => country.code === code)?.languages[0]
  if (!language) throw new Error(`no official language known for ${code}`)
  return language
}
