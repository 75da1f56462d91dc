import { z } from 'zod'
import type { RuleBroken } from '../errors.ts'
import type { Translate } from '../i18n/i18n.ts'

export type FormValue = string | readonly string[] | undefined

/** A form as the page draws it: what stands in the fields, and what is wrong with it, in the reader's language. */
export interface FormView {
  action: string
  values: Record<string, FormValue>
  errors: Record<string, string | undefined>
  summary: { field: string; message: string }[]
  /** What is to be known before going on, where nothing is wrong. */
  note?: string
  /** Fields that somebody else changed meanwhile, with what now stands in them. */
  theirs?: Record<string, FormValue>
}

/** A mistake before it is put into words: a locale key with its values, at a field. */
export interface Mistake {
  field: string
  key: string
  values?: Record<string, string | number>
}

export type Body = Record<string, string | string[] | undefined>

const HIDDEN = /^(password|securityCode|character|_)/

/** What may be shown again of a body: strings, and never a password, a code or a token. */
export function redisplayable(body: Body): Record<string, FormValue> {
  const kept = Object.entries(body).filter(
    ([name, value]) => !HIDDEN.test(name) && (typeof value === 'string' || Array.isArray(value)),
  )
  return Object.fromEntries(kept)
}

/** An empty or filled form without mistakes. */
export const freshForm = (action: string, values: Record<string, FormValue> = {}): FormView => ({
  action,
  values,
  errors: {},
  summary: [],
})

/** The form as it was sent, with every mistake named; the first one of a field stands at the field. */
export function mistakenForm(action: string, body: Body, mistakes: Mistake[], t: Translate): FormView {
  const form = freshForm(action, redisplayable(body))
  for (const { field, key, values } of mistakes) {
    const message = t(key, values)
    form.summary.push({ field, message })
    form.errors[field] = form.errors[field] ? `${form.errors[field]} ${message}` : message
  }
  return form
}

/** The form as it was sent, beside what somebody else saved meanwhile; sent again it counts for the newer version. */
export function overtakenForm(action: string, body: Body, saved: Record<string, FormValue>, message: string): FormView {
  const typed = redisplayable(body)
  const differs = ([name, value]: [string, FormValue]) =>
    name !== 'version' && JSON.stringify([value ?? ''].flat()) !== JSON.stringify([typed[name] ?? ''].flat())
  return {
    ...freshForm(action, { ...typed, version: saved.version }),
    summary: [{ field: '', message }],
    theirs: Object.fromEntries(Object.entries(saved).filter(differs)),
  }
}

/** Reads a body by its schema. The messages of the schema are locale keys; lengths and limits are handed to them as values. */
export function readForm<S extends z.ZodType>(
  schema: S,
  body: Body,
): { ok: true; value: z.output<S> } | { ok: false; mistakes: Mistake[] } {
  const read = schema.safeParse(body)
  if (read.success) return { ok: true, value: read.data }
  return { ok: false, mistakes: read.error.issues.map(mistakeFrom) }
}

function mistakeFrom(issue: z.core.$ZodIssue): Mistake {
  const limits = issue as { maximum?: number; minimum?: number; params?: Record<string, string | number> }
  const values: Record<string, string | number> = { ...limits.params }
  if (typeof limits.maximum === 'number') values.maximum = limits.maximum
  if (typeof limits.minimum === 'number') values.minimum = limits.minimum
  return { field: String(issue.path[0] ?? ''), key: issue.message, values }
}

/** A broken rule of the field becomes a mistake like any other. */
export const mistakeOf = (broken: RuleBroken): Mistake => ({
  field: broken.field ?? '',
  key: broken.message,
  values: broken.values,
})

/** One line of text. `missing` and `long` are locale keys; without `missing` the field may stay empty. */
export function line(options: { missing?: string; long?: string; max?: number } = {}): z.ZodType<string> {
  const { missing, long = 'components:form.tooLong', max = 200 } = options
  const text = z
    .string(missing ?? 'components:form.odd')
    .transform(value => value.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .pipe(z.string().max(max, long))
  const filled = missing ? text.pipe(z.string().min(1, missing)) : text
  return (missing ? filled : filled.optional().default('')) as unknown as z.ZodType<string>
}

/** Several lines of text. `missing` and `long` are locale keys; without `missing` the field may stay empty. */
export function prose(options: { missing?: string; long?: string; max: number }): z.ZodType<string> {
  const { missing, long = 'components:form.tooLong', max } = options
  const text = z
    .string(missing ?? 'components:form.odd')
    .transform(inLines)
    .pipe(z.string().max(max, long))
  const filled = missing ? text.pipe(z.string().min(1, missing)) : text
  return (missing ? filled : filled.optional().default('')) as unknown as z.ZodType<string>
}

/** A text of several lines as it is kept. */
export const inLines = (typed: string): string => typed.normalize('NFC').replace(/\r\n?/g, '\n').trim()

/** Checkboxes: none, one or several become a list of known codes; anything else is dropped. */
export const choices = (known: readonly string[]): z.ZodType<string[]> =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform(value => [value ?? []].flat().filter(code => known.includes(code))) as unknown as z.ZodType<string[]>

/** One of a list; `missing` is the locale key for none or an unknown one. */
export const choice = (known: readonly string[], missing: string): z.ZodType<string> =>
  z.string(missing).refine(value => known.includes(value), missing)

/** A number of a record in a form, as PostgreSQL's integer holds it. */
export const recordId = (missing: string): z.ZodType<number> =>
  z
    .string(missing)
    .regex(/^[1-9]\d{0,9}$/, missing)
    .transform(Number)
    .refine(id => id <= 2_147_483_647, missing) as unknown as z.ZodType<number>
