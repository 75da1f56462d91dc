import { buffer } from 'node:stream/consumers'
import type { Block, Document, Worded } from './document.ts'
import { drawable } from './fonts.ts'
import { drawMargins, leaveMargins } from './margins.ts'
import { broken, LEFT, need, openSheet, part, place, rule, type Sheet, space, type Style, WIDTH } from './sheet.ts'
import { drawTable } from './table.ts'

type Of<Kind> = Extract<Block, { kind: Kind }>

const TEXT: Style = { font: 'regular', size: 9.5 }
const STRONG: Style = { font: 'bold', size: 9.5 }
const SMALL: Style = { font: 'regular', size: 8.5 }
const TITLE: Style = { font: 'bold', size: 17 }
const HEADINGS: Record<2 | 3, Style> = { 2: { font: 'bold', size: 13 }, 3: { font: 'bold', size: 10.5 } }
const NAMES = 150
const GAP = 12

/**
 * A document as a PDF to print and to keep: A4, black on white, tagged for those who hear it (headings, lists, tables, the language
 * of each text), with bookmarks. A letter that the fonts lack is drawn as �. Others are served in between.
 */
export async function toPdf(document: Document): Promise<Buffer> {
  const sheet = openSheet(document)
  leaveMargins(sheet, document)
  await drawText(sheet, 'H1', { text: document.title }, TITLE)
  if (document.subtitle) await drawText(sheet, 'P', { text: document.subtitle }, TEXT)
  const bookmark = bookmarks(sheet)
  for (const [index, block] of document.blocks.entries()) {
    await drawBlock(sheet, block, bookmark, document.blocks[index + 1])
  }
  await drawMargins(sheet, document)
  sheet.root.end()
  sheet.pdf.end()
  return buffer(sheet.pdf)
}

type Bookmark = (level: 2 | 3, title: string) => void

/** The outline beside the pages: the headings, those of level 3 below the last of level 2. */
function bookmarks(sheet: Sheet): Bookmark {
  let chapter: PDFKit.PDFOutline | undefined
  return (level, title) => {
    const place = { expanded: true, top: sheet.y }
    const item = ((level === 3 && chapter) || sheet.pdf.outline).addItem(title, place)
    if (level === 2) chapter = item
  }
}

async function drawBlock(sheet: Sheet, block: Block, bookmark: Bookmark, next: Block | undefined): Promise<void> {
  switch (block.kind) {
    case 'heading':
      return drawHeading(sheet, block, bookmark, next)
    case 'paragraph':
      space(sheet, 6)
      return drawText(sheet, 'P', block.text, block.note ? SMALL : TEXT)
    case 'facts':
      return drawFacts(sheet, block)
    case 'table':
      return drawTable(sheet, block)
    case 'quote':
      return drawQuote(sheet, block)
  }
}

async function drawText(sheet: Sheet, type: string, { text, lang }: Worded, style: Style): Promise<void> {
  const element = part(sheet, sheet.root, type, { lang })
  await place(sheet, [{ x: LEFT, lines: broken(sheet, drawable(text), style, WIDTH, element) }], false)
  element.end()
}

/** A heading stands on the page of what it is about; above another heading, of what that one is about. */
async function drawHeading(
  sheet: Sheet,
  { level, text }: Of<'heading'>,
  bookmark: Bookmark,
  next: Block | undefined,
): Promise<void> {
  space(sheet, level === 2 ? 20 : 12)
  need(sheet, next?.kind === 'heading' ? 130 : 90)
  bookmark(level, drawable(text.text))
  await drawText(sheet, `H${level}`, text, HEADINGS[level])
}

async function drawFacts(sheet: Sheet, { rows }: Of<'facts'>): Promise<void> {
  space(sheet, 6)
  const list = part(sheet, sheet.root, 'L')
  for (const { name, value } of rows) {
    const item = part(sheet, list, 'LI')
    const names = broken(sheet, drawable(name), STRONG, NAMES - GAP, part(sheet, item, 'Lbl'))
    const body = part(sheet, item, 'LBody')
    const values = value.flatMap(({ text, lang }) =>
      broken(sheet, drawable(text), TEXT, WIDTH - NAMES, part(sheet, body, 'P', { lang })),
    )
    await place(
      sheet,
      [
        { x: LEFT, lines: names },
        { x: LEFT + NAMES, lines: values },
      ],
      true,
    )
    item.end()
    rule(sheet)
  }
  list.end()
}

async function drawQuote(sheet: Sheet, { texts, by }: Of<'quote'>): Promise<void> {
  space(sheet, 8)
  const quote = part(sheet, sheet.root, 'BlockQuote')
  const lines = texts.flatMap(({ text, lang }) =>
    broken(sheet, drawable(text), TEXT, WIDTH - GAP, part(sheet, quote, 'P', { lang })),
  )
  const names = broken(sheet, drawable(by), SMALL, WIDTH - GAP, part(sheet, quote, 'P'))
  await place(sheet, [{ x: LEFT + GAP, lines: [...lines, ...names] }], false)
  quote.end()
}
