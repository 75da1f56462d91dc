import { moment, zoneOf } from '../../platform/i18n/names.ts'
import { type Answer, askedNow, isSaid, NO_ANSWER, saysTheSame } from '../replying/answers.ts'
import { type Reply, versionsOf } from '../replying/queries.ts'
import { answerText, shownQuestion } from '../replying/shown.ts'
import type { Content } from './content-queries.ts'
import type { Reader, Worded } from './overview.ts'

/** What was said to a question, with which reply. */
export interface ShownAnswer {
  answer: Worded | null
  comment: Worded | null
  by: string
}

/** A question with its answer, what was answered before, and what is not sent yet. */
export interface ShownQuestion {
  number: number
  wording: Worded
  condition: string | null
  personal: boolean
  /** Whether the answers sent so far ask it: a sub-question waits for its parent's answer. */
  asked: boolean
  answer: ShownAnswer | null
  earlier: ShownAnswer[]
  /** Waiting for approval, or a draft: of the responder's own people only. */
  unsent: ShownAnswer[]
}

type Asked = Content['questions'][number]

/**
 * The questions of a part in the reader's language. A blank about a person that is not for this reader reads "the person". `heard` says
 * whether the responder has been asked yet.
 */
export function shownQuestions(
  all: readonly Asked[],
  content: Content,
  reader: Reader,
  heard: boolean,
): ShownQuestion[] {
  const { t, lang } = reader
  const opened = content.personal
  const open = new Set(askedNow(all, said(all, content)).map(({ id }) => id))
  return all.map(asked => {
    const { wording, condition } = shownQuestion(asked, all, { t, lang, personal: opened ?? new Map<string, string>() })
    const versions = versionsOf(content.replies, asked.id)
    const sent = versions.filter(({ reply }) => reply.state === 'sent')
    const waiting = versions.filter(({ reply }) => reply.state !== 'sent')
    const shown = sent.map(version => shownAnswer(asked, version, sourceOf(version.reply, reader), reader))
    return {
      number: asked.number,
      wording,
      condition: condition ?? null,
      personal: asked.question.variables.some(variable => variable.personal),
      asked: heard && open.has(asked.id),
      answer: shown.at(-1) ?? null,
      earlier: shown.slice(0, -1).reverse(),
      unsent: [
        ...waiting.map(version => shownAnswer(asked, version, sourceOf(version.reply, reader), reader)),
        ...drafted(asked, versions.at(-1), content, reader),
      ],
    }
  })
}

/** The last answers that were sent. */
function said(all: readonly Asked[], { replies }: Content): Map<number, Answer> {
  const sent = replies.filter(({ state }) => state === 'sent')
  return new Map(
    all.flatMap(({ id }) => {
      const last = versionsOf(sent, id).at(-1)
      return last ? [[id, last] as const] : []
    }),
  )
}

interface Source {
  by: string
  /** In which free text was written. */
  language: string
}

const sourceOf = ({ authority, sentAt, madeAt, language }: Reply, { t, lang, country }: Reader): Source => {
  const values = { authority: authority.name, when: moment(lang, zoneOf(country), sentAt ?? madeAt) }
  return { by: sentAt ? t('requests:content.sentBy', values) : t('requests:content.waits', values), language }
}

function shownAnswer({ question }: Asked, answer: Answer, { by, language }: Source, { t, lang }: Reader): ShownAnswer {
  const { value, cannot, comment } = answer
  const said = value === null ? null : answerText(question, value, { t, lang, written: language })
  return {
    answer: cannot ? { text: t('replying:cannot'), lang } : said,
    comment: comment === '' ? null : { text: comment, lang: language },
    by,
  }
}

function drafted(asked: Asked, last: Answer | undefined, { draft }: Content, reader: Reader): ShownAnswer[] {
  const answer = draft?.answers.get(asked.id)
  if (!draft || !answer || !isSaid(answer) || saysTheSame(answer, last ?? NO_ANSWER)) return []
  const by = reader.t('requests:content.draft')
  return [shownAnswer(asked, answer, { by, language: draft.language ?? reader.lang }, reader)]
}
