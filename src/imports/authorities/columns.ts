import { allActivities, type Lists, type Place, titleLanguages } from '../../authorities/index.ts'
import type { Body, Mistake } from '../../platform/web/form.ts'
import type { Line } from '../line.ts'
import { type Column, wordsIn } from '../read-file.ts'

const FIRST_USER = ['givenName', 'familyName', 'userEmail', 'userTelephone', 'userLanguage'] as const
const SEVERAL = ['languages', 'policyAreas'] as const

/** The columns of a file of authorities, each with its first user (B1, B2): named as the fields of the single form. */
export function authorityColumns(lists: Lists, place: Place): Column[] {
  const required = (name: string): Column => ({ name, required: true, telephone: /telephone/i.test(name) })
  const optional = (name: string): Column => ({ name, required: false })
  const [only, ...others] = lists.own
  return [
    ...lists.own.map(language =>
      language === only && others.length === 0
        ? required(`officialName_${language}`)
        : optional(`officialName_${language}`),
    ),
    required('title_en'),
    ...['street', 'postalNumber', 'city', 'telephone', 'email'].map(required),
    optional('website'),
    ...['languages', 'type', 'level'].map(required),
    ...(lists.regions.length > 0 ? [optional('region')] : []),
    ...FIRST_USER.map(required),
    ...['policyAreas', 'economicActivities', 'keywords'].map(optional),
    ...titleLanguages(lists)
      .filter(language => language !== 'en')
      .map(language => optional(`title_${language}`)),
  ].map(column => (column.name === 'region' && place.region ? { ...column, required: false } : column))
}

/** A line as the single form would send it: codes as the lists write them, activities by their section, keywords by their legislative area. */
export function bodyFrom({ cells }: Line, lists: Lists, place: Place): Body {
  const several = Object.fromEntries(SEVERAL.map(name => [name, codesIn(cells[name], choicesOf(lists, name))]))
  const keywords = wordsIn(cells.keywords).map(fold)
  return {
    ...cells,
    ...several,
    type: codesIn(cells.type, lists.types)[0] ?? '',
    level: fold(cells.level ?? ''),
    region: cells.region ? (codesIn(cells.region, lists.regions)[0] ?? cells.region) : (place.region ?? ''),
    userLanguage: fold(cells.userLanguage ?? ''),
    ...Object.fromEntries(
      lists.activities.map(({ section, divisions }) => [
        `activities_${section.value}`,
        codesIn(cells.economicActivities, [section, ...divisions]),
      ]),
    ),
    ...Object.fromEntries(
      lists.keywords.map(({ area, choices }) => [
        `keywords_${area}`,
        choices.flatMap(({ value }) => (keywords.includes(fold(value)) ? [value] : [])),
      ]),
    ),
  }
}

/** Codes that no list holds: the single form offers none, so it has no words for them. */
export function unknownCodes({ cells }: Line, lists: Lists): Mistake[] {
  const all = {
    ...lists,
    economicActivities: allActivities(lists),
    keywords: lists.keywords.flatMap(({ choices }) => choices),
  }
  return ([...SEVERAL, 'economicActivities', 'keywords'] as const).flatMap(name => {
    const known = new Set(all[name].map(({ value }) => fold(value)))
    return wordsIn(cells[name])
      .filter(word => !known.has(fold(word)))
      .map(word => ({ field: name, key: 'imports:reason.code', values: { code: word.slice(0, 80) } }))
  })
}

const choicesOf = (lists: Lists, name: (typeof SEVERAL)[number]) => lists[name]

const codesIn = (cell: string | undefined, known: readonly { value: string }[]): string[] => {
  const words = wordsIn(cell).map(fold)
  return known.flatMap(({ value }) => (words.includes(fold(value)) ? [value] : []))
}

const fold = (code: string): string => code.toLowerCase()
