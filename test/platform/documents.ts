import { getDocumentProxy } from 'unpdf'
import type { Document } from '../../src/platform/documents/document.ts'
import { toPdf } from '../../src/platform/documents/pdf.ts'

/** A piece of text where it stands on its page, in points from the lower left corner. */
export interface Piece {
  text: string
  x: number
  y: number
  width: number
}

export interface ReadPage {
  /** What belongs to the document, in the order in which it is read aloud. */
  content: Piece[]
  /** Heads, feet and repeated rows, which are not read aloud. */
  aside: Piece[]
  parts: Part[]
}

/** A part of the tagged structure. */
export interface Part {
  role: string
  lang?: string
  children: Part[]
}

/** Makes the PDF of a document and reads it with another library. */
export const readPdf = async (document: Document) => readBytes(await toPdf(document))

/** Reads a PDF that came from somewhere. */
export async function readBytes(bytes: Buffer) {
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const pages: ReadPage[] = []
  for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(await pdf.getPage(number)))
  const { info } = (await pdf.getMetadata()) as { info: { Title?: string; Language?: string } }
  const read = { bytes, pages, info, marked: await pdf.getMarkInfo(), outline: await pdf.getOutline() }
  await pdf.loadingTask.destroy()
  return read
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>

async function readPage(page: Page): Promise<ReadPage> {
  const { items } = await page.getTextContent({ includeMarkedContent: true })
  const [content, aside]: [Piece[], Piece[]] = [[], []]
  const open: string[] = []
  for (const item of items) {
    if ('str' in item) {
      const [, , , , x = NaN, y = NaN] = item.transform as number[]
      const place = open.includes('Artifact') ? aside : content
      if (open.length > 0) place.push({ text: item.str, x, y, width: item.width })
    } else if (item.type === 'endMarkedContent') open.pop()
    else open.push((item as { tag?: string }).tag ?? '')
  }
  return { content, aside, parts: partsOf((await page.getStructTree()) as Part) }
}

/** The tree flattened, in order; what is no part (the contents) is left out. */
export function partsOf(part: Part): Part[] {
  return [part, ...part.children.filter(child => 'role' in child).flatMap(partsOf)]
}

/** Where lines and words were broken says nothing about what is said. */
export const squeezed = (text: string): string => text.replace(/\s/g, '')

/** Everything that a PDF says aloud. */
export const contentOf = (pages: ReadPage[]): string =>
  squeezed(pages.flatMap(({ content }) => content.map(({ text }) => text)).join(''))

/** Everything that a document says, from its first word to its last. */
export function wordsOf({ title, subtitle, blocks }: Document): string {
  const said = blocks.flatMap(block => {
    switch (block.kind) {
      case 'facts':
        return block.rows.flatMap(({ name, value }) => [name, ...value.map(({ text }) => text)])
      case 'table':
        return [
          ...(block.captionHidden ? [] : [block.caption]),
          ...block.columns,
          ...block.rows.flat().map(({ text }) => text),
        ]
      case 'quote':
        return [...block.texts.map(({ text }) => text), block.by]
      default:
        return [block.text.text]
    }
  })
  return squeezed([title, subtitle, ...said].join(''))
}

/** A document with these blocks. */
export const aDocument = (blocks: Document['blocks'], others: Partial<Document> = {}): Document => ({
  lang: 'sv',
  title: 'Begäran 2026-000123',
  subtitle: 'Yrkeskvalifikationer',
  footer: 'Utskriven av Astrid Ek den 20 november 2026',
  pageOf: 'Sida {page} av {pages}',
  blocks,
  ...others,
})
