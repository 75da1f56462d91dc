import { type Answer, askedNow, type AskedQuestion, isSaid, unanswered } from '../answers.ts'
import type { Work } from '../draft.ts'

export type ReplyKind = 'partial' | 'full'

/** What a reply would say now. */
export interface MadeUp {
  /** Goes out with this reply; a full one is whole in itself, so that it says again what a partial one has said. */
  sends: { asked: AskedQuestion; answer: Answer }[]
  /** Said before by another authority that had the questions, and not again. */
  stays: AskedQuestion[]
  /** Asked, and nothing said to them yet. */
  missing: AskedQuestion[]
}

/** Makes up a reply from the draft: of the questions that are asked, given the answers so far (spec/requests.md, the table). */
export function madeUp(kind: ReplyKind, { questions, answers }: Pick<Work, 'questions' | 'answers'>): MadeUp {
  const asked = askedNow(questions, answers.counting)
  const own = asked.flatMap(one => {
    const answer = answers.fields.get(one.id)
    return answer && isSaid(answer) ? [{ asked: one, answer }] : []
  })
  const sends = kind === 'full' ? own : own.filter(({ asked: { id } }) => !answers.frozen.has(id))
  const said = new Set(own.map(({ asked: { id } }) => id))
  return {
    sends,
    stays: asked.filter(({ id }) => answers.earlier.has(id) && !said.has(id)),
    missing: unanswered(questions, answers.counting),
  }
}

/** Why a reply cannot be sent as the draft stands, one mistake for each question; a partial one has to say something. */
export function mistakesOf(
  kind: ReplyKind,
  { sends, missing }: MadeUp,
): { key: string; values?: { number: number } }[] {
  if (kind === 'full') return missing.map(({ number }) => ({ key: 'replying:missing', values: { number } }))
  return sends.length === 0 ? [{ key: 'replying:nothing' }] : []
}
