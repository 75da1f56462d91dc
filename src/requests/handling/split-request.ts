import { findQuestionSet } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { ImiRequest } from '../request.ts'
import { holdRequest, takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'
import { dropAnswers } from './drafts.ts'
import { arrival } from './forward-request.ts'
import type { Splitting } from './forms.ts'
import { listQuestionsOf, withSubQuestions } from './queries.ts'
import { holdTarget } from './targets.ts'

/**
 * Gives chosen questions of the first part, never all, to another authority of the country: they become a part with its own
 * responder, status and dates. A question takes its sub-questions along. Throws RuleBroken when nothing would stay, when a
 * question is not (any more) in this part, or when the target cannot be one.
 */
export async function splitRequest(
  c: Change,
  request: ImiRequest,
  { questions: numbers, target: id, note, language }: Splitting,
): Promise<string> {
  const { part, parts } = await holdRequest(c, request.id)
  if (part.part !== 1) throw new RuleBroken('handling:splitting.notAgain')
  const target = await holdTarget(c.db, part, id)
  if (!target) throw new RuleBroken('handling:target.gone', { field: 'target' })
  const set = await findQuestionSet(c.db, request.questionSetId)
  const here = await listQuestionsOf(c.db, part.id)
  if (!numbers.every(number => here.some(question => question.number === number)))
    throw new RuleBroken('handling:splitting.questions.gone', { field: 'questions' })
  const given = withSubQuestions(here, numbers, set?.questions ?? [])
  if (given.length === here.length) throw new RuleBroken('handling:splitting.questions.all', { field: 'questions' })
  const [created] = await c
    .db('request_parts')
    .insert({
      ...arrival(c, target),
      request_id: part.requestId,
      part: Math.max(...parts.map(one => one.part)) + 1,
      status: 'sent',
      status_since: c.at,
      acted_at: c.at,
    })
    .returning<{ id: number }[]>('id')
  const partId = created?.id ?? 0
  const ids = given.map(question => question.id)
  await dropAnswers(c.db, ids)
  await c.db('request_questions').whereIn('id', ids).update({ part_id: partId })
  const details = { to: target.name, questions: given.map(({ number }) => number).join(', ') }
  await takeStep(c, part.id, 'split', { note, noteLanguage: language, details, to: target.name })
  await c.db('request_steps').insert({
    part_id: partId,
    at: c.at,
    step: 'split',
    to_status: 'sent',
    user_id: c.actor.id,
    authority_id: c.actor.authorityId,
    note,
    note_language: note ? language : null,
    details: JSON.stringify(details),
    seen_by: 'both',
  })
  await tell(c, partId, 'whom it reaches', 'received')
  return target.name
}
