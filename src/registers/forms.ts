import { z } from 'zod'
import {
  activitiesIn,
  activityFields,
  type Lists,
  several,
  titleLanguages,
  website,
  wordedIn,
} from '../authorities/index.ts'
import type { Module } from '../modules/index.ts'
import { type Body, choice, type FormValue, line, type Mistake, recordId } from '../platform/web/form.ts'
import { listQuery } from '../platform/web/list.ts'
import { ACCESS, CONTENTS, type RegisterData } from './register.ts'

export const LONGEST_ADDRESS = 500
export const LONGEST_NOTE = 500

/** What there is to choose from for an entry: the lists of its authority's country, and the modules in which requests are sent. */
export interface Offered {
  lists: Lists
  modules: readonly Module[]
}

/** An entry as it is added (J2). */
export const registerForm = (offered: Offered): z.ZodType<RegisterData> =>
  z.object(fieldsFor(offered)).transform(value => dataFrom(value, offered.lists)) as unknown as z.ZodType<RegisterData>

/** An entry as it is edited, with the version that was read. */
export const registerEdit = (offered: Offered): z.ZodType<RegisterEdit> =>
  z.object({ ...fieldsFor(offered), version: recordId('components:form.odd') }).transform(value => ({
    ...dataFrom(value, offered.lists),
    version: value.version,
  })) as unknown as z.ZodType<RegisterEdit>
export type RegisterEdit = RegisterData & { version: number }

/** The word that an entry is to go: the version that was read. */
export const registerDeletion = z.object({ version: recordId('components:form.odd') })

function fieldsFor({ lists, modules }: Offered) {
  const languages = codes(lists.languages)
  return {
    ...(namesFields(lists) as object),
    address: website({ missing: 'registers:address.missing', max: LONGEST_ADDRESS }),
    languages: several(languages).refine(some => some.length > 0, 'registers:languages.missing'),
    access: choice(ACCESS, 'registers:access.missing'),
    contents: several(CONTENTS),
    note: line({ max: LONGEST_NOTE }),
    noteLanguage: choice(languages, 'registers:noteLanguage.missing'),
    modules: several(modules.map(({ code }) => code)).refine(some => some.length > 0, 'registers:modules.missing'),
    ...keywordFields(lists),
    ...activityFields(lists),
  }
}

function namesFields(lists: Lists): Record<string, z.ZodType> {
  const missing = 'registers:name.missing'
  return Object.fromEntries([
    ...lists.own.map(language => [`name_${language}`, line(lists.own.length === 1 ? { missing } : {})]),
    ...titleLanguages(lists).map(language => [`title_${language}`, line()]),
  ]) as Record<string, z.ZodType>
}

const keywordFields = ({ keywords }: Lists): Record<string, z.ZodType<string[]>> =>
  Object.fromEntries(keywords.map(({ area, choices }) => [`keywords_${area}`, several(codes(choices))]))

function dataFrom(value: object, lists: Lists): RegisterData {
  const sent = value as Record<string, FormValue> & RegisterData
  return {
    names: wordedIn(sent, 'name', lists.own),
    titles: wordedIn(sent, 'title', titleLanguages(lists)),
    address: sent.address,
    languages: sent.languages,
    contents: sent.contents,
    note: sent.note,
    noteLanguage: sent.noteLanguage,
    access: sent.access,
    modules: sent.modules,
    keywords: lists.keywords.flatMap(({ area }) => [sent[`keywords_${area}`] ?? []].flat()),
    economicActivities: activitiesIn(value),
  }
}

/** Mistakes that several fields make together: no name, nothing to be found, a profession of a legislative area that has no module here. */
export function registerMistakes({ lists, modules }: Offered, body: Body): Mistake[] {
  const mistakes: Mistake[] = []
  if (lists.own.length > 1 && Object.keys(wordedIn(body, 'name', lists.own)).length === 0)
    mistakes.push({ field: `name_${lists.own[0]}`, key: 'registers:name.missing' })
  const chosen = (name: string) => [body[name] ?? []].flat()
  if (chosen('contents').length === 0 && !String(body.note ?? '').trim())
    mistakes.push({ field: 'contents', key: 'registers:contents.missing' })
  const areas = modules.filter(({ code }) => chosen('modules').includes(code)).map(({ areaId }) => areaId)
  if (areas.length > 0)
    for (const { area, legend, choices } of lists.keywords)
      if (!areas.includes(area) && chosen(`keywords_${area}`).some(code => codes(choices).includes(code)))
        mistakes.push({ field: 'modules', key: 'registers:modules.ofArea', values: { area: legend } })
  return mistakes
}

/** An entry as the form's fields show it. */
export const registerValues = (data: RegisterData, lists: Lists): Record<string, FormValue> => ({
  ...prefixed('name', data.names),
  ...prefixed('title', data.titles),
  address: data.address,
  languages: data.languages,
  access: data.access,
  contents: data.contents,
  note: data.note,
  noteLanguage: data.noteLanguage,
  modules: data.modules,
  ...Object.fromEntries(
    lists.keywords.map(({ area, choices }) => [`keywords_${area}`, among(data.keywords, codes(choices))]),
  ),
  ...Object.fromEntries(
    lists.activities.map(({ section, divisions }) => [
      `activities_${section.value}`,
      among(data.economicActivities, codes([section, ...divisions])),
    ]),
  ),
})

const prefixed = (family: string, words: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(words).map(([language, text]) => [`${family}_${language}`, text]))

const among = (chosen: readonly string[], known: readonly string[]): string[] =>
  known.filter(code => chosen.includes(code))

const codes = (list: readonly { value: string }[]): string[] => list.map(({ value }) => value)

/** What the directory is searched for; what is on no list is not asked for. */
const code = z.string().max(40).catch('')
export const registerSearch = z.object({ ...listQuery, country: code, module: code, keyword: code, activity: code })
export type RegisterSearch = z.output<typeof registerSearch>
