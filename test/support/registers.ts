import type { Knex } from 'knex'
import { foldWords } from '../../src/authorities/index.ts'
import { moduleId } from './factories.ts'

export const QUALIFICATIONS = 'professional-qualifications-requests'

interface RegisterWishes {
  name?: string
  language?: string
  titles?: Record<string, string>
  address?: string
  modules?: readonly string[]
  keywords?: readonly string[]
  activities?: readonly string[]
  contents?: readonly string[]
  note?: string
  access?: 'open' | 'login' | 'fee'
}

let counter = 0

/** The smallest valid entry of the directory of registers, as its page would have left it. */
export async function aRegister(db: Knex, authority: { id: number }, wishes: RegisterWishes = {}): Promise<number> {
  const { name = `Registret ${++counter}`, language = 'sv', titles = {}, note = '' } = wishes
  const address = wishes.address ?? `https://register${++counter}.test/sok`
  const [row] = await db('registers')
    .insert({
      authority_id: authority.id,
      address,
      languages: [language],
      contents: wishes.contents ?? ['right'],
      note,
      note_language: language,
      access: wishes.access ?? 'open',
      sort_name: foldWords(name).join(' '),
      words: db.raw('array_to_tsvector(cast(? as text[]))', [
        foldWords([name, ...Object.values(titles), note, new URL(address).hostname].join(' ')),
      ]),
      changed_at: new Date('2026-11-01T09:00:00Z'),
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  await db('register_names').insert({ register_id: id, language, name })
  for (const [lang, title] of Object.entries(titles))
    await db('register_titles').insert({ register_id: id, language: lang, title })
  for (const code of wishes.modules ?? [QUALIFICATIONS])
    await db('register_modules').insert({ register_id: id, module_id: await moduleId(db, code) })
  await db.raw(
    'insert into register_keywords (register_id, keyword_id) select ?, id from keywords where code = any(cast(? as text[]))',
    [id, [...(wishes.keywords ?? [])]],
  )
  for (const economic_activity of wishes.activities ?? [])
    await db('register_economic_activities').insert({ register_id: id, economic_activity })
  return id
}
