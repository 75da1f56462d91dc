import type { Action, AuthorityKind, Subject } from '../policy.ts'

export const LEVELS = ['national', 'regional', 'local'] as const
export type Level = (typeof LEVELS)[number]

/** What the database holds; `suspended` is no status of its own there: it follows from the grants (B7). */
export type AuthorityStatus = 'to validate' | 'active' | 'deactivated'
export type ShownStatus = 'toValidate' | 'active' | 'suspended' | 'deactivated'

/** A text in the language it is written in. */
export interface Worded {
  text: string
  lang: string
}

/** A body that uses IMI, as every page about it names it. */
export interface Authority extends Subject {
  id: number
  authorityId: number
  country: string
  /** In the reader's language. */
  countryName: string
  kind: AuthorityKind
  status: AuthorityStatus
  shownStatus: ShownStatus
  officialName: string
  officialLanguage: string
  /** The informal title: in the reader's language, else in English, else in the authority's own (B2). */
  title: Worded | null
  region: string | null
  level: Level
}

/** What is known of an authority (B2, B3). Names and titles stand under their language. */
export interface AuthorityData {
  country: string
  names: Readonly<Record<string, string>>
  titles: Readonly<Record<string, string>>
  street: string
  postalNumber: string
  city: string
  telephone: string
  website: string
  email: string
  languages: readonly string[]
  type: string
  level: Level
  region: string | null
  policyAreas: readonly string[]
  economicActivities: readonly string[]
  /** Codes of keywords. */
  keywords: readonly string[]
}

export interface RegisteredAuthority {
  id: number
  officialName: string
  officialLanguage: string
}

export type TabName = 'authority' | 'classification' | 'modules' | 'management' | 'users'

export interface Tab {
  href: string
  label: string
  current: boolean
}

const tabs: readonly { name: TabName; path: string; can: Action; edit?: string }[] = [
  { name: 'authority', path: '', can: 'authority.read', edit: '/edit' },
  { name: 'classification', path: '/classification', can: 'authority.read', edit: '/classification/edit' },
  { name: 'modules', path: '/modules', can: 'authority.read' },
  { name: 'management', path: '/management', can: 'authority.seeManagement' },
  { name: 'users', path: '/users', can: 'user.see' },
]

/** The tabs of an authority's page that this person may open; while it is edited they lead from one edit page to the next (B6). */
export function authorityTabs(
  authority: Authority,
  may: (action: Action, subject: Subject) => boolean,
  t: (key: string) => string,
  current: TabName,
  editing = false,
): Tab[] {
  return tabs
    .filter(tab => may(tab.can, authority))
    .map(({ name, path, edit }) => ({
      href: `/authorities/${authority.id}${editing && edit ? edit : path}`,
      label: t(`authorities:tab.${name}`),
      current: name === current,
    }))
}
