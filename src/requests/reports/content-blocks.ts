import type { Block } from '../../platform/documents/document.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import type { ShownContent, ShownPart } from '../page/content.ts'
import type { ShownAnswer, ShownQuestion } from '../page/questions.ts'
import type { Chapter } from './choice.ts'

/** The chapters of a report that are content: what was asked, answered, said and attached. */
export function contentBlocks(content: ShownContent, chosen: readonly Chapter[], t: Translate): Block[] {
  const has = (...any: Chapter[]): boolean => any.some(chapter => chosen.includes(chapter))
  const several = content.parts.length > 1
  return [
    ...(has('questions') ? subjectBlocks(content, t) : []),
    ...content.parts.flatMap(part => [
      ...(has('questions', 'answers', 'drafts') ? questionBlocks(part, several, chosen, t) : []),
      ...(has('answers') ? referralBlocks(part, t) : []),
      ...(has('comments') ? commentBlocks(part, several, t) : []),
    ]),
    ...(has('attachments') ? attachmentBlocks(content, chosen, t) : []),
  ]
}

const heading = (level: 2 | 3, text: string, lang?: string): Block => ({
  kind: 'heading',
  level,
  text: { text, ...(lang && { lang }) },
})

function subjectBlocks({ subject, reason, urgentReason }: ShownContent, t: Translate): Block[] {
  const rows = subject
    .filter(({ value }) => value !== '')
    .map(({ label, value, lang, personal }) => ({
      name: label,
      value: [{ text: value, lang }, ...(personal ? [{ text: t('requests:content.personal') }] : [])],
    }))
  const hidden = subject.flatMap(field => (field.hidden ? [field.label] : []))
  const leftOut = hidden.length > 0 ? [{ name: t('reporting:leftOut'), value: [{ text: hidden.join(', ') }] }] : []
  return [
    heading(2, t('requests:content.subject')),
    { kind: 'facts', rows: [...rows, ...leftOut] },
    heading(3, t('requests:content.reason')),
    { kind: 'paragraph', text: reason },
    ...(urgentReason
      ? [heading(3, t('requests:content.urgentReason')), { kind: 'paragraph' as const, text: urgentReason }]
      : []),
  ]
}

function questionBlocks(part: ShownPart, several: boolean, chosen: readonly Chapter[], t: Translate): Block[] {
  const title = several ? t('requests:content.questionsOf', { number: part.number }) : t('requests:content.questions')
  const general = part.general.filter(({ sent }) => chosen.includes(sent ? 'answers' : 'drafts'))
  return [
    heading(2, title),
    ...part.questions.flatMap(question => questionBlock(question, chosen, t)),
    ...(general.length > 0 ? [heading(3, t('requests:content.general')), ...general.map(quoteOf)] : []),
  ]
}

function questionBlock(question: ShownQuestion, chosen: readonly Chapter[], t: Translate): Block[] {
  const { number, wording, condition, answer, earlier, unsent } = question
  const asked = chosen.includes('questions')
    ? heading(3, `${number}. ${wording.text}`, wording.lang)
    : heading(3, t('requests:content.question', { number }))
  const answers = chosen.includes('answers') ? [answer, ...earlier].filter(one => one !== null) : []
  const drafts = chosen.includes('drafts') ? unsent : []
  const none = chosen.includes('answers') && answers.length === 0 && question.asked
  // Its number alone says nothing.
  if (!chosen.includes('questions') && answers.length + drafts.length === 0 && !none) return []
  return [
    asked,
    ...(condition && chosen.includes('questions')
      ? [{ kind: 'paragraph' as const, text: { text: condition }, note: true }]
      : []),
    ...[...answers, ...drafts].map(answerBlock),
    ...(none ? [{ kind: 'paragraph' as const, text: { text: t('requests:content.unanswered') }, note: true }] : []),
  ]
}

const answerBlock = ({ answer, comment, by }: ShownAnswer): Block => ({
  kind: 'quote',
  texts: [answer, comment].filter(one => one !== null),
  by,
})

const quoteOf = ({ text, lang, by }: { text: string; lang: string; by: string }): Block => ({
  kind: 'quote',
  texts: [{ text, lang }],
  by,
})

const referralBlocks = ({ demands, opinions }: ShownPart, t: Translate): Block[] => [
  ...(demands.length > 0 ? [heading(3, t('requests:demand.heading'))] : []),
  ...demands.flatMap(({ about, outcome, reason, outcomeReason }): Block[] => [
    { kind: 'paragraph', text: { text: `${about} ${outcome}` } },
    quoteOf(reason),
    ...(outcomeReason ? [quoteOf({ ...outcomeReason, by: outcome })] : []),
  ]),
  ...(opinions.length > 0 ? [heading(3, t('requests:opinion.heading'))] : []),
  ...opinions.flatMap(({ coordinator, verdict, text }): Block[] => [
    { kind: 'paragraph', text: { text: `${coordinator.text}: ${verdict}` } },
    ...(text ? [quoteOf(text)] : []),
  ]),
]

const commentBlocks = (part: ShownPart, several: boolean, t: Translate): Block[] => [
  heading(2, several ? t('reporting:commentsOf', { number: part.number }) : t('requests:comment.crumb')),
  ...(part.comments && part.comments.length > 0
    ? part.comments.map(quoteOf)
    : [{ kind: 'paragraph' as const, text: { text: t('requests:comment.none') } }]),
]

function attachmentBlocks({ attachments }: ShownContent, chosen: readonly Chapter[], t: Translate): Block[] {
  const listed = attachments.filter(({ sent }) => sent || chosen.includes('drafts'))
  return [
    heading(2, t('requests:content.attachments')),
    listed.length === 0
      ? { kind: 'paragraph', text: { text: t('requests:content.noAttachments') } }
      : {
          kind: 'table',
          caption: t('requests:content.attachments'),
          captionHidden: true,
          columns: [t('requests:content.file'), t('requests:content.language'), t('requests:content.from')],
          rows: listed.map(({ name, language, by }) => [{ text: name }, { text: language }, { text: by }]),
        },
  ]
}
