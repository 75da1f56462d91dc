import { nameIn } from '../modules/index.ts'
import { actorInWords } from '../platform/i18n/actor-name.ts'
import { moment, zoneOf } from '../platform/i18n/names.ts'
import { grantLines } from './grant-history.ts'
import { changeLinesOf, type HistoryReader, type Labels, valueLinesOf } from './history-values.ts'
import type { HistoryEntry } from './management-queries.ts'
import { registerLines } from './register-history.ts'
import { userLines } from './user-history.ts'

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

/** What the fields of an authority are called. */
const LABELS: Labels = {
  ...Object.fromEntries(FIELDS.map(field => [field, `authorities:field.${field}`])),
  names: 'authorities:field.officialNameIn',
  titles: 'authorities:field.titleIn',
}

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
      ...registerLines(entry, reader),
      ...valueLines(entry, reader),
    ],
  }
}

function valueLines({ event, details }: HistoryEntry, reader: HistoryReader): string[] {
  if (event.startsWith('register.')) return []
  if (event === 'authority.registered' || event === 'authority.validated')
    return FIELDS.flatMap(field => valueLinesOf(LABELS, field, details?.[field], reader))
  if (typeof details?.authority === 'string')
    return [reader.t('authorities:history.other', { authority: details.authority })]
  if (typeof details?.to === 'string' && typeof details.number === 'string')
    return [reader.t('authorities:history.forwarded', { number: details.number, authority: details.to })]
  if (typeof details?.word === 'string') return [reader.t('authorities:history.word', { word: details.word })]
  const { before, after } = (details ?? {}) as Partial<Record<'before' | 'after', Partial<Record<Field, unknown>>>>
  if (!before || !after) return []
  return FIELDS.filter(field => field in after).flatMap(field =>
    changeLinesOf(LABELS, field, { before: before[field], after: after[field] }, reader),
  )
}

function moduleLines({ moduleNames, details }: HistoryEntry, { t, lang }: HistoryReader): string[] {
  if (!moduleNames) return []
  const role = details?.role === 'coordinator' ? 'coordinator' : 'authority'
  return [
    t('authorities:history.module', { module: nameIn(moduleNames, lang), role: t(`authorities:history.role.${role}`) }),
  ]
}
