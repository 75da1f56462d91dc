import type { Knex } from 'knex'
import type { Choice } from '../authorities/index.ts'
import { listModules, nameIn } from '../modules/index.ts'
import { rowsOf } from '../platform/db/statement.ts'
import { byLabel } from '../platform/i18n/names.ts'
import { findSearchLists } from '../search/index.ts'

/** What the directory can be searched by, in the reader's language. */
export interface DirectoryLists {
  countries: Choice[]
  modules: Choice[]
  keywords: Choice[]
  activities: Choice[]
}

const KEYWORDS = `
  select k.code as value, coalesce(k.names->>:lang, k.names->>'en') as label from keywords k
  where exists (select 1 from modules m where m.legislative_area_id = k.legislative_area_id and m.workflow = 'requests')`

/** Finds what the directory can be searched by. */
export async function findDirectoryLists(db: Knex, lang: string): Promise<DirectoryLists> {
  const [lists, modules, keywords] = await Promise.all([
    findSearchLists(db, lang, ''),
    listModules(db),
    rowsOf<Choice>(db, KEYWORDS, { lang }),
  ])
  return {
    countries: lists.countries,
    modules: modules
      .filter(({ workflow }) => workflow === 'requests')
      .map(({ id, names }) => ({ value: String(id), label: nameIn(names, lang) })),
    keywords: byLabel(lang, keywords),
    activities: lists.economicActivities,
  }
}
