import { readCsv } from '../../platform/csv.ts'
import type { BadLine, Reason, Wish } from '../invitation.ts'

/** As many lines are read of one file; those after them are named (E1). */
export const MOST_LINES = 5000

const COLUMNS = ['email', 'name', 'language', 'modules'] as const
type Column = (typeof COLUMNS)[number]

/** What a file says: wishes, and the lines that cannot be read. */
export interface ReadFile {
  wishes: (Wish & { flaws?: Reason[] })[]
  bad: BadLine[]
}

/** Why nothing of a file can be used. */
export type FileProblem = 'heading' | 'empty'

/**
 * Reads invitations from a CSV file: a heading that names the columns, then one invitation a line; modules by their codes, with
 * spaces between them. Whatever encoding, separator or end of line; a bad line spoils no other.
 */
export function readInvitations(
  file: Uint8Array | string,
  modules: readonly { id: number; code: string }[],
): ReadFile | FileProblem {
  const { heading, rows, bad } = readCsv(file)
  const titles = heading.map(title => title.trim().toLowerCase().replace('e-mail', 'email'))
  const places = COLUMNS.map(column => titles.indexOf(column))
  if (places.includes(-1)) return 'heading'
  if (rows.length === 0 && bad.length === 0) return 'empty'
  const ids = new Map(modules.map(({ id, code }) => [code.toLowerCase(), id]))
  const beyond = rows.slice(MOST_LINES).map(({ line }) => ({ line, reason: 'tooMany' }))
  return {
    wishes: rows.slice(0, MOST_LINES).map(({ line, cells }) => {
      const cell = (column: Column): string => tidy(cells[places[COLUMNS.indexOf(column)] ?? 0] ?? '')
      return wishFrom(line, cell, ids)
    }),
    bad: [...bad.map(({ line, fault }) => ({ line, reason: fault })), ...beyond],
  }
}

function wishFrom(
  line: number,
  cell: (column: Column) => string,
  ids: ReadonlyMap<string, number>,
): ReadFile['wishes'][number] {
  const [email, name, language] = [cell('email'), cell('name'), cell('language').toLowerCase()]
  const codes = cell('modules')
    .toLowerCase()
    .split(/[\s,;|]+/)
    .filter(code => code !== '')
  const flaws: Reason[] = []
  if ([email, name].some(text => /^[=+\-@]/.test(text))) flaws.push('formula')
  if (codes.some(code => !ids.has(code))) flaws.push('unknownModule')
  const modules = [...new Set(codes.flatMap(code => ids.get(code) ?? []))]
  return { line, email, name, language, modules, flaws }
}

const tidy = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
