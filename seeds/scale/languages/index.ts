import * as germanic from './germanic.ts'
import type { Language } from './language.ts'
import * as other from './other.ts'
import * as romance from './romance.ts'
import * as slavic from './slavic.ts'

export type { Language } from './language.ts'

const languages: Record<string, Language> = { ...germanic, ...romance, ...slavic, ...other }

/** The words of an official language of the thirty countries. @throws Error for another one */
export function languageOf(code: string): Language {
  const language = languages[code]
  if (!language) throw new Error(`No words for the language ${code}`)
  return language
}
