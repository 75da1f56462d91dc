import { setImmediate } from 'node:timers/promises'
import type { Document } from './document.ts'
import { drawable } from './fonts.ts'
import { shortened } from './lines.ts'
import {
  broken,
  HEIGHT,
  LEFT,
  type Line,
  mark,
  ruleAt,
  type Sheet,
  type Style,
  widthOf,
  WIDTH,
  write,
} from './sheet.ts'

const SMALL: Style = { font: 'regular', size: 8 }
const BELOW = 40
const LINE = 11.2
const MOST_LINES = 4
const NUMBER = 110
const HEAD = 34

/** Leaves as much of each page to its foot as its text needs. */
export function leaveMargins(sheet: Sheet, document: Document): void {
  sheet.bottom = HEIGHT - BELOW - footOf(sheet, document).length * LINE
}

/** What stands on every page around its content: the title above, from the second page on; who printed it and which page below. */
export async function drawMargins(sheet: Sheet, document: Document): Promise<void> {
  const { pdf } = sheet
  const { count } = pdf.bufferedPageRange()
  const foot = footOf(sheet, document)
  const head = shortened(drawable(document.title), WIDTH, text => widthOf(sheet, text, SMALL))
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(page)
    const number = document.pageOf.replace('{page}', String(page + 1)).replace('{pages}', String(count))
    if (page > 0) drawAside(sheet, [{ text: head, style: SMALL }], LEFT, HEAD)
    ruleAt(sheet, sheet.bottom + 6)
    drawAside(sheet, foot, LEFT, sheet.bottom + 10)
    const right = LEFT + WIDTH - widthOf(sheet, drawable(number), SMALL)
    drawAside(sheet, [{ text: drawable(number), style: SMALL }], right, sheet.bottom + 10)
    if (page % 10 === 9) await setImmediate()
  }
}

const footOf = (sheet: Sheet, { footer }: Document): Line[] =>
  broken(sheet, drawable(footer), SMALL, WIDTH - NUMBER).slice(0, MOST_LINES)

const drawAside = (sheet: Sheet, lines: Line[], x: number, y: number): void =>
  mark(sheet, undefined, () => write(sheet, lines, x, y))
