import type { QuestionSet } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { subjectKey, variableKey } from '../personal.ts'
import { tickable, withSubQuestions } from './draft.ts'

/** What is written of a subject, by the code of the field; what says something about a person goes where it can be hidden and erased. */
export async function writeSubject(
  c: Change,
  requestId: number,
  { subject: fields }: QuestionSet,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  const plain: Record<string, string> = {}
  const personal: { key: string; value: string }[] = []
  for (const { code, personal: marked } of fields) {
    const value = values[code] ?? ''
    if (value === '') continue
    if (marked) personal.push({ key: subjectKey(code), value })
    else plain[code] = value
  }
  await c
    .db('requests')
    .where({ id: requestId })
    .update({ subject: JSON.stringify(plain) })
  await replacePersonal(c, requestId, subjectKey(''), personal)
}

/** A question to be asked, with what stands in its blanks. */
export interface Wanted {
  code: string
  blanks: Readonly<Record<string, string>>
}

/**
 * Writes the chosen questions anew, each followed by its sub-questions, numbered in the order of the set. Of a request that was not
 * sent yet: no answer hangs on them.
 */
export async function writeQuestions(
  c: Change,
  { requestId, partId }: { requestId: number; partId: number },
  set: QuestionSet,
  wanted: readonly Wanted[],
): Promise<void> {
  const byCode = new Map(wanted.map(question => [question.code, question]))
  const asked = tickable(set)
    .filter(({ code }) => byCode.has(code))
    .flatMap(({ code }) => withSubQuestions(set, code))
  await c.db('request_questions').where({ request_id: requestId }).delete()
  const personal: { key: string; value: string }[] = []
  for (const [index, { code, variables }] of asked.entries()) {
    const filled = variables
      .map(({ code: blank, personal: marked }) => ({ blank, marked, value: byCode.get(code)?.blanks[blank] ?? '' }))
      .filter(({ value }) => value !== '')
    const plain = filled.filter(({ marked }) => !marked).map(({ blank, value }) => [blank, value])
    const [row] = await c
      .db('request_questions')
      .insert({
        request_id: requestId,
        part_id: partId,
        number: index + 1,
        code,
        variables: JSON.stringify(Object.fromEntries(plain)),
      })
      .returning<{ id: number }[]>('id')
    for (const { blank, marked, value } of filled)
      if (marked) personal.push({ key: variableKey(row?.id ?? 0, blank), value })
  }
  await replacePersonal(c, requestId, 'variable.', personal)
}

/** Needs the personal data of the request open in the transaction. */
async function replacePersonal(
  c: Change,
  requestId: number,
  start: string,
  rows: readonly { key: string; value: string }[],
): Promise<void> {
  await c.db('request_personal').where({ request_id: requestId }).whereRaw('starts_with(key, ?)', [start]).delete()
  if (rows.length > 0) await c.db('request_personal').insert(rows.map(row => ({ request_id: requestId, ...row })))
}
