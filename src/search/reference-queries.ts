import type { Knex } from 'knex'
import { type Choice } from '../authorities/index.ts'
import { rowsOf } from '../platform/db/statement.ts'
import { byLabel, countryName, languageName } from '../platform/i18n/names.ts'

/** Everything a search lets choose from, in the reader's language; regions once a country is chosen. */
export interface SearchLists {
  countries: Choice[]
  modules: Choice[]
  regions: Choice[]
  policyAreas: Choice[]
  economicActivities: Choice[]
  languages: Choice[]
}

type ListsRow = Record<keyof SearchLists, Choice[]> & { own: string | null; country_codes: string[]; spoken: string[] }

const CHOICES = `coalesce(json_agg(json_build_object('value', code, 'label', coalesce(names->>:lang, names->>'en'))`

const LISTS = `
  select
    (select array_agg(code::text) from countries where code <> 'EU') as country_codes,
    (select array_agg(distinct language) from countries, unnest(languages) language) as spoken,
    (select languages[1] from countries where code = :country) as own,
    (select coalesce(json_agg(json_build_object('value', id::text, 'label', coalesce(names->>:lang, names->>'en')) order by id), '[]')
      from modules) as modules,
    (select coalesce(json_agg(json_build_object('value', code, 'label', name) order by name), '[]')
      from regions where country = :country) as regions,
    (select ${CHOICES}), '[]') from policy_areas) as "policyAreas",
    (select ${CHOICES} order by coalesce(parent, code), parent is not null, code), '[]') from economic_activities)
      as "economicActivities"`

/** Finds what the searches let choose from; the regions are those of the country. One statement. */
export async function findSearchLists(db: Knex, lang: string, country: string): Promise<SearchLists> {
  const [row] = (await rowsOf(db, LISTS, { lang, country })) as [ListsRow]
  return {
    countries: byLabel(
      lang,
      row.country_codes.map(value => ({ value, label: countryName(lang, value) })),
    ),
    modules: row.modules,
    regions: row.regions.map(region => ({ ...region, lang: row.own ?? 'en' })),
    policyAreas: byLabel(lang, row.policyAreas),
    economicActivities: row.economicActivities.map(({ value, label }) => ({ value, label: `${value} ${label}` })),
    languages: byLabel(
      lang,
      row.spoken.map(value => ({ value, label: languageName(lang, value) })),
    ),
  }
}

/** A search in which what is not on its list counts as not asked for. */
export function onlyKnown<S extends object>(search: S, lists: { [K in keyof S]?: readonly Choice[] }): S {
  const odd = Object.entries<readonly Choice[] | undefined>(lists).filter(
    ([name, choices]) => !choices?.some(({ value }) => value === search[name as keyof S]),
  )
  return { ...search, ...Object.fromEntries(odd.map(([name]) => [name, ''])) }
}
