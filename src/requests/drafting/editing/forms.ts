import { z } from 'zod'
import { type QuestionSet, readAnswer } from '../../../modules/index.ts'
import { type Body, choice, choices, prose, recordId } from '../../../platform/web/form.ts'
import { type Draft, LONGEST, tickable, withSubQuestions } from '../draft.ts'
import { blankField, subjectField } from '../missing.ts'
import type { Wanted } from '../write.ts'
import type { ReasonData } from './save.ts'

/** Kept as it was typed, half-filled or not; what cannot be kept is too long, or no text. */
const typed = (max: number): z.ZodType<string> => prose({ long: 'steps:tooLong', max })

/** The version of the draft that was read. */
const version = recordId('components:form.odd')

/** Whom to ask; none yet is no mistake. */
export const authorityForm = z.object({
  version,
  responder: z
    .string('components:form.odd')
    .regex(/^([1-9]\d{0,8})?$/, 'components:form.odd')
    .optional()
    .transform(value => (value ? Number(value) : null)),
  pleaseForward: z
    .string()
    .optional()
    .transform(value => value === 'yes'),
})

/** The fields that the question set asks of the subject, by their codes. */
export function subjectForm({ subject }: QuestionSet): z.ZodType<{ version: number; values: Record<string, string> }> {
  const fields = subject.map(field => [
    subjectField(field),
    typed(field.kind === 'long text' ? LONGEST.text : LONGEST.line),
  ])
  return z
    .object({ version, ...(Object.fromEntries(fields) as Record<string, z.ZodType<string>>) })
    .transform(value => ({
      version: value.version,
      values: Object.fromEntries(
        subject.map(field => [field.code, (value as Record<string, unknown>)[subjectField(field)] as string]),
      ),
    })) as unknown as z.ZodType<{ version: number; values: Record<string, string> }>
}

/** The questions that were ticked, with what was typed in their blanks and in those of their sub-questions. */
export function questionsForm(set: QuestionSet): z.ZodType<{ version: number; wanted: Wanted[] }> {
  const blanks = set.questions.flatMap(({ code, variables }) =>
    variables.map(({ code: blank }) => [blankField(code, blank), typed(LONGEST.line)]),
  )
  return z
    .object({
      version,
      question: choices(tickable(set).map(({ code }) => code)),
      ...(Object.fromEntries(blanks) as Record<string, z.ZodType<string>>),
    })
    .transform(value => ({
      version: value.version,
      wanted: value.question
        .flatMap(code => withSubQuestions(set, code))
        .map(({ code, variables }) => ({
          code,
          blanks: Object.fromEntries(
            variables.map(({ code: blank }) => [
              blank,
              (value as Record<string, unknown>)[blankField(code, blank)] as string,
            ]),
          ),
        })),
    })) as unknown as z.ZodType<{ version: number; wanted: Wanted[] }>
}

/** Why, until when, how urgent, in which language. A day that cannot be read cannot be kept either. */
export const reasonForm = (languages: readonly string[]): z.ZodType<ReasonData> =>
  z.object({
    version,
    reason: typed(LONGEST.text),
    language: choice(languages, 'drafting:reason.language.missing'),
    proposedDate: z
      .string()
      .optional()
      .default('')
      .refine(value => value === '' || readAnswer({ answer: 'date', options: [] }, value).ok, 'modules:answer.date')
      .transform(value => value.trim() || null),
    urgent: z
      .string()
      .optional()
      .transform(value => value === 'yes'),
    urgentReason: typed(LONGEST.text),
  }) as unknown as z.ZodType<ReasonData>

/** What stands in the fields of the subject. */
export const subjectValues = ({ set, subject }: Draft): Body =>
  Object.fromEntries(set.subject.map(field => [subjectField(field), subject[field.code]]))

/**
 * What is ticked, and what stands in the blanks. A blank of a question that is not chosen proposes what the subject says already, where
 * it is called the same.
 */
export function questionValues({ set, questions, subject }: Draft): Body {
  const chosen = new Map(questions.map(question => [question.code, question.blanks]))
  const plain = new Set(set.subject.filter(({ personal }) => !personal).map(({ code }) => code))
  const blanks = set.questions.flatMap(({ code, variables }) =>
    variables.map(({ code: blank, personal }) => {
      const proposed = personal || !plain.has(blank) ? undefined : subject[blank]
      return [blankField(code, blank), chosen.has(code) ? chosen.get(code)?.[blank] : proposed]
    }),
  )
  return {
    question: tickable(set)
      .map(({ code }) => code)
      .filter(code => chosen.has(code)),
    ...(Object.fromEntries(blanks) as Body),
  }
}
