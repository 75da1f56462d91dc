import { type Question, textIn, wording } from '../../modules/index.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import { day, number } from '../../platform/i18n/names.ts'
import { variableKey } from '../personal.ts'
import { type Answer, type AskedQuestion, parentOf } from './answers.ts'

/** A text with the language that it is in. */
export interface Worded {
  text: string
  lang: string
}

/** A question as this reader reads it. */
export interface ShownQuestion {
  id: number
  number: number
  heading: string
  wording: Worded
  /** It names somebody. */
  personal: boolean
  /** On what it depends, for a sub-question; how deep it stands. */
  condition: string | undefined
  depth: number
}

interface Reader {
  t: Translate
  lang: string
  /** Personal variables by their keys, as far as the reader may see them. */
  personal: ReadonlyMap<string, string>
}

/** A question in the reader's language, its blanks filled in; a blank that is not for this reader reads "the person". */
export function shownQuestion(
  asked: AskedQuestion,
  all: readonly AskedQuestion[],
  { t, lang, personal }: Reader,
): ShownQuestion {
  const { id, question } = asked
  const marked = question.variables.filter(variable => variable.personal)
  const values = Object.fromEntries(marked.map(({ code }) => [code, personal.get(variableKey(id, code))]))
  const parent = parentOf(asked, all)
  return {
    id,
    number: asked.number,
    heading: question.heading,
    wording: wording(question, lang, { ...asked.variables, ...values }, t('replying:thePerson')),
    personal: marked.some(({ code }) => values[code] !== undefined),
    condition: parent && conditionOf(question, parent, { t, lang }),
    depth: depthOf(asked, all),
  }
}

function conditionOf(question: Question, parent: AskedQuestion, { t, lang }: Pick<Reader, 't' | 'lang'>): string {
  const answers = (question.parent?.when ?? []).map(value => answerText(parent.question, value, { t, lang }).text)
  const list = new Intl.ListFormat(lang === 'en' ? 'en-GB' : lang, { type: 'disjunction' }).format(answers)
  return t('replying:condition', { number: parent.number, answers: list })
}

function depthOf(asked: AskedQuestion, all: readonly AskedQuestion[], depth = 0): number {
  const parent = parentOf(asked, all)
  return parent && depth < all.length ? depthOf(parent, all, depth + 1) : depth
}

/** A stored answer in the reader's language; free text stays in `written`, the language it was written in. */
export function answerText(
  { answer, options }: Pick<Question, 'answer' | 'options'>,
  value: string,
  { t, lang, written = lang }: { t: Translate; lang: string; written?: string },
): Worded {
  if (answer === 'yes-no') return { text: value === 'yes' ? t('modules:answer.yes') : t('modules:answer.no'), lang }
  if (answer === 'date') return { text: day(lang, 'UTC', new Date(`${value}T00:00:00Z`)), lang }
  if (answer === 'number') return { text: number(lang, Number(value)), lang }
  if (answer === 'text') return { text: value, lang: written }
  const option = options.find(({ code }) => code === value)
  return option ? textIn(option.text, lang) : { text: value, lang }
}

/** What was said to a question, ready to be drawn: the answer or that there can be none, and the comment. */
export interface ShownAnswer extends ShownQuestion {
  answer: Worded | undefined
  comment: Worded | undefined
}

/** A question with what was said to it. */
export function shownAnswer(
  asked: AskedQuestion,
  all: readonly AskedQuestion[],
  answer: Answer,
  reader: Reader & { written: string },
): ShownAnswer {
  const { t, lang, written } = reader
  const cannot = { text: t('replying:cannot'), lang }
  return {
    ...shownQuestion(asked, all, reader),
    answer: answer.cannot
      ? cannot
      : answer.value === null
        ? undefined
        : answerText(asked.question, answer.value, reader),
    comment: answer.comment === '' ? undefined : { text: answer.comment, lang: written },
  }
}
