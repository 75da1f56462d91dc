import type { Knex } from 'knex'
import { z } from 'zod'
import { type Body, choice, choices, type FormValue, line, type Mistake } from '../platform/web/form.ts'
import type { Actor } from '../policy.ts'
import { type AuthorityData, type Level, LEVELS } from './authority.ts'
import { emailAddress, telephoneNumber, website } from './contact.ts'
import { type Candidate, type Duplicate, findDuplicates } from './duplicates.ts'
import type { Lists } from './reference-queries.ts'

/** Where an authority may be registered: a country, and one region of it where the delegation has one. */
export interface Place {
  country: string
  region: string | null
}

const NONE = 'authorities:registration.noneOfThese.missing'

/** The fields of an authority's data, for the form that registers it (B2, B3). */
export const authorityFields = (lists: Lists, place: Place) => ({
  ...(familyFields(lists) as object),
  street: line({ missing: 'authorities:registration.street.missing' }),
  postalNumber: line({ missing: 'authorities:registration.postalNumber.missing', max: 20 }),
  city: line({ missing: 'authorities:registration.city.missing', max: 100 }),
  telephone: telephoneNumber('authorities:registration.telephone.missing'),
  email: emailAddress('authorities:registration.email.missing'),
  website: website(),
  languages: several(codes(lists.languages)).refine(
    some => some.length > 0,
    'authorities:registration.languages.missing',
  ),
  type: choice(codes(lists.types), 'authorities:registration.type.missing'),
  level: choice(LEVELS, 'authorities:registration.level.missing'),
  region: choice([...(place.region ? [] : ['']), ...codes(lists.regions)], 'authorities:registration.region.missing'),
  policyAreas: several(codes(lists.policyAreas)),
  ...activityFields(lists),
  noneOfThese: z.string('components:form.odd').optional().default('').transform(numbersIn),
})

export type AuthorityFields = z.output<z.ZodObject<ReturnType<typeof authorityFields>>>

/** What the form says about the authority, as the command wants it. */
export function authorityFrom(value: AuthorityFields, lists: Lists, { country }: Place): AuthorityData {
  const { noneOfThese: _, region, level, ...rest } = value
  return {
    country,
    names: wordedIn(value, 'officialName', lists.own),
    titles: wordedIn(value, 'title', titleLanguages(lists)),
    street: rest.street,
    postalNumber: rest.postalNumber,
    city: rest.city,
    telephone: rest.telephone,
    website: rest.website,
    email: rest.email,
    languages: rest.languages,
    type: rest.type,
    level: level as Level,
    region: region || null,
    policyAreas: rest.policyAreas,
    economicActivities: activitiesIn(value),
    keywords: lists.keywords.flatMap(
      ({ area }) => (value as unknown as Record<string, string[]>)[`keywords_${area}`] ?? [],
    ),
  }
}

/** One field for each NACE section: itself as a whole, and its divisions (B3). */
export const activityFields = ({ activities }: Lists): Record<string, z.ZodType<string[]>> =>
  Object.fromEntries(
    activities.map(({ section, divisions }) => [
      `activities_${section.value}`,
      several(codes([section, ...divisions])) as z.ZodType<string[]>,
    ]),
  )

/** The economic activities that were chosen, of all sections. */
export const activitiesIn = (value: object): string[] =>
  Object.entries(value).flatMap(([name, chosen]) => (name.startsWith('activities_') ? (chosen as string[]) : []))

/** Mistakes that no single field shows: no name in any language, no region, an authority that may be registered already. */
export async function authorityMistakes(
  db: Knex,
  actor: Actor,
  body: Body,
  lists: Lists,
  place: Place,
  self?: number,
): Promise<Mistake[]> {
  const open = await openDuplicates(db, actor, body, lists, place, self)
  return [...partsMissing(body, lists, place), ...(open.confirmed ? [] : [{ field: 'noneOfThese', key: NONE }])]
}

/** Mistakes that several fields make together: no name in any language, no region where the level asks for one. */
export function partsMissing(body: Body, lists: Lists, place: Place): Mistake[] {
  const mistakes: Mistake[] = []
  const [first] = lists.own
  if (lists.own.length > 1 && Object.keys(wordedIn(body, 'officialName', lists.own)).length === 0)
    mistakes.push({ field: `officialName_${first}`, key: 'authorities:registration.officialName.missing' })
  if (!place.region && lists.regions.length > 0 && ['regional', 'local'].includes(text(body.level)) && !body.region)
    mistakes.push({ field: 'region', key: 'authorities:registration.region.missing' })
  return mistakes
}

/** The authorities that could be the one typed here, and whether the user has said of each that it is another. */
export async function openDuplicates(
  db: Knex,
  actor: Actor,
  typed: Record<string, FormValue>,
  lists: Lists,
  place: Place,
  self?: number,
): Promise<{ duplicates: Duplicate[]; confirmed: boolean }> {
  const candidate = { ...candidateFrom(typed, lists, place), ...(self !== undefined && { id: self }) }
  const duplicates = await findDuplicates(db, candidate, actor)
  const others = numbersIn(text(typed.noneOfThese))
  return { duplicates, confirmed: duplicates.every(({ id }) => others.includes(id)) }
}

/** The languages of informal titles: English and the country's own first. */
export const titleLanguages = (lists: Pick<Lists, 'own' | 'languages'>): string[] => [
  ...new Set(['en', ...lists.own, ...codes(lists.languages)]),
]

/** Fields whose number depends on the country or the catalogue: a name per language, keywords per legislative area. */
function familyFields(lists: Lists): Record<string, z.ZodType> {
  const missing = 'authorities:registration.officialName.missing'
  const names = lists.own.map(language => [`officialName_${language}`, line(lists.own.length === 1 ? { missing } : {})])
  const titles = titleLanguages(lists).map(language => [
    `title_${language}`,
    line(language === 'en' ? { missing: 'authorities:registration.title.missing' } : {}),
  ])
  const keywords = lists.keywords.map(({ area, choices }) => [`keywords_${area}`, several(codes(choices))])
  return Object.fromEntries([...names, ...titles, ...keywords]) as Record<string, z.ZodType>
}

const candidateFrom = (typed: Record<string, FormValue>, lists: Lists, { country }: Place): Candidate => ({
  country,
  names: [
    ...Object.values(wordedIn(typed, 'officialName', lists.own)),
    ...Object.values(wordedIn(typed, 'title', titleLanguages(lists))),
  ],
  email: text(typed.email),
  website: text(typed.website),
})

/** The filled ones of a family of fields, by language. */
export function wordedIn(value: object, family: string, languages: readonly string[]): Record<string, string> {
  const fields = value as Record<string, FormValue>
  const filled = languages.map(language => [language, text(fields[`${family}_${language}`]).trim()] as const)
  return Object.fromEntries(filled.filter(([, words]) => words !== ''))
}

/** Checkboxes, each ticked once however often it was sent. */
export const several = (known: readonly string[]): z.ZodType<string[]> =>
  choices(known).transform(some => [...new Set(some)]) as unknown as z.ZodType<string[]>

export const numbersIn = (typed: string): number[] => (typed.match(/\b[1-9]\d{0,9}\b/g) ?? []).map(Number)

const text = (value: FormValue): string => (typeof value === 'string' ? value.slice(0, 400) : '')

const codes = (list: readonly { value: string }[]): string[] => list.map(({ value }) => value)
