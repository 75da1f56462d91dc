import { comparable, foldWords } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import type { RegisterData } from './register.ts'

/** The entry's own row, as far as it follows from what was said. */
export function columnsOf(c: Change, data: RegisterData): object {
  const { address, languages, contents, note, access } = data
  return {
    address,
    languages,
    contents,
    note,
    note_language: data.noteLanguage,
    access,
    sort_name: comparable(nameOf(data)),
    words: c.db.raw('array_to_tsvector(cast(? as text[]))', [wordsOf(data)]),
    changed_at: c.at,
  }
}

/** How the register calls itself, in the first of its languages. */
export const nameOf = ({ names }: Pick<RegisterData, 'names'>): string => Object.values(names)[0] ?? ''

/** What an entry is found by beside its subjects: names, titles, what is said of it, and its address, which often holds who keeps it. */
const wordsOf = ({ names, titles, note, address }: RegisterData): string[] =>
  foldWords([...Object.values(names), ...Object.values(titles), note, new URL(address).hostname].join(' '))

/** Writes what an entry is called and covers, in place of what stood there. */
export async function writeRest({ db }: Change, id: number, data: RegisterData): Promise<void> {
  for (const table of [
    'register_names',
    'register_titles',
    'register_modules',
    'register_keywords',
    'register_economic_activities',
  ])
    await db(table).where({ register_id: id }).delete()
  await db('register_names').insert(
    Object.entries(data.names).map(([language, name]) => ({ register_id: id, language, name })),
  )
  const titles = Object.entries(data.titles).map(([language, title]) => ({ register_id: id, language, title }))
  if (titles.length > 0) await db('register_titles').insert(titles)
  await db.raw(
    `insert into register_modules (register_id, module_id) select ?, id from modules where code = any(cast(? as text[]))`,
    [id, [...data.modules]],
  )
  await db.raw(
    `insert into register_keywords (register_id, keyword_id) select ?, id from keywords where code = any(cast(? as text[]))`,
    [id, [...data.keywords]],
  )
  await db.raw(
    `insert into register_economic_activities (register_id, economic_activity) select ?, unnest(cast(? as text[]))`,
    [id, [...data.economicActivities]],
  )
}
