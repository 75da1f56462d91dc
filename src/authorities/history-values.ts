import { type Module, nameIn } from '../modules/index.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { countryName, languageName } from '../platform/i18n/names.ts'
import { allActivities, type Choice, type Lists } from './reference-queries.ts'

/** Who reads a history, and the lists that put its codes into words. */
export interface HistoryReader {
  t: Translate
  lang: string
  country: string
  lists: Lists
  modules: readonly Module[]
}

/** What the fields of a record are called, as keys; those of names and titles take a language. */
export type Labels = Readonly<Record<string, string>>

/** The value of a field under its label. */
export const valueLinesOf = (labels: Labels, field: string, value: unknown, reader: HistoryReader): string[] =>
  [...inText(labels, field, value, reader)].map(([label, words]) =>
    reader.t('authorities:history.value', { field: label, value: words }),
  )

/** Old and new value of a field; of names and titles only those languages that changed. */
export function changeLinesOf(
  labels: Labels,
  field: string,
  { before, after }: { before: unknown; after: unknown },
  reader: HistoryReader,
): string[] {
  const { t } = reader
  const [old, now] = [inText(labels, field, before, reader), inText(labels, field, after, reader)]
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

/** A value in words under its label; names and titles have a label for each language, and what is empty has none. */
function inText(labels: Labels, field: string, value: unknown, reader: HistoryReader): Map<string, string> {
  const { t, lang } = reader
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return new Map()
  const label = labels[field] ?? ''
  if (field === 'names' || field === 'titles') {
    const named = Object.entries(value as Record<string, string>)
    return new Map(named.map(([language, words]) => [t(label, { language: languageName(lang, language) }), words]))
  }
  const words = ([value].flat() as string[]).map(code => inWords(field, code, reader))
  return new Map([[t(label), words.join(', ')]])
}

function inWords(field: string, code: string, { t, lang, lists, modules }: HistoryReader): string {
  if (field === 'country') return countryName(lang, code)
  if (field === 'languages' || field === 'noteLanguage') return languageName(lang, code)
  if (field === 'level') return t(`authorities:level.${code}`)
  if (field === 'contents') return t(`registers:content.${code}`)
  if (field === 'access') return t(`registers:access.${code}`)
  const named = modules.map(({ code: value, names }) => ({ value, label: nameIn(names, lang) }))
  const list: Readonly<Record<string, readonly Choice[]>> = {
    type: lists.types,
    region: lists.regions,
    policyAreas: lists.policyAreas,
    economicActivities: allActivities(lists),
    keywords: lists.keywords.flatMap(({ choices }) => choices),
    delegatedModules: named,
    modules: named,
  }
  return list[field]?.find(({ value }) => value === code)?.label ?? code
}
