import type { Question, QuestionSet } from '../../modules/index.ts'
import type { Attachment } from '../attachments/queries.ts'
import type { Party } from '../request.ts'

/** The steps of a draft, in their order; each can be come back to, and none has to be whole before another. */
export const draftSteps = ['authority', 'subject', 'questions', 'reason', 'attachments'] as const
export type DraftStep = (typeof draftSteps)[number]

/** The summary of a draft: what is complete, what is missing. */
export const editingHref = (id: number): string => `/requests/${id}/editing`
export const stepHref = (id: number, step: DraftStep): string => `${editingHref(id)}/${step}`

/** Where a step leads: on to the next one, the last one to the summary. */
export function nextHref(id: number, step: DraftStep): string {
  const next = draftSteps[draftSteps.indexOf(step) + 1]
  return next ? stepHref(id, next) : editingHref(id)
}

/** A question that was chosen: its number in the request, and what stands in its blanks, those about a person included. */
export interface ChosenQuestion {
  number: number
  code: string
  blanks: Record<string, string>
}

/** All that one side has written of a request that was not sent yet. Empty is what is still missing. */
export interface Draft {
  set: QuestionSet
  responder: Party | null
  pleaseForward: boolean
  /** By the code of the field, those about a person included. */
  subject: Record<string, string>
  questions: ChosenQuestion[]
  reason: string
  urgent: boolean
  urgentReason: string
  language: string
  proposedDate: string | null
  attachments: Attachment[]
}

/** So much a field of the subject, a blank and a free text may hold. */
export const LONGEST = { line: 300, text: 5000 } as const

/** The questions that can be ticked; sub-questions come along with theirs. */
export const tickable = ({ questions }: QuestionSet): Question[] => questions.filter(({ parent }) => !parent)

/** A question and all below it, in the order of the set. */
export function withSubQuestions({ questions }: QuestionSet, code: string): Question[] {
  const taken = new Set([code])
  return questions.filter(question => {
    if (question.parent && taken.has(question.parent.code)) taken.add(question.code)
    return taken.has(question.code)
  })
}
