import { type SubjectField, textIn } from '../../modules/index.ts'
import { countryName, languageName, moment, zoneOf } from '../../platform/i18n/names.ts'
import { attachmentName } from '../attachments/fields.ts'
import type { Attachment } from '../attachments/queries.ts'
import { subjectKey } from '../personal.ts'
import type { FoundRequest } from '../queries.ts'
import type { Content } from './content-queries.ts'
import { written } from '../days.ts'
import type { Quote, Reader, Worded } from './overview.ts'
import { shownQuestions, type ShownQuestion } from './questions.ts'
import { unheard, within } from '../workflow.ts'
import { type ShownDemand, shownDemand, type ShownOpinion, shownOpinion } from './referral.ts'
import { shownComment } from './writing/shown.ts'

/** One field of what is said of the subject; a hidden one says nothing. */
export interface ShownField {
  label: string
  value: string
  lang: string
  personal: boolean
  hidden: boolean
}

export interface ShownAttachment {
  name: string
  href: string | null
  language: string
  personal: boolean
  by: string
  sent: boolean
}

/** The content of one part. */
export interface ShownPart {
  number: string
  responder: Worded | null
  questions: ShownQuestion[]
  general: (Quote & { sent: boolean })[]
  demands: ShownDemand[]
  opinions: ShownOpinion[]
  /** None of what is not sent yet: nobody can have said anything. */
  comments: Quote[] | null
}

/** The content of a request in the reader's language, as the page and the report draw it. */
export interface ShownContent {
  subject: ShownField[]
  reason: Worded
  urgentReason: Worded | null
  parts: ShownPart[]
  attachments: ShownAttachment[]
}

/** Puts content into the reader's words; `parts` are those it was read for. */
export function shownContent(
  content: Content,
  request: FoundRequest,
  parts: readonly FoundRequest[],
  reader: Reader,
): ShownContent {
  const own = <T extends { partId: number }>(all: readonly T[], { id }: FoundRequest): T[] =>
    all.filter(({ partId }) => partId === id)
  const heard = !within(unheard, request.wholeStatus)
  return {
    subject: content.set.subject.map(field => shownField(field, content, reader)),
    reason: { text: content.reason, lang: request.language },
    urgentReason: content.urgentReason ? { text: content.urgentReason, lang: request.language } : null,
    parts: parts.map(part => ({
      number: part.number,
      responder: part.responder && { text: part.responder.name, lang: part.responder.language },
      questions: shownQuestions(own(content.questions, part), content, reader, heard),
      general: generalComments(own(content.replies, part), content, reader),
      demands: own(content.demands, part).map(demand => shownDemand(demand, reader)),
      opinions: own(content.opinions, part).map(opinion => shownOpinion(opinion, reader)),
      comments: heard ? own(content.comments, part).map(comment => shownComment(comment, reader)) : null,
    })),
    attachments: content.attachments.map(attachment => shownAttachment(attachment, request, reader)),
  }
}

function shownField(field: SubjectField, { subject, personal }: Content, { lang }: Reader): ShownField {
  const label = textIn(field.label, lang).text
  const hidden = field.personal && personal === undefined
  const value = field.personal ? personal?.get(subjectKey(field.code)) : subject[field.code]
  const said = value ? fieldText(field, value, lang) : { text: '', lang }
  return { label, value: said.text, lang: said.lang, personal: field.personal, hidden }
}

/** What is said of the subject as rows: those that say something, and by name those that are hidden or were left empty. */
export function subjectRows(fields: readonly ShownField[], { t, lang }: Reader): object[] {
  const tag = { color: 'warning', text: t('requests:content.personal') }
  const said = fields.filter(({ value }) => value !== '')
  const hidden = fields.filter(field => field.hidden)
  const empty = fields.filter(field => !field.hidden && field.value === '')
  const named = (label: string, of: readonly ShownField[], more: object): object[] =>
    of.length > 0 ? [{ label, value: of.map(field => field.label).join(', '), ...more }] : []
  return [
    ...said.map(({ label, value, lang: of, personal }) => ({
      label,
      value,
      ...(of !== lang && { lang: of }),
      ...(personal && { tag }),
    })),
    ...named(t('requests:content.hidden'), hidden, { tag }),
    ...named(t('requests:content.notProvided'), empty, {}),
  ]
}

function fieldText({ kind, options }: SubjectField, value: string, lang: string): Worded {
  if (kind === 'country') return { text: countryName(lang, value), lang }
  if (kind === 'date') return { text: /^\d{4}-\d\d-\d\d$/.test(value) ? written(lang, value) : value, lang }
  const option = kind === 'choice' ? options?.find(({ code }) => code === value) : undefined
  return option ? textIn(option.text, lang) : { text: value, lang }
}

/** What the responder said beside its answers; a draft of it to its own people only. */
function generalComments(replies: Content['replies'], { draft }: Content, reader: Reader): ShownPart['general'] {
  const { t, lang, country } = reader
  const said = replies
    .filter(reply => reply.generalComments !== '')
    .map(({ generalComments: text, language, sentAt, madeAt, authority }) => {
      const values = { authority: authority.name, when: moment(lang, zoneOf(country), sentAt ?? madeAt) }
      return {
        text,
        lang: language,
        by: sentAt ? t('requests:content.sentBy', values) : t('requests:content.waits', values),
        sent: sentAt !== null,
      }
    })
  const drafted = draft?.generalComments
    ? [{ text: draft.generalComments, lang: draft.language ?? lang, by: t('requests:content.draft'), sent: false }]
    : []
  return [...said, ...drafted]
}

function shownAttachment(attachment: Attachment, request: FoundRequest, { t, lang, country }: Reader): ShownAttachment {
  const { id, partId, authorityId, at, language, personal, name, state } = attachment
  // Those of the requester belong to every part, those of a responder to its own.
  const own = authorityId === request.requester.id
  const from = own ? t('requests:page.requester') : t('requests:page.responder')
  const when = moment(lang, zoneOf(country), at)
  return {
    name: attachmentName(attachment, t('requests:content.attachment')),
    href: personal && name === null ? null : `/requests/${own ? request.id : partId}/attachments/${id}`,
    language: languageName(lang, language),
    personal,
    sent: state === 'sent',
    by:
      state === 'sent'
        ? t('requests:content.attached', { from, when })
        : t('requests:content.attachedDraft', { from, when }),
  }
}
