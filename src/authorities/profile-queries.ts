import type { Knex } from 'knex'
import { rowsOf } from '../platform/db/statement.ts'
import type { Worded } from './authority.ts'

/** What the first two tabs say about an authority (B2, B3); names of the catalogue in the reader's language. */
export interface Profile {
  names: Worded[]
  titles: Worded[]
  street: string
  postalNumber: string
  city: string
  telephone: string
  website: string
  email: string
  languages: string[]
  type: string | null
  region: Worded | null
  policyAreas: string[]
  economicActivities: string[]
  keywords: { area: string; words: string[] }[]
  /** How many public registers it lists in the directory (J2). */
  registers: number
  /** The official languages of its country, in the country's order, and those of all countries. */
  countryLanguages: string[]
  allLanguages: string[]
}

const name = (of: string): string => `coalesce(${of}.names->>:lang, ${of}.names->>'en')`

const PROFILE = `
  select a.street, a.postal_number as "postalNumber", a.city, a.telephone, a.website, a.email, a.languages,
    (select coalesce(json_agg(json_build_object('text', n.name, 'lang', n.language) order by n.language <> a.official_language, n.language), '[]')
      from authority_names n where n.authority_id = a.id) as names,
    (select coalesce(json_agg(json_build_object('text', w.title, 'lang', w.language) order by w.language), '[]')
      from authority_titles w where w.authority_id = a.id) as titles,
    (select ${name('y')} from authority_types y where y.code = a.type) as type,
    (select json_build_object('text', r.name, 'lang', c.languages[1]) from regions r join countries c on c.code = r.country
      where r.code = a.region) as region,
    array(select ${name('p')} from authority_policy_areas x join policy_areas p on p.code = x.policy_area
      where x.authority_id = a.id order by 1) as "policyAreas",
    array(select ${name('e')} from authority_economic_activities x join economic_activities e on e.code = x.economic_activity
      where x.authority_id = a.id order by coalesce(e.parent, e.code), e.parent nulls first, e.code) as "economicActivities",
    (select coalesce(json_agg(json_build_object('area', of_area.area, 'words', of_area.words) order by of_area.id), '[]') from (
      select l.id, ${name('l')} as area, json_agg(${name('k')} order by ${name('k')}) as words
      from authority_keywords x join keywords k on k.id = x.keyword_id join legislative_areas l on l.id = k.legislative_area_id
      where x.authority_id = a.id group by l.id) of_area) as keywords,
    (select count(*)::int from registers r where r.authority_id = a.id and a.status = 'active') as registers,
    (select languages from countries where code = a.country) as "countryLanguages",
    (select array_agg(distinct language) from countries, unnest(languages) language) as "allLanguages"
  from authorities a where a.id = :id`

/** Everything the tabs Authority and Classification show, in one statement. */
export async function findProfile(db: Knex, lang: string, id: number): Promise<Profile> {
  const [profile] = (await rowsOf(db, PROFILE, { id, lang })) as [Profile]
  return profile
}
