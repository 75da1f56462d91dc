import type { Worded } from '../authorities/index.ts'
import type { CsvValue } from '../platform/csv.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { countryName, languageName } from '../platform/i18n/names.ts'
import { type Register, shownName } from './register.ts'

/** Who reads of a register. */
export interface Reader {
  t: Translate
  lang: string
}

/** An entry as the component `register` draws it. */
export interface ShownRegister {
  id: number
  name: Worded
  /** What it calls itself, where that is not the name shown. */
  original: Worded | undefined
  address: string
  host: string
  country: string
  authority: { id: number; name: string; lang: string }
  modules: string[]
  /** What it covers, the first of them by name, and how many more there are. */
  subjects: string[]
  moreSubjects: number
  contents: string[]
  access: string
  languages: string[]
  note: Worded | undefined
}

/** So many professions, services and activities a list names; the page of the entry names all. */
const NAMED = 6

/** An entry in the reader's words; `whole` names everything that it covers. */
export function shownRegister(register: Register, { t, lang }: Reader, whole = false): ShownRegister {
  const name = shownName(register, lang)
  const [first] = register.names
  const subjects = [...register.keywords, ...register.activities].map(subject => subject.name)
  const modules = register.modules.map(module => module.name)
  const named = whole ? subjects : subjects.slice(0, NAMED)
  return {
    id: register.id,
    name,
    original: register.names.some(({ text }) => text === name.text) ? undefined : first,
    address: register.address,
    host: new URL(register.address).hostname,
    country: countryName(lang, register.country),
    authority: { id: register.authorityId, name: register.authorityName, lang: register.authorityLanguage },
    modules,
    subjects: subjects.length > 0 ? named : [t('registers:subjects.all', { modules: modules.join(', ') })],
    moreSubjects: subjects.length - named.length,
    contents: register.contents.map(content => t(`registers:content.${content}`)),
    access: t(`registers:access.${register.access}`),
    languages: register.languages.map(code => languageName(lang, code)),
    note: register.note ? { text: register.note, lang: register.noteLanguage } : undefined,
  }
}

/** What stands over the columns of the directory as a file. */
export const csvHeading = (t: Translate): string[] => [
  t('registers:register'),
  t('registers:original'),
  t('registers:address'),
  t('registers:country'),
  t('registers:authority'),
  t('registers:modules'),
  t('registers:subjects'),
  t('registers:contents'),
  t('registers:note'),
  t('registers:access'),
  t('registers:languages'),
  t('registers:changed'),
]

/** An entry as one line of that file. */
export function csvRow(register: Register, reader: Reader): CsvValue[] {
  const shown = shownRegister(register, reader, true)
  return [
    shown.name.text,
    register.names.map(({ text }) => text).join(' / '),
    shown.address,
    shown.country,
    shown.authority.name,
    shown.modules.join(', '),
    shown.subjects.join(', '),
    shown.contents.join(', '),
    register.note,
    shown.access,
    shown.languages.join(', '),
    register.changedAt.toISOString().slice(0, 10),
  ]
}
