import type { AnswerKind, Question } from './question-set.ts'

export type ReadAnswer = { ok: true; value: string } | { ok: false; mistake: string }

/** How long a written answer may be; what is longer belongs in an attachment. */
export const LONGEST_ANSWER = 5000

/**
 * An answer as it was typed becomes its stored form: 'yes' or 'no', the code of an option, text, a day as 2026-11-24, a decimal
 * number with a point. Stored answers are read unchanged. The mistake is a locale key.
 */
export const readAnswer = (question: Pick<Question, 'answer' | 'options'>, typed: string): ReadAnswer =>
  readers[question.answer](typed.normalize('NFC').replace(/\r\n?/g, '\n').trim(), question)

const readers: Record<AnswerKind, (typed: string, question: Pick<Question, 'options'>) => ReadAnswer> = {
  'yes-no': typed =>
    typed === 'yes' || typed === 'no' ? { ok: true, value: typed } : { ok: false, mistake: 'modules:answer.yesNo' },
  choice: (typed, { options }) =>
    options.some(({ code }) => code === typed)
      ? { ok: true, value: typed }
      : { ok: false, mistake: 'modules:answer.choice' },
  text: typed => {
    if (typed === '') return { ok: false, mistake: 'modules:answer.text' }
    return typed.length > LONGEST_ANSWER ? { ok: false, mistake: 'modules:answer.tooLong' } : { ok: true, value: typed }
  },
  date: typed => (isDay(typed) ? { ok: true, value: typed } : { ok: false, mistake: 'modules:answer.date' }),
  number: readNumber,
}

/** A day that exists, as date fields send it. */
function isDay(typed: string): boolean {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(typed)) return false
  const at = new Date(`${typed}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(typed)
}

/**
 * The decimal sign may be a point or a comma, thousands may stand apart with spaces. At most two decimals: "1,234" is a thousand
 * to some readers and a little more than one to others.
 */
function readNumber(typed: string): ReadAnswer {
  const parts = /^([-−]?)(\d{1,15}|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4})(?:[.,](\d{1,2}))?$/u.exec(typed)
  if (!parts) return { ok: false, mistake: 'modules:answer.number' }
  const [, sign, whole = '', decimals = ''] = parts
  const size = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '') + `.${decimals}`.replace(/\.?0*$/, '')
  return { ok: true, value: sign && size !== '0' ? `-${size}` : size }
}
