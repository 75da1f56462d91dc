import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { passOnDataSubjects } from '../protection/data-subjects.ts'
import { dropDraft, handOnDraft } from './drafts.ts'
import type { FoundRequest } from '../queries.ts'
import { holdRequest, takeStep } from '../take-step.ts'
import type { Forwarding } from './forms.ts'
import { wordFor } from '../workflow.ts'
import { holdTarget } from './targets.ts'

/**
 * Passes a request on to another authority of the responder's country, before or after acceptance. [001] Coordinator, allocation and
 * agreed date are cleared, the draft answers deleted unless they are handed on; replies that were sent stay, unanswered data subjects'
 * requests go along. The forwarder loses it from its lists and keeps one line in its history. Throws RuleBroken when the target cannot be one (any more).
 */
export async function forwardRequest(
  c: Change,
  request: FoundRequest,
  { target: id, note, language, handOn }: Forwarding,
): Promise<string> {
  const { part } = await holdRequest(c, request.id)
  // The allocator passes on what has not been accepted; it may have been meanwhile.
  if (part.status !== 'sent' && !request.standings.includes('acting handler'))
    throw new RuleBroken(`requests:notNow.${wordFor(part.status)}`)
  const target = await holdTarget(c.db, part, id)
  if (!target) throw new RuleBroken('handling:target.gone', { field: 'target' })
  if (handOn) await handOnDraft(c, part.id, target.id)
  else await dropDraft(c, part)
  await passOnDataSubjects(c, part, target.id)
  await c.db('request_allocations').where({ part_id: part.id }).delete()
  await c.db('request_editing').where({ part_id: part.id }).delete()
  await takeStep(c, part.id, 'forward', {
    note,
    noteLanguage: language,
    details: { to: target.name },
    to: target.name,
    set: arrival(c, target),
  })
  return target.name
}

/** How a part stands at an authority that it has just reached. */
export const arrival = (
  c: Change,
  target: { id: number; country: string; mayRefuse: boolean },
): Record<string, Knex.Value> => ({
  responder_id: target.id,
  responder_country: target.country,
  may_refuse: target.mayRefuse,
  arrived_at: c.at,
  coordinator_id: null,
  due_date: null,
  accepted_at: null,
  later_date: null,
  later_reason: null,
  reminded_at: null,
  help_asked_at: null,
  due_told: 0,
})
