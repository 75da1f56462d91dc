import type { Knex } from 'knex'
import { rowsOf } from '../platform/db/statement.ts'
import { byLabel, kept, languageName } from '../platform/i18n/names.ts'

export interface Choice {
  value: string
  label: string
  lang?: string
}

/** Everything an authority's form lets choose from, in the reader's language. */
export interface Lists {
  /** The country's official languages, in its own order. */
  own: string[]
  languages: readonly Choice[]
  regions: Choice[]
  types: Choice[]
  policyAreas: Choice[]
  /** The economic activities as NACE Rev. 2.1 nests them. */
  activities: Activity[]
  keywords: { area: number; legend: string; choices: Choice[] }[]
}

/** A NACE section with its divisions. */
export interface Activity {
  section: Choice
  divisions: Choice[]
}

/** Sections and divisions in one row, as a file names them. */
export const allActivities = ({ activities }: Pick<Lists, 'activities'>): Choice[] =>
  activities.flatMap(({ section, divisions }) => [section, ...divisions])

interface ListsRow {
  own: string[]
  languages: string[]
  regions: { value: string; label: string }[]
  types: Choice[]
  policy_areas: Choice[]
  activities: Activity[]
  keywords: { area: number; legend: string; choices: Choice[] }[]
}

const activity = (of: string): string =>
  `json_build_object('value', ${of}.code, 'label', coalesce(${of}.names->>:lang, ${of}.names->>'en'))`

const named = (table: string): string =>
  `(select json_agg(json_build_object('value', code, 'label', coalesce(names->>:lang, names->>'en')) order by code)
    from ${table})`

const LISTS = `
  select c.languages as own,
    (select array_agg(distinct language) from countries, unnest(languages) language) as languages,
    (select coalesce(json_agg(json_build_object('value', code, 'label', name) order by name), '[]')
      from regions where country = c.code and (cast(:region as text) is null or code = :region)) as regions,
    ${named('authority_types')} as types,
    ${named('policy_areas')} as policy_areas,
    (select json_agg(json_build_object('section', ${activity('s')}, 'divisions',
        (select coalesce(json_agg(${activity('d')} order by d.code), '[]') from economic_activities d where d.parent = s.code))
        order by s.code) from economic_activities s where s.parent is null) as activities,
    (select json_agg(json_build_object('area', l.id, 'legend', coalesce(l.names->>:lang, l.names->>'en'), 'choices',
        (select coalesce(json_agg(json_build_object('value', k.code, 'label', coalesce(k.names->>:lang, k.names->>'en'))), '[]')
          from keywords k where k.legislative_area_id = l.id)) order by l.id)
      from legislative_areas l) as keywords
  from countries c where c.code = :country`

/** Finds what there is to choose for an authority of this country; a region narrows the regions to itself. */
export async function findLists(
  db: Knex,
  lang: string,
  { country, region }: { country: string; region: string | null },
): Promise<Lists> {
  const [row] = await rowsOf<ListsRow>(db, LISTS, { lang, country, region })
  if (!row) throw new Error(`No country ${country}`)
  return {
    own: row.own,
    languages: languageChoices(lang, row.languages),
    regions: row.regions.map(region => ({ ...region, lang: row.own[0] ?? 'en' })),
    types: byLabel(lang, row.types),
    policyAreas: byLabel(lang, row.policy_areas),
    activities: row.activities,
    keywords: row.keywords.map(area => ({ ...area, choices: byLabel(lang, area.choices) })),
  }
}

/** Languages to choose from, by the names the reader knows them by. */
export const languageChoices = (lang: string, codes: string[]): readonly Choice[] => sorted(lang, codes.join())

/** Many pages ask for the same list. */
const sorted = kept((lang, codes) =>
  byLabel(
    lang,
    codes.split(',').map(value => ({ value, label: languageName(lang, value) })),
  ),
)
