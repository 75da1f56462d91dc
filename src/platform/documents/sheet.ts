import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import type { Document } from './document.ts'
import { documentFonts, type FontName } from './fonts.ts'
import { brokenIntoLines } from './lines.ts'

/** A part of the tagged structure: a heading, a paragraph, a cell. */
export type Element = PDFKit.PDFStructureElement

export interface Style {
  font: FontName
  size: number
}

export interface Line {
  text: string
  style: Style
  /** What the line belongs to; without one it is no content but ornament: a heading row that is repeated, the foot of a page. */
  element?: Element
}

/** Lines below one another, from `x` on. */
export interface Column {
  x: number
  lines: Line[]
}

/** Pages of A4 that are filled from above. */
export interface Sheet {
  readonly pdf: PDFKit.PDFDocument
  readonly lang: string
  readonly root: Element
  /** Where the next line stands, and below what none does. */
  y: number
  bottom: number
  /** Draws what a new page begins with: the heading row of the table that goes on there. */
  repeat?: (() => void) | undefined
  /** How often something was placed. */
  placed: number
  /** How wide a text is in size 1. */
  readonly widths: Record<FontName, Map<string, number>>
}

/** Points of 1/72 inch. */
export const LEFT = 57
export const WIDTH = 481
export const HEIGHT = 842
const TOP = 62
const LEADING = 1.4
const ROWS_AT_ONCE = 10

/** An empty sheet. */
export function openSheet({ title, lang }: Document): Sheet {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    tagged: true,
    lang,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Creator: 'Open IMI', Producer: 'Open IMI' },
  })
  for (const [name, font] of Object.entries(documentFonts())) pdf.registerFont(name, font as never)
  const root = pdf.struct('Document')
  pdf.addStructure(root)
  const widths = { regular: new Map<string, number>(), bold: new Map<string, number>() }
  return { pdf, lang, root, y: TOP, bottom: HEIGHT - TOP, placed: 0, widths }
}

/** Sets columns side by side. What has no room goes on on the next page; a row of up to a third of a page is kept together. */
export async function place(sheet: Sheet, columns: readonly Column[], keep: boolean): Promise<void> {
  if (++sheet.placed % ROWS_AT_ONCE === 0) await setImmediate()
  need(sheet, Math.min(heightOf(columns), keep ? (sheet.bottom - TOP) / 3 : 30))
  let rest = columns
  while (rest.some(({ lines }) => lines.length > 0)) {
    const first = fitting(rest, sheet.bottom - sheet.y)
    if (first.some(({ lines }) => lines.length > 0)) draw(sheet, first)
    rest = rest.map(({ x, lines }, index) => ({ x, lines: lines.slice(first[index]?.lines.length) }))
    if (rest.some(({ lines }) => lines.length > 0)) newPage(sheet)
  }
}

/** Begins a new page unless so much has room on this one. */
export function need(sheet: Sheet, height: number): void {
  if (sheet.bottom - sheet.y < height && sheet.y > TOP) newPage(sheet)
}

function newPage(sheet: Sheet): void {
  sheet.pdf.addPage()
  sheet.y = TOP
  sheet.repeat?.()
}

function fitting(columns: readonly Column[], room: number): Column[] {
  return columns.map(({ x, lines }) => {
    let height = 0
    const end = lines.findIndex(({ style }) => (height += style.size * LEADING) > room)
    return { x, lines: end < 0 ? [...lines] : lines.slice(0, end) }
  })
}

/** Space between two blocks; none at the head of a page. */
export function space(sheet: Sheet, height: number): void {
  if (sheet.y > TOP) sheet.y += height
}

/** Draws columns that have room, and stands below them then. */
export function draw(sheet: Sheet, columns: readonly Column[]): void {
  for (const { x, lines } of columns) {
    let y = sheet.y
    for (const group of grouped(lines)) {
      const top = y
      mark(sheet, group[0]?.element, () => write(sheet, group, x, top))
      y += heightOf([{ x, lines: group }])
    }
  }
  sheet.y += heightOf(columns)
}

/** Neighbouring lines of the same part of the structure. */
function grouped(lines: readonly Line[]): Line[][] {
  const groups: Line[][] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last && last[0]?.element === line.element) last.push(line)
    else groups.push([line])
  }
  return groups
}

/** Says what is drawn: a part of the structure, or an ornament that nobody has to hear. */
export function mark({ pdf }: Sheet, element: Element | undefined, drawing: () => void): void {
  if (element) {
    element.add(drawing)
    return
  }
  pdf.markContent('Artifact', { type: 'Layout' })
  drawing()
  pdf.endMarkedContent()
}

/** Lines from a place on the page, wherever that is. */
export function write({ pdf }: Sheet, lines: readonly Line[], x: number, top: number): void {
  let y = top
  for (const { text, style } of lines) {
    pdf.font(style.font).fontSize(style.size).fillColor('black').text(text, x, y, { lineBreak: false })
    y += style.size * LEADING
  }
}

/** A thin line across the page, below what was placed last. */
export function rule(sheet: Sheet): void {
  ruleAt(sheet, sheet.y + 2)
  sheet.y += 5
}

export function ruleAt(sheet: Sheet, y: number): void {
  mark(sheet, undefined, () => {
    sheet.pdf.lineWidth(0.5).strokeColor('#888888')
    sheet.pdf
      .moveTo(LEFT, y)
      .lineTo(LEFT + WIDTH, y)
      .stroke()
  })
}

export const heightOf = (columns: readonly Column[]): number =>
  Math.max(...columns.map(({ lines }) => lines.reduce((height, { style }) => height + style.size * LEADING, 0)))

/** The width of a text. A word is measured once: reports say the same words again and again. */
export function widthOf({ pdf, widths }: Sheet, text: string, { font, size }: Style): number {
  const known = widths[font]
  let width = known.get(text)
  if (width === undefined) known.set(text, (width = pdf.font(font).fontSize(1).widthOfString(text)))
  return width * size
}

/** A text as lines that are no wider than `max`. */
export function broken(sheet: Sheet, text: string, style: Style, max: number, element?: Element): Line[] {
  const lines = brokenIntoLines(text, max, part => widthOf(sheet, part, style))
  return lines.map(line => (element ? { text: line, style, element } : { text: line, style }))
}

/** A new part of the structure, at the end of another; its language is said where it is not the document's. */
export function part(
  { pdf, lang: own }: Sheet,
  parent: Element,
  type: string,
  { lang, scope }: { lang?: string | undefined; scope?: 'Row' | 'Column' } = {},
): Element {
  const element = pdf.struct(type, {
    ...(lang && lang !== own ? { lang } : {}),
    // The types do not know it yet; pdfkit has had it since 0.19.
    ...(scope ? { scope } : {}),
  })
  parent.add(element)
  return element
}
