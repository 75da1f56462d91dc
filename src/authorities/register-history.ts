import { changeLinesOf, type HistoryReader, type Labels, valueLinesOf } from './history-values.ts'
import type { HistoryEntry } from './management-queries.ts'

/** The fields of an entry of the directory of registers, in the order in which its history names them. */
const LABELS: Labels = {
  names: 'registers:name.in',
  titles: 'registers:title.in',
  address: 'registers:address',
  languages: 'registers:languages',
  access: 'registers:access',
  contents: 'registers:contents',
  note: 'registers:note',
  noteLanguage: 'registers:noteLanguage',
  modules: 'registers:modules',
  keywords: 'authorities:field.keywords',
  economicActivities: 'authorities:field.economicActivities',
}

type Values = Readonly<Record<string, unknown>>

/** What an authority said of a register that it lists: which one, and all values, or those that changed. */
export function registerLines({ event, details }: HistoryEntry, reader: HistoryReader): string[] {
  if (!event.startsWith('register.') || !details) return []
  const fields = Object.keys(LABELS)
  const { t } = reader
  const which = t('authorities:history.value', { field: t('registers:register'), value: details.register })
  if (event !== 'register.edited') {
    const values = fields.flatMap(field => valueLinesOf(LABELS, field, details[field], reader))
    return event === 'register.added' ? values : [which, ...values]
  }
  const { before = {}, after = {} } = details as { before?: Values; after?: Values }
  const changed = fields.filter(field => field in after)
  return [
    which,
    ...changed.flatMap(field => changeLinesOf(LABELS, field, { before: before[field], after: after[field] }, reader)),
  ]
}
