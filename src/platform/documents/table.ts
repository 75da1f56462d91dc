import type { Block, Worded } from './document.ts'
import { drawable } from './fonts.ts'
import { columnWidths } from './lines.ts'
import {
  broken,
  type Column,
  draw,
  type Element,
  heightOf,
  LEFT,
  need,
  part,
  place,
  rule,
  type Sheet,
  space,
  type Style,
  widthOf,
  WIDTH,
} from './sheet.ts'

const TEXT: Style = { font: 'regular', size: 8.5 }
const STRONG: Style = { font: 'bold', size: 8.5 }
const CAPTION: Style = { font: 'bold', size: 9.5 }
const GAP = 8
/** A heading row higher than this is not drawn again on each page: it would leave no room for the rows. */
const HIGHEST_HEADS = 200

interface Cell {
  text: string
  style: Style
  element?: Element
}

/** A table that may go on over pages, where its heading row is drawn again. The first cell of a row names it. */
export async function drawTable(
  sheet: Sheet,
  { caption, captionHidden, columns, rows }: Extract<Block, { kind: 'table' }>,
): Promise<void> {
  space(sheet, captionHidden ? 6 : 10)
  need(sheet, 100)
  const table = part(sheet, sheet.root, 'Table')
  if (!captionHidden) await drawCaption(sheet, table, caption)
  const widths = widthsOf(sheet, columns, rows)
  await drawHeads(sheet, table, columns, widths)
  const heads = columnsOf(
    sheet,
    columns.map(text => ({ text, style: STRONG })),
    widths,
  )
  if (heightOf(heads) <= HIGHEST_HEADS) sheet.repeat = () => drawAgain(sheet, heads)
  for (const row of rows) await drawRow(sheet, table, row.slice(0, columns.length), widths)
  sheet.repeat = undefined
  table.end()
}

async function drawCaption(sheet: Sheet, table: Element, caption: string): Promise<void> {
  const element = part(sheet, table, 'Caption')
  await place(sheet, [{ x: LEFT, lines: broken(sheet, drawable(caption), CAPTION, WIDTH, element) }], true)
  element.end()
  sheet.y += 3
}

async function drawHeads(sheet: Sheet, table: Element, columns: string[], widths: number[]): Promise<void> {
  const row = part(sheet, table, 'TR')
  const head = (text: string): Cell => ({ text, style: STRONG, element: part(sheet, row, 'TH', { scope: 'Column' }) })
  await place(sheet, columnsOf(sheet, columns.map(head), widths), true)
  row.end()
  rule(sheet)
}

function drawAgain(sheet: Sheet, heads: Column[]): void {
  draw(sheet, heads)
  rule(sheet)
}

async function drawRow(sheet: Sheet, table: Element, worded: Worded[], widths: number[]): Promise<void> {
  const row = part(sheet, table, 'TR')
  const cells = worded.map(({ text, lang }, index) => {
    const element = index ? part(sheet, row, 'TD', { lang }) : part(sheet, row, 'TH', { lang, scope: 'Row' })
    return { text, style: TEXT, element }
  })
  await place(sheet, columnsOf(sheet, cells, widths), true)
  row.end()
  rule(sheet)
}

function columnsOf(sheet: Sheet, cells: Cell[], widths: number[]): Column[] {
  let x = LEFT
  return cells.map(({ text, style, element }, index) => {
    const width = widths[index] ?? 0
    const column = { x, lines: broken(sheet, drawable(text), style, width - GAP, element) }
    x += width
    return column
  })
}

function widthsOf(sheet: Sheet, columns: string[], rows: Worded[][]): number[] {
  const spaceWidth = widthOf(sheet, ' ', TEXT)
  const measured = columns.map((name, index) => {
    const widest = { text: 0, word: 0 }
    const measure = (text: string, style: Style): void => {
      const words = drawable(text)
        .split(/[ \n]/)
        .map(word => widthOf(sheet, word, style))
      widest.word = Math.max(widest.word, GAP + Math.max(...words))
      widest.text = Math.max(
        widest.text,
        words.reduce((sum, word) => sum + word + spaceWidth, GAP),
      )
    }
    measure(name, STRONG)
    for (const row of rows) measure(row[index]?.text ?? '', TEXT)
    return widest
  })
  return columnWidths(measured, WIDTH)
}
