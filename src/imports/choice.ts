import type { Body } from '../platform/web/form.ts'
import { type Line, type Question, stateOf } from './line.ts'

const QUESTION = /^(authority [1-9]\d{0,9}|line [1-9]\d{0,9}|address)$/

/**
 * The lines after somebody has chosen among those that the page showed: ticked ones are taken, the others left out; answers count for
 * the questions that were asked. `all=bad` leaves out every line with a mistake.
 */
export function choose(lines: readonly Line[], body: Body): Line[] {
  if (body.all === 'bad') return lines.map(line => (stateOf(line) === 'bad' ? { ...line, out: true } : line))
  const shown = new Set(typeof body.shown === 'string' ? body.shown.split(',').map(Number) : [])
  return lines.map(line => {
    if (!shown.has(line.line)) return line
    const answered = answersIn(body[`answer_${line.line}`])
    return { ...line, out: body[`take_${line.line}`] === undefined, answered: answered ?? line.answered }
  })
}

function answersIn(value: Body[string]): Question[] | undefined {
  if (typeof value !== 'string') return undefined
  return value.split('|').filter((one): one is Question => QUESTION.test(one))
}
