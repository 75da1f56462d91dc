import { z } from 'zod'
import { line, recordId } from '../../platform/web/form.ts'
import { dayField, noteField, numbersOf, reasonField } from '../forms.ts'

type LanguageField = z.ZodType<string>

/** Why a step is taken, in which language. */
export const reasonForm = (language: LanguageField) =>
  z.object({ reason: reasonField('handling:reason.missing'), language })
export type Reason = z.output<ReturnType<typeof reasonForm>>

export const acceptanceForm = (language: LanguageField) =>
  z.object({
    dueDate: dayField(),
    reason: noteField,
    language,
    coordinator: z
      .string()
      .optional()
      .transform(value => (value && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined)),
  })
export type Acceptance = z.output<ReturnType<typeof acceptanceForm>>

export const forwardingForm = (language: LanguageField) =>
  z.object({
    q: line(),
    target: recordId('handling:target.missing'),
    note: noteField,
    language,
    handOn: z
      .unknown()
      .optional()
      .transform(value => value === 'yes'),
  })
export type Forwarding = z.output<ReturnType<typeof forwardingForm>>

export const splittingForm = (language: LanguageField) =>
  z.object({
    questions: numbersOf('handling:splitting.questions.missing'),
    q: line(),
    target: recordId('handling:target.missing'),
    note: noteField,
    language,
  })
export type Splitting = z.output<ReturnType<typeof splittingForm>>

export const allocationForm = z.object({ handlers: numbersOf('handling:allocation.handlers.missing') })

export const laterDateForm = (language: LanguageField) =>
  z.object({ date: dayField(), reason: reasonField('handling:reason.missing'), language })
export type LaterDate = z.output<ReturnType<typeof laterDateForm>>
