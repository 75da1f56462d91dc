import { nameIn } from '../modules/index.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { countryName, languageName, moment, zoneOf } from '../platform/i18n/names.ts'
import type { HistoryEntry } from './management-queries.ts'
import type { Choice, Lists } from './reference-queries.ts'

/** Who reads a history, and the lists that put its codes into words. */
export interface HistoryReader {
  t: Translate
  lang: string
  country: string
  lists: Lists
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
] as const
type Field = (typeof FIELDS)[number]

/** One act as a line of the timeline: who, when, what, and the values. */
export function historyItem(entry: HistoryEntry, reader: HistoryReader): object {
  const { t, lang, country } = reader
  const who = entry.actor ?? t('authorities:history.somebody')
  return {
    at: entry.at.toISOString(),
    when: moment(lang, zoneOf(country), entry.at),
    who: entry.actorAuthority ? t('authorities:history.who', { name: who, authority: entry.actorAuthority }) : who,
    text: t(`authorities:event.${entry.event}`, { number: entry.subjectId }),
    details: [...moduleLines(entry, reader), ...valueLines(entry, reader)],
  }
}

const valueLines = ({ event, details }: HistoryEntry, reader: HistoryReader): string[] =>
  event === 'authority.registered' ? FIELDS.flatMap(field => linesOf(field, details?.[field], reader)) : []

function moduleLines({ moduleNames, details }: HistoryEntry, { t, lang }: HistoryReader): string[] {
  if (!moduleNames) return []
  const role = details?.role === 'coordinator' ? 'coordinator' : 'authority'
  return [
    t('authorities:history.module', { module: nameIn(moduleNames, lang), role: t(`authorities:history.role.${role}`) }),
  ]
}

function linesOf(field: Field, value: unknown, reader: HistoryReader): string[] {
  const { t, lang } = reader
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return []
  if (field === 'names' || field === 'titles')
    return Object.entries(value as Record<string, string>).map(([language, words]) => {
      const label = field === 'names' ? 'authorities:field.officialNameIn' : 'authorities:field.titleIn'
      return t('authorities:history.value', {
        field: t(label, { language: languageName(lang, language) }),
        value: words,
      })
    })
  const words = ([value].flat() as string[]).map(code => inWords(field, code, reader))
  return [t('authorities:history.value', { field: t(`authorities:field.${field}`), value: words.join(', ') })]
}

function inWords(field: Field, code: string, { t, lang, lists }: HistoryReader): string {
  if (field === 'country') return countryName(lang, code)
  if (field === 'languages') return languageName(lang, code)
  if (field === 'level') return t(`authorities:level.${code}`)
  const list: Partial<Record<Field, readonly Choice[]>> = {
    type: lists.types,
    region: lists.regions,
    policyAreas: lists.policyAreas,
    economicActivities: lists.economicActivities,
    keywords: lists.keywords.flatMap(({ choices }) => choices),
  }
  return list[field]?.find(({ value }) => value === code)?.label ?? code
}
