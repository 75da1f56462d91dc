import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block, Document, Worded } from '../../src/platform/documents/document.ts'
import { toPdf } from '../../src/platform/documents/pdf.ts'
import { aDocument, contentOf, readPdf, type ReadPage, squeezed, wordsOf } from './documents.ts'
import { alphabets } from './alphabets.ts'

const LETTERS = [...new Set(Object.values(alphabets).join(''))]
const SENTENCE = 'Har personen rätt att utöva yrket i er medlemsstat? Office, affluent, fjord. '

const written = fc
  .array(fc.constantFrom(...LETTERS, ...' \n.,;:–-/@0123456789 '), { minLength: 1, maxLength: 200 })
  .map(letters => letters.join(''))
const anything = fc.string({ unit: 'binary', minLength: 0, maxLength: 300 })

function documents(text: fc.Arbitrary<string>): fc.Arbitrary<Document> {
  const worded: fc.Arbitrary<Worded> = fc.record(
    { text, lang: fc.constantFrom('pt', 'el', 'bg') },
    { requiredKeys: ['text'] },
  )
  const table = fc.integer({ min: 1, max: 7 }).chain(columns => {
    const row = <T>(cell: fc.Arbitrary<T>) => fc.array(cell, { minLength: columns, maxLength: columns })
    const rows = fc.array(row(worded), { maxLength: 12 })
    return fc.record({ kind: fc.constant('table' as const), caption: text, columns: row(text), rows })
  })
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constant('heading' as const), level: fc.constantFrom(2 as const, 3 as const), text: worded }),
    fc.record({ kind: fc.constant('paragraph' as const), text: worded, note: fc.boolean() }),
    fc.record({
      kind: fc.constant('facts' as const),
      rows: fc.array(fc.record({ name: text, value: fc.array(worded, { maxLength: 3 }) }), { maxLength: 6 }),
    }),
    table,
    fc.record({
      kind: fc.constant('quote' as const),
      texts: fc.array(worded, { minLength: 1, maxLength: 3 }),
      by: text,
    }),
  )
  return fc
    .record({ title: text, subtitle: text, footer: text, blocks: fc.array(block, { maxLength: 12 }) })
    .map(({ blocks, ...others }) => aDocument(blocks, others))
}

test('whatever a document says, its PDF says in the same order, and nothing leaves the page', async () => {
  await fc.assert(
    fc.asyncProperty(documents(written), async document => {
      const { pages } = await readPdf(document)
      expectSaid(pages, document)
      expectOnPage(pages)
    }),
    { numRuns: 60 },
  )
})

test('any characters at all make a PDF that can be read', async () => {
  await fc.assert(
    fc.asyncProperty(documents(anything), async document => {
      expectOnPage((await readPdf(document)).pages)
    }),
    { numRuns: 40 },
  )
})

/** Compares from the first difference on: of a long document the rest would say nothing. */
function expectSaid(pages: ReadPage[], document: Document): void {
  const [said, expected] = [contentOf(pages), wordsOf(document)]
  let at = 0
  while (at < said.length && said[at] === expected[at]) at++
  if (said !== expected)
    expect(said.slice(Math.max(0, at - 30), at + 30)).toBe(expected.slice(Math.max(0, at - 30), at + 30))
}

function expectOnPage(pages: ReadPage[]): void {
  const placed = pages.flatMap(({ content, aside }) => [...content, ...aside]).filter(({ text }) => text.trim())
  const outside = placed.filter(({ x, y, width }) => x < 56 || x + width > 541 || y < 20 || y > 822)
  expect(outside).toEqual([])
}

test.each(Object.entries(alphabets))('the letters of %s are read as they were written', async (_language, letters) => {
  const text = (letters + letters.toUpperCase()).normalize('NFC')
  const { pages } = await readPdf(aDocument([{ kind: 'heading', level: 2, text: { text } }], { title: text }))
  expect(contentOf(pages)).toBe(squeezed(`${text}Yrkeskvalifikationer${text}`))
})

test('letters that a font would join or cut up stay themselves; those it lacks are marked; what only steers is left out', async () => {
  const text = 'office affluent ij\u0301 e\u0301 soft\u00ADhyphen \u{1F600} 日 \u0000.'
  const { pages } = await readPdf(aDocument([{ kind: 'paragraph', text: { text } }], { title: 'T', subtitle: '' }))
  expect(contentOf(pages)).toBe('Tofficeaffluentij\u0301ésofthyphen\u{1F600}\uFFFD\uFFFD.')
})

test('the file says its title, its language and what each part of it is', async () => {
  const { info, marked, outline, pages, bytes } = await readPdf(
    aDocument([
      { kind: 'heading', level: 2, text: { text: 'Översikt' } },
      { kind: 'heading', level: 3, text: { text: 'Bilagor' } },
      { kind: 'facts', rows: [{ name: 'Svarande', value: [{ text: 'Ordem dos Médicos', lang: 'pt' }] }] },
      { kind: 'table', caption: 'Bilagor', columns: ['Namn', 'Sort'], rows: [[{ text: 'a.pdf' }, { text: 'Intyg' }]] },
      { kind: 'quote', texts: [{ text: 'Sim.', lang: 'pt' }], by: 'João Silva' },
    ]),
  )
  expect(info).toMatchObject({ Title: 'Begäran 2026-000123', Language: 'sv' })
  expect(marked).toMatchObject({ Marked: true })
  expect(outline).toMatchObject([{ title: 'Översikt', items: [{ title: 'Bilagor', items: [] }] }])
  const roles = pages[0]?.parts.map(({ role, lang }) => (lang ? `${role} ${lang}` : role)).join(' > ')
  expect(roles).toBe(
    'Root > Document > H1 > P > H2 > H3 > L > LI > Lbl > LBody > P pt > Table > Caption > TR > TH > TH > TR > TH > TD > BlockQuote > P pt > P',
  )
  expect(bytes.toString('latin1').match(/\/Scope \/(Column|Row)/g)).toEqual([
    '/Scope /Column',
    '/Scope /Column',
    '/Scope /Row',
  ])
})

test('a table of 500 rows goes on over pages, each with its heading row, which is read aloud once', async () => {
  const rows = Array.from({ length: 500 }, (_, row) => [
    { text: `Rad ${row}` },
    { text: SENTENCE.repeat(1 + (row % 3)) },
  ])
  const document = aDocument([{ kind: 'table', caption: 'Historik', columns: ['Händelse', 'Anmärkning'], rows }])
  const { pages } = await readPdf(document)
  expect(pages.length).toBeGreaterThan(15)
  expectSaid(pages, document)
  for (const [index, { aside }] of pages.entries()) {
    const texts = aside.map(({ text }) => text)
    expect(texts).toContain(`Sida ${index + 1} av ${pages.length}`)
    expect(texts).toContain('Utskriven av Astrid Ek den 20 november 2026')
    if (index > 0) expect(texts).toEqual(expect.arrayContaining(['Begäran 2026-000123', 'Händelse', 'Anmärkning']))
  }
})

test('a heading above another one stands on its page, wherever that falls', async () => {
  const heading = (level: 2 | 3, text: string): Block => ({ kind: 'heading', level, text: { text } })
  for (let lines = 30; lines < 44; lines++) {
    const before = Array.from({ length: lines }, (): Block => ({ kind: 'paragraph', text: { text: 'Rad' } }))
    const { pages } = await readPdf(aDocument([...before, heading(2, 'Frågor'), heading(3, 'Fråga 1'), ...before]))
    const at = pages.findIndex(({ content }) => content.some(({ text }) => text === 'Frågor'))
    expect(pages[at]?.content.map(({ text }) => text)).toEqual(expect.arrayContaining(['Frågor', 'Fråga 1', 'Rad']))
  }
})

test('a table breaks long texts and no short ones', async () => {
  const [when, who] = ['12 okt. 2026 06:02 CEST', 'Birgitta Holm']
  const rows = [[{ text: when }, { text: who }, { text: SENTENCE.repeat(3) }]]
  const table: Block = { kind: 'table', caption: 'Historik', captionHidden: true, columns: ['När', 'Vem', 'Vad'], rows }
  const { pages } = await readPdf(aDocument([table]))
  const texts = pages.flatMap(({ content }) => content.map(({ text }) => text))
  expect(texts).toEqual(expect.arrayContaining([when, who]))
  expect(texts).not.toContain('Historik')
  expectOnPage(pages)
})

test('a cell longer than a page goes on on the next, and a word of 20,000 letters is broken', async () => {
  const long = SENTENCE.repeat(150)
  const rows = [[{ text: 'Ett' }, { text: long }, { text: 'x'.repeat(20_000) }]]
  const { pages } = await readPdf(aDocument([{ kind: 'table', caption: 'C', columns: ['1', '2', '3'], rows }]))
  const said = contentOf(pages)
  expect(pages.length).toBeGreaterThan(5)
  expect(said).toHaveLength(squeezed(`Begäran 2026-000123YrkeskvalifikationerC123Ett${long}`).length + 20_000)
  expect(said.replace(/[^x]/g, '')).toHaveLength(20_000)
  expectOnPage(pages)
})

test('sixty pages take less than a second of the processor, and let others work in between', async () => {
  const paragraphs = Array.from({ length: 550 }, (_, index): Block => {
    const text = { text: `${index} ${SENTENCE.repeat(7)}` }
    return index % 2 ? { kind: 'paragraph', text } : { kind: 'quote', texts: [text], by: 'João Silva' }
  })
  const document = aDocument(paragraphs)
  expect((await readPdf(document)).pages.length).toBeGreaterThanOrEqual(60)
  let turns = 0
  let done = false
  const before = process.cpuUsage()
  const made = toPdf(document).finally(() => (done = true))
  while (!done) {
    turns++
    await setImmediate()
  }
  await made
  const { user } = process.cpuUsage(before)
  expect(user / 1000).toBeLessThan(1000)
  expect(turns).toBeGreaterThan(40)
})
