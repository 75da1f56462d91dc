import { z } from 'zod'
import { LONGEST_ANSWER, readAnswer } from '../../../modules/index.ts'
import { type Body, type FormValue, inLines } from '../../../platform/web/form.ts'
import { type AttachmentWish, readAttachmentFields } from '../../attachments/fields.ts'
import { type Answer, type AskedQuestion, NO_ANSWER } from '../answers.ts'
import type { Work } from '../draft.ts'

/** What a handler saves as draft answers, by the number of the question's row; frozen ones are not among them. */
export interface DraftWish {
  version: number
  answers: Map<number, Answer>
  generalComments: string
  language: string
  attachments: AttachmentWish
}

/** Among the radios of a question: that there can be no answer. No option has a code like it. */
export const CANNOT = '*'

/** Whether a question is answered by choosing, so that "cannot be obtained" is one more choice. */
export const isChosen = ({ question }: AskedQuestion): boolean =>
  question.answer === 'yes-no' || question.answer === 'choice'

interface Facts {
  questions: readonly AskedQuestion[]
  /** Languages that free text can be written in; the writer's own. */
  languages: readonly string[]
  own: string
}

/**
 * A draft may be half filled; what is filled has to be readable. Answers that the others given do not ask for are kept in the draft,
 * and left out of the reply.
 */
export const draftForm = ({ questions, languages, own }: Facts): z.ZodType<DraftWish> =>
  z.unknown().transform((sent, ctx): DraftWish => {
    const body = (sent ?? {}) as Body
    const wrong = (field: string, message: string, number = 0): void =>
      ctx.addIssue({ code: 'custom', path: [field], message, params: { number, maximum: LONGEST_ANSWER } })
    const answers = new Map(questions.map(asked => [asked.id, answerFrom(asked, body, wrong)]))
    const generalComments = prose(body.generalComments)
    if (generalComments.length > LONGEST_ANSWER) wrong('generalComments', 'replying:wrong.general')
    const language = single(body.language)
    return {
      version: Number(/^\d{1,9}$/.exec(single(body.version))?.[0] ?? 0),
      answers,
      generalComments,
      language: languages.includes(language) ? language : own,
      attachments: readAttachmentFields(body, languages, own),
    }
  }) as unknown as z.ZodType<DraftWish>

function answerFrom(
  asked: AskedQuestion,
  body: Body,
  wrong: (field: string, message: string, number: number) => void,
): Answer {
  const { id, number, question } = asked
  const [field, commentField] = [`answer_${id}`, `comment_${id}`]
  const typed = single(body[field])
  const comment = prose(body[commentField])
  const cannot = isChosen(asked) ? typed === CANNOT : single(body[`cannot_${id}`]) === 'yes'
  if (comment.length > LONGEST_ANSWER) wrong(commentField, 'replying:wrong.comment', number)
  if (typed.trim() === '' || (isChosen(asked) && cannot)) return { value: null, cannot, comment }
  if (cannot) wrong(field, 'replying:wrong.both', number)
  const read = readAnswer(question, typed)
  if (!read.ok) wrong(field, `replying:wrong.${question.answer}`, number)
  return { value: read.ok ? read.value : null, cannot, comment }
}

/** The draft as the fields show it. */
export function draftValues({ questions, draft, answers }: Work, own: string): Record<string, FormValue> {
  const fields = questions
    .filter(({ id }) => !answers.frozen.has(id))
    .flatMap((asked): [string, FormValue][] => {
      const { id } = asked
      const { value, cannot, comment } = answers.fields.get(id) ?? NO_ANSWER
      const chosen = isChosen(asked) && cannot
      return [
        [`answer_${id}`, chosen ? CANNOT : (value ?? '')],
        [`comment_${id}`, comment],
        ...(isChosen(asked) ? [] : [[`cannot_${id}`, cannot ? 'yes' : undefined] as [string, FormValue]]),
      ]
    })
  return {
    version: String(draft.version),
    ...Object.fromEntries(fields),
    generalComments: draft.generalComments,
    language: draft.language ?? own,
  }
}

const single = (value: Body[string]): string => (typeof value === 'string' ? value : '')

const prose = (value: Body[string]): string => inLines(single(value))
