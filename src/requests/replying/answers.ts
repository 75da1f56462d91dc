import type { Question } from '../../modules/index.ts'

/** An answer to one question, in its stored form. */
export interface Answer {
  /** 'yes' or 'no', the code of an option, a text, a day, a number; null where there is none. */
  value: string | null
  /** The information cannot be obtained. */
  cannot: boolean
  comment: string
}

/** A numbered question of a part, as the requester chose it. */
export interface AskedQuestion {
  id: number
  number: number
  question: Question
  /** What fills its blanks, as far as it is not about a person. */
  variables: Record<string, string>
}

/** Answers by the number of their row in request_questions. */
export type Answers = ReadonlyMap<number, Answer>

export const NO_ANSWER: Answer = { value: null, cannot: false, comment: '' }

/** Whether something was said to a question: an answer, that there can be none, or why not in the comment. [001] */
export const isSaid = (answer: Answer | undefined): boolean =>
  answer !== undefined && (answer.value !== null || answer.cannot || answer.comment !== '')

/**
 * The question that a sub-question waits for: the nearest one before it, since the same question may be asked of two things; none
 * where its parent is not in this part, so that it is asked by itself.
 */
export function parentOf(asked: AskedQuestion, all: readonly AskedQuestion[]): AskedQuestion | undefined {
  const { parent } = asked.question
  if (!parent) return undefined
  const parents = all.filter(({ question }) => question.code === parent.code)
  return parents.findLast(({ number }) => number < asked.number) ?? parents[0]
}

/** The questions that the answers given so far ask: a sub-question when its parent is asked and answered so. */
export function askedNow(all: readonly AskedQuestion[], answers: Answers): AskedQuestion[] {
  const isAsked = (one: AskedQuestion, seen: readonly number[] = []): boolean => {
    const parent = parentOf(one, all)
    if (!parent || seen.includes(parent.id)) return true
    const value = answers.get(parent.id)?.value ?? ''
    return (one.question.parent?.when.includes(value) ?? true) && isAsked(parent, [...seen, one.id])
  }
  return all.filter(one => isAsked(one))
}

/** The questions that a full reply may not leave open: asked, and nothing said to them. */
export const unanswered = (all: readonly AskedQuestion[], answers: Answers): AskedQuestion[] =>
  askedNow(all, answers).filter(({ id }) => !isSaid(answers.get(id)))

/** The questions that can be answered now: not sent already, and not ruled out by what was sent for good. */
export function openQuestions(
  all: readonly AskedQuestion[],
  { frozen }: Pick<WorkingAnswers, 'frozen'>,
): AskedQuestion[] {
  const isRuledOut = (one: AskedQuestion, seen: readonly number[] = []): boolean => {
    const parent = parentOf(one, all)
    if (!parent || seen.includes(parent.id)) return false
    const sent = frozen.get(parent.id)
    if (sent && !one.question.parent?.when.includes(sent.value ?? '')) return true
    return isRuledOut(parent, [...seen, one.id])
  }
  return all.filter(one => !frozen.has(one.id) && !isRuledOut(one))
}

/** Whether two answers say the same. */
export const saysTheSame = (one: Answer = NO_ANSWER, other: Answer = NO_ANSWER): boolean =>
  one.value === other.value && one.cannot === other.cannot && one.comment === other.comment

/** An answer as it was sent, by which authority. */
export interface SentAnswer extends Answer {
  questionId: number
  authorityId: number
  sentAt: Date
}

/** The answers of a part while its responder works on them. */
export interface WorkingAnswers {
  /** What the fields show: the draft, before it the own answers sent last. */
  fields: Map<number, Answer>
  /** What this authority has sent last. */
  own: Map<number, SentAnswer>
  /** Of these, what is not to be changed; only additional information opens it again. */
  frozen: Map<number, SentAnswer>
  /** Sent by another authority that had the questions before. */
  earlier: Map<number, SentAnswer>
  /** What counts when the reply is made up: frozen, else the draft, else what another authority has sent. */
  counting: Map<number, Answer>
}

/** Puts together what the responder has drafted and what was sent, oldest first. */
export function workingAnswers(
  draft: Answers,
  sent: readonly SentAnswer[],
  { authorityId, reopened }: { authorityId: number; reopened: boolean },
): WorkingAnswers {
  const own = new Map(sent.filter(one => one.authorityId === authorityId).map(one => [one.questionId, one]))
  const earlier = new Map(sent.filter(one => one.authorityId !== authorityId).map(one => [one.questionId, one]))
  const frozen = reopened ? new Map<number, SentAnswer>() : own
  const fields = new Map<number, Answer>([...own, ...draft, ...frozen])
  const said = [...fields].filter(([, answer]) => isSaid(answer))
  return { fields, own, frozen, earlier, counting: new Map<number, Answer>([...earlier, ...said]) }
}
