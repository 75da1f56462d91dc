import { expect, test } from 'vitest'
import type { Document } from '../../src/platform/documents/document.ts'
import { loadTexts, translatorsOf } from '../../src/platform/i18n/i18n.ts'
import { loadAssets } from '../../src/platform/web/assets.ts'
import { loadViews } from '../../src/platform/web/views.ts'
import { all, attr, byId, parseHtml, textOf } from '../support/html.ts'
import { faultsOf, type RuleName } from '../support/page-rules.ts'
import { aDocument, squeezed, wordsOf } from './documents.ts'

const views = loadViews()
const assets = loadAssets()
/** What the server says beside the page: there is none here. */
const HEADERS: RuleName[] = ['csp', 'sniff', 'cache']
const { sv: t } = translatorsOf(loadTexts({ strict: true }))

const report = aDocument([
  { kind: 'heading', level: 2, text: { text: 'Översikt & läge' } },
  {
    kind: 'facts',
    rows: [{ name: 'Svarande', value: [{ text: 'Ordem dos Médicos', lang: 'pt' }, { text: 'Portugal' }] }],
  },
  { kind: 'heading', level: 3, text: { text: 'Educação', lang: 'pt' } },
  { kind: 'paragraph', text: { text: 'Rad ett\nrad två <b>' }, note: true },
  { kind: 'quote', texts: [{ text: 'Sim.\nNão.', lang: 'pt' }], by: 'João Silva, 18 november 2026' },
  {
    kind: 'table',
    caption: 'Bilagor',
    columns: ['Namn', 'Sort'],
    rows: [[{ text: 'a.pdf' }, { text: 'Ata', lang: 'pt' }]],
  },
  { kind: 'table', caption: 'Historik', columns: ['När', 'Vad'], rows: [] },
])

function drawn(document: Document, lang = 'sv') {
  const { title } = document
  const base = { t, lang, csrf: 'token', once: undefined, path: '/report' }
  const body = views.draw('documents/document', base, { title, document, pdf: '/report.pdf' })
  const shell = {
    title,
    mode: 'demo',
    signedIn: null,
    menu: [],
    breadcrumbs: [],
    languages: [],
    helpHref: '/help/access',
  }
  const text = views.draw('layout', base, { ...shell, body, notice: null, idleSeconds: null, asset: assets.url })
  const html = parseHtml(text)
  const answer = { status: 200, headers: {}, body: Buffer.from(text), text }
  return { html, faults: faultsOf({ answer, html, namespaces: ['components', 'layout'] }, HEADERS) }
}

test('the page to print says what the PDF says, in the same order, and obeys the rules of every page', () => {
  const { html, faults } = drawn(report)
  expect(faults).toEqual([])
  const said = all(html.root, 'h1', 'h2', 'h3', 'dt', 'blockquote', 'figcaption', 'caption', 'th', 'td', 'p', 'span')
  const texts = squeezed(said.map(textOf).join(''))
  let from = 0
  for (const block of report.blocks) {
    const words = wordsOf(aDocument([block], { title: '', subtitle: '' }))
    from = texts.indexOf(words, from)
    expect(from, words).toBeGreaterThan(-1)
  }
  expect(textOf(all(html.root, 'p').find(p => attr(p, 'class') === 'imi-document__foot')!)).toBe(report.footer)
})

test('what is foreign says its language, and nothing else does', () => {
  const { html } = drawn(report)
  const main = byId(html.root, 'main')!
  const foreign = all(main).filter(element => (attr(element, 'lang') ?? 'sv') !== 'sv')
  expect(foreign.map(element => `${element.tagName} ${attr(element, 'lang')} ${textOf(element)}`)).toEqual([
    'span pt Ordem dos Médicos',
    'h3 pt Educação',
    'p pt Sim. Não.',
    'td pt Ata',
  ])
  expect(
    attr(
      all(drawn(report, 'en').html.root, 'div').find(div => attr(div, 'class') === 'imi-document')!,
      'lang',
    ),
  ).toBe('sv')
})

test('the button that prints waits for the script; the PDF and the hint do not', () => {
  const { html } = drawn(report)
  const button = all(html.root, 'button').find(one => attr(one, 'data-print') !== undefined)!
  expect(attr(button, 'hidden')).toBe('')
  expect(all(html.root, 'a').some(link => attr(link, 'href') === '/report.pdf')).toBe(true)
  expect(textOf(html.root)).toContain('utskriftskommando')
})
