import { readCsv, writeCsv } from '../../platform/csv.ts'
import type { Mistake } from '../../platform/web/form.ts'

/** A file of informal titles as it was read: every line of it, or what is wrong with the others (B2). */
export type TitlesFile = { titles: Record<string, string>; mistakes: [] } | { titles?: undefined; mistakes: Mistake[] }

const LONGEST = 200

/** The informal titles of an authority as a file, one language a line: those that are missing stand there empty. */
export const writeTitles = (
  heading: readonly string[],
  languages: readonly string[],
  titles: Readonly<Record<string, string>>,
  named: (language: string) => string,
): string => writeCsv([heading, ...languages.map(language => [language, named(language), titles[language] ?? ''])])

/** Reads such a file back: the first column is the code of the language, the last one the title. Each bad line is named. */
export function readTitles(file: Uint8Array, languages: readonly string[]): TitlesFile {
  const { rows, bad } = readCsv(file)
  const mistakes = bad.map(({ line, fault }) => mistake(line, `authorities:titlesFile.${fault}`))
  const titles: Record<string, string> = {}
  for (const { line, cells } of rows) {
    const language = (cells[0] ?? '').trim().toLowerCase()
    const title = (cells.at(-1) ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim()
    if (!languages.includes(language)) mistakes.push(mistake(line, 'authorities:titlesFile.language'))
    else if (language in titles) mistakes.push(mistake(line, 'authorities:titlesFile.twice'))
    else if (title.length > LONGEST) mistakes.push(mistake(line, 'authorities:titlesFile.long'))
    else titles[language] = title
  }
  if (mistakes.length > 0) return { mistakes: mistakes.slice(0, 50) }
  if (rows.length === 0) return { mistakes: [{ field: 'file', key: 'authorities:titlesFile.empty' }] }
  if (titles.en === '') return { mistakes: [{ field: 'file', key: 'authorities:registration.title.missing' }] }
  return { titles, mistakes: [] }
}

const mistake = (line: number, key: string): Mistake => ({ field: 'file', key, values: { line } })

/** The titles as they will be: a language that the file leaves out stays, one that it leaves empty goes. */
export const merged = (
  now: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...now, ...given }).filter(([, title]) => title !== ''))
