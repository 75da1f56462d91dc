import type { Knex } from 'knex'
import { byLabel, languageName } from '../platform/i18n/names.ts'
import { listLanguages } from '../users/index.ts'
import { listed } from './words.ts'

/** The languages that somebody can write in, by their names in the reader's. */
export async function languageOptions(db: Knex, lang: string): Promise<{ value: string; label: string }[]> {
  const codes = await listLanguages(db)
  return byLabel(
    lang,
    codes.map(value => ({ value, label: languageName(lang, value) })),
  )
}

/** The languages that an authority reads, in words: "Danish and English"; the advice beside free text. [001] */
export async function languagesRead(db: Knex, lang: string, authorityId: number): Promise<string> {
  const row = await db('authorities').where({ id: authorityId }).first<{ languages: string[] } | undefined>('languages')
  const names = (row?.languages ?? []).map(code => languageName(lang, code))
  return listed(lang, names)
}
