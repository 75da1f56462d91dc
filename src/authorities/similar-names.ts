import type { Knex } from 'knex'
import { ALIKE, comparable } from './identity.ts'

/** An authority whose name is like one of many that were asked for. */
export interface SimilarName {
  /** Place of the asked name in the list, from 0. */
  at: number
  id: number
  officialName: string
  officialLanguage: string
  city: string
}

const SIMILAR = `
  select asked.place::int - 1 as at, a.id, a.official_name as "officialName", a.official_language as "officialLanguage", a.city
  from unnest(cast(:names as text[])) with ordinality as asked (name, place)
  join authorities a on a.country = :country and a.name_key %> asked.name
  where (select max(similarity(line, asked.name)) from unnest(string_to_array(a.name_key, e'\\n')) line) >= :alike
  order by asked.place, a.id`

/** Holds many names at once against the authorities of a country, as `findDuplicates` does one (B4): in one statement. */
export async function findSimilarNames(db: Knex, country: string, names: readonly string[]): Promise<SimilarName[]> {
  const asked = names.map(comparable)
  if (asked.every(name => name === '')) return []
  return (await db.raw<{ rows: SimilarName[] }>(SIMILAR, { country, names: asked, alike: ALIKE })).rows
}
