/** What stands in one cell on the way out. */
export type CsvValue = string | number | null | undefined

/** One line of a file that came in; `line` is its number as an editor counts it, the heading being 1. */
export interface CsvRow {
  line: number
  cells: string[]
}

/** Why a line cannot be read: a quote that never ends, another number of cells than the heading, odd characters. */
export type CsvFault = 'unclosed' | 'columns' | 'characters'

export interface CsvFile {
  heading: string[]
  rows: CsvRow[]
  bad: { line: number; fault: CsvFault }[]
}

const BOM = '\uFEFF'
const SEPARATORS = [';', ',', '\t'] as const

/** A spreadsheet takes what begins like this for a formula; an apostrophe in front makes it a text. */
const FORMULA = /^'*[=+\-@\t\r\n]/
const DEFUSED = /^'+[=+\-@\t\r\n]/

/**
 * A table as a CSV file that every spreadsheet opens: UTF-8 with BOM, semicolons, CRLF, formulas defused (OWASP ASVS 5.0, 1.2.10).
 * The first row is the heading.
 */
export const writeCsv = (rows: readonly (readonly CsvValue[])[]): string => BOM + csvLines(rows)

/** Further lines of such a file, for one that is written piece by piece. */
export const csvLines = (rows: readonly (readonly CsvValue[])[]): string =>
  rows.map(row => `${row.map(written).join(';')}\r\n`).join('')

function written(value: CsvValue): string {
  const text = String(value ?? '').replaceAll('\0', '')
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
  return /[";,\t\r\n]|^\s|\s$|^$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * Reads a CSV file as spreadsheets and people make them: semicolons, commas or tabs, with or without BOM, UTF-8, UTF-16 or the
 * older encoding of Windows. Empty lines are skipped. A line that cannot be read is named, and the others are read all the same.
 */
export function readCsv(file: Uint8Array | string): CsvFile {
  const text = typeof file === 'string' ? file.replace(/^\uFEFF/, '') : decoded(file)
  const { rows, unclosed } = split(text, separatorOf(text))
  const [heading, ...below] = rows.filter(({ cells }) => cells.some(cell => cell.trim() !== ''))
  const bad: CsvFile['bad'] = unclosed.map(line => ({ line, fault: 'unclosed' }))
  const good = below.filter(({ line, cells }) => {
    const fault = faultOf(cells, heading?.cells.length ?? 0)
    if (fault) bad.push({ line, fault })
    return !fault
  })
  return { heading: heading?.cells ?? [], rows: good, bad: bad.sort((one, other) => one.line - other.line) }
}

function faultOf(cells: readonly string[], columns: number): CsvFault | undefined {
  if (cells.some(cell => /[\0\uFFFD]/.test(cell))) return 'characters'
  return cells.length === columns ? undefined : 'columns'
}

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The separator that stands most often in the first line, outside quotes. */
function separatorOf(text: string): string {
  const heading = /^\s*(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? ''
  const count = (separator: string) => heading.split(separator).length
  return [...SEPARATORS].sort((one, other) => count(other) - count(one))[0] ?? ';'
}

/** Takes the text apart; a quote that never ends, or ends in the middle of a cell, spoils its own line only. */
function split(text: string, separator: string): { rows: CsvRow[]; unclosed: number[] } {
  const cell = new RegExp(`"((?:[^"]|"")*)"(?=[${separator}\\r\\n]|$)|(?!")[^${separator}\\r\\n]*`, 'y')
  const end = new RegExp(`${separator}|\\r\\n|\\r|\\n|$`, 'y')
  const rows: CsvRow[] = []
  const unclosed: number[] = []
  let row: CsvRow = { line: 1, cells: [] }
  for (let [at, begun, line] = [0, 0, 1]; at < text.length || row.cells.length > 0;) {
    cell.lastIndex = at
    const found = cell.exec(text)
    if (found) row.cells.push(unquoted(found[1] ?? found[0], found[1] !== undefined))
    else {
      unclosed.push(row.line)
      line = row.line
      at = endOfLine(text, begun)
    }
    line += breaksIn(found?.[0] ?? '')
    end.lastIndex = found ? cell.lastIndex : at
    const ended = end.exec(text)?.[0] ?? ''
    at = end.lastIndex
    if (ended === separator) continue
    if (found) rows.push(row)
    line += 1
    begun = at
    row = { line, cells: [] }
  }
  return { rows, unclosed }
}

function unquoted(cell: string, quoted: boolean): string {
  const text = quoted ? cell.replaceAll('""', '"') : cell
  return DEFUSED.test(text) ? text.slice(1) : text
}

const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0

function endOfLine(text: string, from: number): number {
  const found = text.slice(from).search(/[\r\n]/)
  return found < 0 ? text.length : from + found
}
