import { z } from 'zod'
import { line, recordId } from '../../platform/web/form.ts'
import { isDay } from '../days.ts'

/** How long a reason or a note may be, in characters. */
export const LONGEST_NOTE = 4000

/** Several lines of free text; without `missing` it may stay empty. */
export const freeText = (missing?: string): z.ZodType<string> => {
  const text = z
    .string(missing ?? 'components:form.odd')
    .transform(value => value.normalize('NFC').replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().max(LONGEST_NOTE, 'components:form.tooLong'))
  return (missing ? text.pipe(z.string().min(1, missing)) : text.optional().default('')) as unknown as z.ZodType<string>
}

/** A day as the browser's date field sends it. */
export const dayField = (missing: string): z.ZodType<string> => z.string(missing).trim().refine(isDay, missing)

export const reasonForm = z.object({ reason: freeText('handling:reason.missing') })
export const noForm = z.object({})

export const acceptanceForm = z.object({
  dueDate: dayField('handling:acceptance.date.missing'),
  reason: freeText(),
  coordinator: z
    .string()
    .optional()
    .transform(value => (value && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined)),
})
export type Acceptance = z.output<typeof acceptanceForm>

export const forwardingForm = z.object({
  q: line(),
  target: recordId('handling:target.missing'),
  note: freeText(),
  handOn: z
    .unknown()
    .optional()
    .transform(value => value === 'yes'),
})
export type Forwarding = z.output<typeof forwardingForm>

const numbers = z
  .union([z.string(), z.array(z.string())], 'handling:splitting.questions.missing')
  .transform(value =>
    [value]
      .flat()
      .filter(one => /^[1-9]\d{0,3}$/.test(one))
      .map(Number),
  )
  .pipe(z.array(z.number()).min(1, 'handling:splitting.questions.missing'))

export const splittingForm = z.object({
  questions: numbers,
  q: line(),
  target: recordId('handling:target.missing'),
  note: freeText(),
})
export type Splitting = z.output<typeof splittingForm>

export const allocationForm = z.object({
  handlers: z
    .union([z.string(), z.array(z.string())], 'handling:allocation.handlers.missing')
    .transform(value =>
      [value]
        .flat()
        .filter(one => /^[1-9]\d{0,8}$/.test(one))
        .map(Number),
    )
    .pipe(z.array(z.number()).min(1, 'handling:allocation.handlers.missing')),
})

export const laterDateForm = z.object({
  date: dayField('handling:laterDate.date.missing'),
  reason: freeText('handling:reason.missing'),
})
export type LaterDate = z.output<typeof laterDateForm>
