import { type Question, type QuestionSet, readAnswer, type SubjectField, textIn } from '../../modules/index.ts'
import { isAskable, mayAsk, type Standing } from './askable.ts'
import type { Draft, DraftStep } from './draft.ts'

/** One thing that stands between a draft and its being sent, and the step that mends it; none mends the authority's own standing. */
export interface Missing {
  step: DraftStep | 'none'
  /** The field of that step's page. */
  field: string
  /** A member of the texts `drafting:missing.*`. */
  what: string
  values?: Record<string, string | number>
}

/** What the register says of both sides now. The responder is undefined where none was chosen, or it was deleted. */
export interface Sides {
  own: Standing | undefined
  responder: Standing | undefined
}

/** All that a draft lacks, named at once, in the order of the steps. `today` is the day where the requester is. [requests.md, send] */
export const missingOf = (draft: Draft, sides: Sides, { today, lang }: { today: string; lang: string }): Missing[] => [
  ...missingSides(draft, sides),
  ...missingSubject(draft, lang),
  ...missingQuestions(draft, lang),
  ...missingReason(draft, today),
]

/** What can change while a draft waits for approval: the two sides, and the days that pass. */
export const missingInTime = (
  draft: Pick<Draft, 'responder' | 'pleaseForward' | 'proposedDate'>,
  sides: Sides,
  today: string,
): Missing[] => [...missingSides(draft, sides), ...missingDate(draft, today)]

function missingSides(
  { responder, pleaseForward }: Pick<Draft, 'responder' | 'pleaseForward'>,
  sides: Sides,
): Missing[] {
  const { own, responder: standing } = sides
  const none: Missing[] = own && mayAsk(own) ? [] : [{ step: 'none', field: '', what: 'ownGrant' }]
  // Where the search begins: the choice itself is drawn only when something was found.
  const at = { step: 'authority', field: 'country' } as const
  if (!responder) return [...none, { ...at, what: 'responder' }]
  const values = { name: responder.name }
  if (!standing || !standing.active || !standing.granted) return [...none, { ...at, what: 'responderGone', values }]
  if (!isAskable(standing)) return [...none, { ...at, what: 'ownCountry', values }]
  if (pleaseForward && !standing.coordinates)
    return [...none, { step: 'authority', field: 'pleaseForward', what: 'noCoordinator', values }]
  return none
}

/** What the subject lacks, and what in it cannot be read. */
export function missingSubject({ set, subject }: Pick<Draft, 'set' | 'subject'>, lang: string): Missing[] {
  return set.subject.flatMap((field): Missing[] => {
    const value = subject[field.code] ?? ''
    const values = { field: textIn(field.label, lang).text }
    const at = { step: 'subject', field: subjectField(field), values } as const
    if (value === '') return field.required ? [{ ...at, what: 'field' }] : []
    return isReadable(field, value) ? [] : [{ ...at, what: 'fieldOdd' }]
  })
}

function isReadable({ kind, options = [] }: SubjectField, value: string): boolean {
  if (kind === 'date') return readAnswer({ answer: 'date', options: [] }, value).ok
  if (kind === 'choice') return options.some(({ code }) => code === value)
  return kind !== 'country' || /^[A-Z]{2}$/.test(value)
}

function missingQuestions({ set, questions }: Draft, lang: string): Missing[] {
  if (questions.length === 0) return [{ step: 'questions', field: 'question', what: 'questions' }]
  return questions.flatMap(({ code, number, blanks }) =>
    blanksOf(set, code)
      .filter(({ code: blank }) => (blanks[blank] ?? '') === '')
      .map(({ code: blank, label }): Missing => {
        const values = { number, blank: textIn(label, lang).text }
        return { step: 'questions', field: blankField(code, blank), what: 'blank', values }
      }),
  )
}

const blanksOf = ({ questions }: QuestionSet, code: string): Question['variables'] =>
  questions.find(question => question.code === code)?.variables ?? []

function missingReason(draft: Draft, today: string): Missing[] {
  const { reason, urgent, urgentReason } = draft
  return [
    ...missingText(reason, 'reason'),
    ...(urgent ? missingText(urgentReason, 'urgentReason') : []),
    ...missingDate(draft, today),
  ]
}

const missingText = (text: string, field: string): Missing[] =>
  text === '' ? [{ step: 'reason', field, what: field }] : []

function missingDate({ proposedDate }: Pick<Draft, 'proposedDate'>, today: string): Missing[] {
  const at = { step: 'reason', field: 'proposedDate' } as const
  if (proposedDate === null) return [{ ...at, what: 'proposedDate' }]
  return proposedDate > today ? [] : [{ ...at, what: 'datePassed' }]
}

/** Names of the fields of the steps: parts that cannot stand in a code part them. */
export const subjectField = ({ code }: Pick<SubjectField, 'code'>): string => `subject_${code}`
export const blankField = (question: string, blank: string): string => `blank_${question}_${blank}`
