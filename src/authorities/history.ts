import { type Module, nameIn } from '../modules/index.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { actorInWords } from '../platform/i18n/actor-name.ts'
import { countryName, languageName, moment, zoneOf } from '../platform/i18n/names.ts'
import { grantLines } from './grant-history.ts'
import type { HistoryEntry } from './management-queries.ts'
import { allActivities, type Choice, type Lists } from './reference-queries.ts'
import { userLines } from './user-history.ts'

/** Who reads a history, and the lists that put its codes into words. */
export interface HistoryReader {
  t: Translate
  lang: string
  country: string
  lists: Lists
  modules: readonly Module[]
}

/** The fields of an authority in the order in which its history names them. */
const FIELDS = [
  'country',
  'names',
  'titles',
  'street',
  'postalNumber',
  'city',
  'telephone',
  'website',
  'email',
  'languages',
  'type',
  'level',
  'region',
  'policyAreas',
  'economicActivities',
  'keywords',
  'delegatedModules',
] as const
type Field = (typeof FIELDS)[number]

/** One act as a line of the timeline: who, when, what, and the values. */
export function historyItem(entry: HistoryEntry, reader: HistoryReader): object {
  const { t, lang, country } = reader
  const who = entry.actor ? actorInWords(entry.actor, t) : t('authorities:history.somebody')
  return {
    at: entry.at.toISOString(),
    when: moment(lang, zoneOf(country), entry.at),
    who: entry.actorAuthority ? t('authorities:history.who', { name: who, authority: entry.actorAuthority }) : who,
    text: t(`authorities:event.${entry.event}`, { number: entry.subjectId }),
    details: [
      ...moduleLines(entry, reader),
      ...grantLines(entry, t),
      ...userLines(entry, reader),
      ...valueLines(entry, reader),
    ],
  }
}

function valueLines({ event, details }: HistoryEntry, reader: HistoryReader): string[] {
  if (event === 'authority.registered' || event === 'authority.validated')
    return FIELDS.flatMap(field => linesOf(field, details?.[field], reader))
  if (typeof details?.authority === 'string')
    return [reader.t('authorities:history.other', { authority: details.authority })]
  if (typeof details?.to === 'string' && typeof details.number === 'string')
    return [reader.t('authorities:history.forwarded', { number: details.number, authority: details.to })]
  if (typeof details?.word === 'string') return [reader.t('authorities:history.word', { word: details.word })]
  const { before, after } = (details ?? {}) as Partial<Record<'before' | 'after', Partial<Record<Field, unknown>>>>
  if (!before || !after) return []
  return FIELDS.filter(field => field in after).flatMap(field =>
    changeLines(field, before[field], after[field], reader),
  )
}

/** Old and new value of a field; of names and titles only those languages that changed. */
function changeLines(field: Field, before: unknown, after: unknown, reader: HistoryReader): string[] {
  const { t } = reader
  const [old, now] = [inText(field, before, reader), inText(field, after, reader)]
  const nothing = t('authorities:history.nothing')
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter(label => old.get(label) !== now.get(label))
    .map(label =>
      t('authorities:history.change', {
        field: label,
        before: old.get(label) ?? nothing,
        after: now.get(label) ?? nothing,
      }),
    )
}

function moduleLines({ moduleNames, details }: HistoryEntry, { t, lang }: HistoryReader): string[] {
  if (!moduleNames) return []
  const role = details?.role === 'coordinator' ? 'coordinator' : 'authority'
  return [
    t('authorities:history.module', { module: nameIn(moduleNames, lang), role: t(`authorities:history.role.${role}`) }),
  ]
}

const linesOf = (field: Field, value: unknown, reader: HistoryReader): string[] =>
  [...inText(field, value, reader)].map(([label, words]) =>
    reader.t('authorities:history.value', { field: label, value: words }),
  )

/** A value in words under its label; names and titles have a label for each language, and what is empty has none. */
function inText(field: Field, value: unknown, reader: HistoryReader): Map<string, string> {
  const { t, lang } = reader
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return new Map()
  if (field === 'names' || field === 'titles') {
    const label = field === 'names' ? 'authorities:field.officialNameIn' : 'authorities:field.titleIn'
    const named = Object.entries(value as Record<string, string>)
    return new Map(named.map(([language, words]) => [t(label, { language: languageName(lang, language) }), words]))
  }
  const words = ([value].flat() as string[]).map(code => inWords(field, code, reader))
  return new Map([[t(`authorities:field.${field}`), words.join(', ')]])
}

function inWords(field: Field, code: string, { t, lang, lists, modules }: HistoryReader): string {
  if (field === 'country') return countryName(lang, code)
  if (field === 'languages') return languageName(lang, code)
  if (field === 'level') return t(`authorities:level.${code}`)
  const list: Partial<Record<Field, readonly Choice[]>> = {
    type: lists.types,
    region: lists.regions,
    policyAreas: lists.policyAreas,
    economicActivities: allActivities(lists),
    keywords: lists.keywords.flatMap(({ choices }) => choices),
    delegatedModules: modules.map(({ code: value, names }) => ({ value, label: nameIn(names, lang) })),
  }
  return list[field]?.find(({ value }) => value === code)?.label ?? code
}
