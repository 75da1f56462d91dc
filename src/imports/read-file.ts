import { readCsv } from '../platform/csv.ts'
import type { Mistake } from '../platform/web/form.ts'
import { freshLine, type Line, MOST_LINES } from './line.ts'

/** A column of a file, by the name that its first line says. */
export interface Column {
  name: string
  required: boolean
  /** A telephone number may begin as a formula does. */
  telephone?: boolean
}

/** More lines than these are not even named one by one. */
const MOST_NAMED = 2 * MOST_LINES

/**
 * Reads the lines of a CSV file, whatever its encoding, separator or end of line; columns in any order. A line that cannot be
 * read is kept with its number and reason and spoils no other.
 * @returns why nothing of the file can be used, where that is so
 */
export function readLines(file: Uint8Array | string, columns: readonly Column[]): Line[] | Mistake {
  const { heading, rows, bad } = readCsv(file)
  const titles = heading.map(plain)
  const problem = headingProblem(titles, heading, columns)
  if (problem) return problem
  if (rows.length + bad.length === 0) return mistake('empty')
  if (rows.length + bad.length > MOST_NAMED) return mistake('tooLong', { most: MOST_LINES })
  const places = columns.map(({ name }) => titles.indexOf(plain(name)))
  const good = rows.map(({ line, cells }, index) => {
    if (index >= MOST_LINES) return faulty(line, 'tooMany')
    const named = columns.map(({ name }, column) => [name, tidy(cells[places[column] ?? -1] ?? '')] as const)
    return freshLine(line, Object.fromEntries(named))
  })
  const all = [...good, ...bad.map(({ line, fault }) => faulty(line, fault))]
  return [...new Map(all.map(line => [line.line, line])).values()].sort((one, other) => one.line - other.line)
}

/** That a cell begins as a formula does: no name and no address does, and a spreadsheet would run it. */
export const formulasIn = ({ cells }: Line, columns: readonly Column[]): Mistake[] =>
  columns
    .filter(({ name, telephone }) => !telephone && /^[=+\-@]/.test(cells[name] ?? ''))
    .map(({ name }) => ({ field: name, key: 'imports:reason.formula' }))

/** The words of a cell that holds several, with spaces, commas or bars between them. */
export const wordsIn = (cell: string | undefined): string[] => [
  ...new Set((cell ?? '').split(/[\s,;|]+/).filter(word => word !== '')),
]

function headingProblem(
  titles: readonly string[],
  heading: readonly string[],
  columns: readonly Column[],
): Mistake | undefined {
  const missing = columns.filter(({ name, required }) => required && !titles.includes(plain(name)))
  if (missing.length > 0) return mistake('heading', { columns: missing.map(({ name }) => name).join(', ') })
  const known = new Set(columns.map(({ name }) => plain(name)))
  const odd = heading.filter((title, index) => !known.has(plain(title)) || titles.indexOf(plain(title)) !== index)
  if (odd.length === 0) return undefined
  const named = odd.slice(0, 10).map(title => `“${tidy(title).slice(0, 40)}”`)
  return mistake('unknownColumns', { columns: named.join(', ') })
}

const mistake = (problem: string, values: Record<string, string | number> = {}): Mistake => ({
  field: 'file',
  key: `imports:file.${problem}`,
  values,
})

const faulty = (line: number, fault: string): Line =>
  freshLine(line, {}, [{ field: '', key: `imports:fault.${fault}`, values: { most: MOST_LINES } }])

/** Names of columns are the same however they are capitalised or hyphenated. */
const plain = (title: string): string => title.toLowerCase().replace(/[\s_-]/g, '')

const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
