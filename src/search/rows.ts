import { readable } from '../authorities/index.ts'
import { nameIn } from '../modules/index.ts'
import type { CsvValue } from '../platform/csv.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { countryName, day, languageName, zoneOf } from '../platform/i18n/names.ts'
import type { Action, Subject } from '../policy.ts'
import type { ManagedAuthority } from './managed-queries.ts'
import type { FoundUser } from './people-queries.ts'
import type { FoundAuthority } from './queries.ts'

/** Who reads a list, and what they may do. */
export interface Reader {
  t: Translate
  lang: string
  actor: { country: string }
  may(action: Action, subject?: Subject): boolean
}

type Named = Pick<FoundAuthority, 'id' | 'title' | 'official_name' | 'official_language'>

/** The informal title before the official name. One that is not in the reader's language says so (B2). */
function nameCell(row: Named, lang: string): object {
  const href = `/authorities/${row.id}`
  if (!row.title) return { text: row.official_name, lang: row.official_language, href }
  const note = { note: row.official_name, noteLang: row.official_language }
  const foreign = row.title.lang !== lang && { mark: languageName(lang, row.title.lang) }
  return { text: row.title.text, lang: row.title.lang, href, ...foreign, ...note }
}

/** An authority as one row of the general search: name, country, modules (B10). */
export function foundRow(row: FoundAuthority, { t, lang }: Reader): object[] {
  const modules = row.modules.map(module => {
    const text = nameIn(module.names, lang)
    return module.role === 'coordinator' ? t('search:authorities.coordinates', { module: text }) : text
  })
  const tags = modules.map(text => ({ color: 'neutral', text }))
  return [nameCell(row, lang), { text: countryName(lang, row.country) }, { text: '', tags }]
}

const STATUS_COLORS = { toValidate: 'info', active: 'success', suspended: 'warning', deactivated: 'neutral' } as const

const warning = (text: string) => ({ color: 'warning', text })
const subjectOf = (row: ManagedAuthority): Subject => ({ standings: row.standings, authorityId: row.id })

/** An authority as one row of the managed ones: name, status, modules, administrators, last change, what can be done (B8). */
export function managedRow(row: ManagedAuthority, reader: Reader): object[] {
  const { t, lang, actor } = reader
  const status = { color: STATUS_COLORS[row.shown_status], text: t(`authorities:status.${row.shown_status}`) }
  const none = row.modules.length === 0 ? [warning(t('search:managed.noModule'))] : []
  return [
    readable(row) ? nameCell(row, lang) : { ...nameCell(row, lang), href: undefined },
    { text: '', tag: status },
    { text: String(row.modules.length), numeric: true, tags: none },
    administratorsCell(row, reader),
    { text: day(lang, zoneOf(actor.country), row.changed_at) },
    actionsCell(row, reader),
  ]
}

function actionsCell(row: ManagedAuthority, { t, may }: Reader): object {
  const subject = subjectOf(row)
  const about = row.official_name
  const at = (page: string): string => `/authorities/${row.id}/${page}`
  const links = [
    ...(may('authority.edit', subject) ? [{ href: at('edit'), label: t('search:managed.edit'), about }] : []),
    ...(may('grant.give', subject) && row.status === 'active'
      ? [{ href: at('modules'), label: t('search:managed.modulesOf'), about }]
      : []),
    ...(may('user.see', subject) ? [{ href: at('users'), label: t('search:managed.usersOf'), about }] : []),
  ]
  if (links.length > 0) return { text: '', links }
  const inside = may('grant.give', subject) || (row.status === 'to validate' && readable(row))
  return { text: inside ? '' : t('search:managed.outside') }
}

/** One administrator only, or a role that one user holds alone, is a risk that whoever manages the authority has to see (B14); who its people are is nobody else's. */
function administratorsCell(row: ManagedAuthority, { t, may }: Reader): object {
  if (!may('user.see', subjectOf(row))) return { text: '' }
  const tags = [
    ...(row.held_by_one > 0 ? [warning(t('search:managed.heldByOne', { count: row.held_by_one }))] : []),
    ...(row.problems > 0 ? [warning(t('search:managed.problems', { count: row.problems }))] : []),
  ]
  if (row.administrators > 1) return { text: String(row.administrators), tags }
  const text = row.administrators === 1 ? 'search:managed.oneAdministrator' : 'search:managed.noAdministrator'
  return { text: '', tags: [warning(t(text)), ...tags] }
}

/** A user as one row of those found beside the authorities (B8). */
export const userRow = (user: FoundUser): object[] => [
  { text: `${user.given_name} ${user.family_name}`, href: `/users/${user.id}` },
  { text: user.username },
  { text: user.email },
  { text: user.official_name, lang: user.official_language, href: `/authorities/${user.authority_id}` },
]

/** What stands over the columns of the file of managed authorities. */
export const csvHeading = (t: Translate): string[] => [
  t('search:csv.name'),
  t('search:csv.title'),
  t('search:managed.status'),
  t('search:managed.level'),
  t('search:managed.region'),
  t('search:csv.city'),
  t('search:csv.email'),
  t('search:authorities.modules'),
  t('search:managed.administrators'),
  t('search:csv.heldByOne'),
  t('search:csv.problems'),
  t('search:managed.changed'),
]

/** An authority as one line of that file, with no more than the list shows of it. */
export function csvRow(row: ManagedAuthority, { t, lang, may }: Reader): CsvValue[] {
  const seen = may('user.see', subjectOf(row))
  return [
    row.official_name,
    row.title?.text,
    t(`authorities:status.${row.shown_status}`),
    t(`authorities:level.${row.level}`),
    row.region,
    row.city,
    row.email,
    row.modules.map(module => moduleText(module, t, lang)).join(', '),
    seen ? row.administrators : undefined,
    seen ? row.held_by_one : undefined,
    seen ? row.problems : undefined,
    row.changed_at.toISOString().slice(0, 10),
  ]
}

function moduleText(
  { names, role, suspended }: ManagedAuthority['modules'][number],
  t: Translate,
  lang: string,
): string {
  const module = nameIn(names, lang)
  const text = role === 'coordinator' ? t('search:authorities.coordinates', { module }) : module
  return suspended ? t('search:csv.suspended', { module: text }) : text
}
