import { z } from 'zod'
import { type Body, line, type Mistake } from '../../platform/web/form.ts'
import type { Wish } from '../invitation.ts'

/** How many rows a form has at first, how many more at a time, and at most. */
export const FIRST_ROWS = 5
export const MORE_ROWS = 5
export const MOST_ROWS = 100

const NAME = /^(?:email|name|id)_([1-9]\d{0,2})$/

/** How many rows the form had that was sent; `more` was asked for by its button. */
export function rowsIn(body: Body): number {
  const numbers = Object.keys(body).map(name => Number(NAME.exec(name)?.[1] ?? 0))
  const had = Math.max(FIRST_ROWS, ...numbers)
  return Math.min(MOST_ROWS, body._redraw === 'more' ? had + MORE_ROWS : had)
}

/** The rows somebody has filled in; a row with neither address, name nor module is empty. */
export function wishesIn(body: Body): Wish[] {
  return Array.from({ length: rowsIn(body) }, (_, index) => wishAt(body, index + 1)).filter(
    ({ id, email, name, modules }) => id !== undefined || email !== '' || name !== '' || modules.length > 0,
  )
}

function wishAt(body: Body, row: number): Wish {
  const [id] = numbersIn(body[`id_${row}`])
  return {
    ...(id !== undefined && { id }),
    line: row,
    email: tidy(body[`email_${row}`]),
    name: tidy(body[`name_${row}`]),
    language: tidy(body[`language_${row}`]),
    modules: numbersIn(body[`modules_${row}`]),
  }
}

const tidy = (value: Body[string]): string =>
  typeof value === 'string'
    ? value
        .normalize('NFC')
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim()
        .slice(0, 300)
    : ''

export const numbersIn = (value: unknown): number[] =>
  [value]
    .flat()
    .flatMap(one => (typeof one === 'string' ? (one.match(/\b[1-9]\d{0,8}\b/g) ?? []) : []))
    .map(Number)

const differentFrom = z.unknown().optional().transform(numbersIn)

/** Rows of invitations, with the authorities that they are not (E1, B4). */
export const rowsForm = z
  .looseObject({ noneOfThese: differentFrom })
  .transform(value => ({ wishes: wishesIn(value as unknown as Body), differentFrom: value.noneOfThese }))

export const nothingEntered = (body: Body): Mistake[] =>
  wishesIn(body).length === 0 ? [{ field: 'email_1', key: 'invitations:new.nothing' }] : []

/** The word with which drafts are submitted. */
export const previewForm = z
  .object({ noneOfThese: differentFrom })
  .transform(({ noneOfThese }) => ({ differentFrom: noneOfThese }))

/** A file or pasted lines; the file is no field of the body. */
export const importForm = z.object({ text: z.unknown().optional() })

/** A page that asks for nothing but the word. */
export const wordOnly = z.object({})

const REASON_MAX = 1000
export const refusalForm = z.object({
  reason: line({ missing: 'invitations:refusal.reason.missing', max: REASON_MAX }),
})
