import type { Block, Document, Worded } from '../../platform/documents/document.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import type { ShownContent } from '../page/content.ts'
import type { ShownLine } from '../page/history.ts'
import type { Row } from '../page/overview.ts'
import type { Chapter } from './choice.ts'
import { contentBlocks } from './content-blocks.ts'

/** What a report is made of: selected for this reader, in their words. */
export interface Reported {
  number: string
  module: string
  status: string
  overview: Row[]
  parts: { number: string; responder: string; lang: string; status: string; due: string }[]
  note: { fileNumber: string; remark: string } | null
  content: ShownContent | null
  history: ShownLine[]
}

type Frame = Pick<Document, 'lang' | 'footer' | 'pageOf'>

/** A request to print and to keep: the chosen chapters, of which the reader may see everything that stands here. */
export function requestReport(said: Reported, chosen: readonly Chapter[], t: Translate, frame: Frame): Document {
  const has = (chapter: Chapter): boolean => chosen.includes(chapter)
  const blocks = [
    ...(has('overview') ? overviewBlocks(said, t) : []),
    ...(said.content ? contentBlocks(said.content, chosen, t) : []),
    ...(has('history') ? historyBlocks(said.history, t) : []),
  ]
  return {
    ...frame,
    title: t('reporting:document.title', { number: said.number }),
    subtitle: `${said.module} · ${said.status}`,
    blocks: blocks.length > 0 ? blocks : [{ kind: 'paragraph', text: { text: t('reporting:nothing') } }],
  }
}

function overviewBlocks({ overview, parts, note, status }: Reported, t: Translate): Block[] {
  const facts = overview.map(({ label, value, lang, note: beside }) => ({
    name: label,
    value: [{ text: value, ...(lang && { lang }) }, ...texts(beside)],
  }))
  const own = note
    ? [
        { name: t('requests:note.fileNumber'), value: texts(note.fileNumber) },
        { name: t('requests:note.remark'), value: texts(note.remark) },
      ].filter(({ value }) => value.length > 0)
    : []
  return [
    { kind: 'heading', level: 2, text: { text: t('requests:page.overview') } },
    { kind: 'facts', rows: [{ name: t('reporting:status'), value: texts(status) }, ...facts, ...own] },
    ...(parts.length > 1 ? [partsTable(parts, t)] : []),
  ]
}

const texts = (...all: (string | undefined)[]): Worded[] => all.filter(Boolean).map((text = '') => ({ text }))

const partsTable = (parts: Reported['parts'], t: Translate): Block => ({
  kind: 'table',
  caption: t('requests:parts.heading'),
  columns: [
    t('reporting:column.part'),
    t('requests:page.responder'),
    t('reporting:status'),
    t('requests:page.dueDate'),
  ],
  rows: parts.map(({ number, responder, lang, status, due }) => [
    { text: number },
    { text: responder, lang },
    { text: status },
    { text: due },
  ]),
})

function historyBlocks(lines: ShownLine[], t: Translate): Block[] {
  const oldestFirst = lines.toReversed()
  return [
    { kind: 'heading', level: 2, text: { text: t('requests:tab.history') } },
    {
      kind: 'table',
      caption: t('requests:tab.history'),
      captionHidden: true,
      columns: [t('reporting:column.when'), t('reporting:column.who'), t('reporting:column.what')],
      rows: oldestFirst.map(({ when, who, whoLang, text, details }) => [
        { text: when },
        { text: who, ...(whoLang && { lang: whoLang }) },
        { text: [text, ...details].join('. ') },
      ]),
    },
    ...noteBlocks(oldestFirst, t),
  ]
}

/** What people wrote with their steps, below the table, which holds one text in a cell. */
function noteBlocks(lines: ShownLine[], t: Translate): Block[] {
  const notes = lines.flatMap(({ note, who, when, text }): Block[] =>
    note ? [{ kind: 'quote', texts: [note], by: t('reporting:note', { what: text, who, when }) }] : [],
  )
  return notes.length > 0 ? [{ kind: 'heading', level: 3, text: { text: t('reporting:notes') } }, ...notes] : []
}
