import type { Change } from '../../../platform/db/change.ts'
import type { ImiRequest } from '../../request.ts'
import { takeStep } from '../../take-step.ts'
import { putBackReply } from '../sending/pending-reply.ts'
import { endOpinions } from '../referring/opinions.ts'

/** What is asked for in addition: to which questions, why, and until when. */
export interface DemandWish {
  questions: number[]
  reason: string
  language: string
  proposedDate: string
}

/**
 * The requester asks the responder of one part for additional information.
 * @throws RuleBroken when the part is not answered now
 */
export async function demand(c: Change, request: ImiRequest, wish: DemandWish): Promise<void> {
  await takeStep(c, request.id, 'demand', { details: { date: wish.proposedDate } })
  await c.db('request_demands').insert({
    part_id: request.id,
    user_id: c.actor.id,
    at: c.at,
    questions: wish.questions,
    language: wish.language,
    reason: wish.reason,
    proposed_date: wish.proposedDate,
  })
}

/** The responder agrees to give it, by the proposed date or another one ahead. @throws RuleBroken when it is not asked for now */
export async function agreeDemand(c: Change, request: ImiRequest, { dueDate }: { dueDate: string }): Promise<void> {
  await takeStep(c, request.id, 'agreeDemand', promised(dueDate))
  await endDemand(c, request.id, 'agreed')
}

/** The responder declines, with its reason. @throws RuleBroken when it is not asked for now */
export async function declineDemand(
  c: Change,
  request: ImiRequest,
  { reason, language }: { reason: string; language: string },
): Promise<void> {
  await takeStep(c, request.id, 'declineDemand', { note: reason, noteLanguage: language })
  await endDemand(c, request.id, 'declined', reason)
}

/**
 * The requester no longer asks for it: the part is answered again. A reply in approval becomes draft answers, and opinions that are
 * still waited for fall away.
 * @throws RuleBroken when there is no demand to drop
 */
export async function dropDemand(c: Change, request: ImiRequest): Promise<void> {
  await takeStep(c, request.id, 'dropDemand', { set: { later_date: null, later_reason: null } })
  await putBackReply(c, request.id)
  await endOpinions(c, [request.id])
  await endDemand(c, request.id, 'dropped')
}

/**
 * The responder gives it after all, whatever the coordinators said or will say; a later referral asks them anew.
 * @throws RuleBroken when the part is not in referral now
 */
export async function provide(c: Change, request: ImiRequest, { dueDate }: { dueDate: string }): Promise<void> {
  await takeStep(c, request.id, 'provide', promised(dueDate))
  await endOpinions(c, [request.id])
  await endDemand(c, request.id, 'provided')
}

/** A new agreed date: nobody has been reminded of it yet. */
const promised = (dueDate: string) => ({ details: { date: dueDate }, set: { due_date: dueDate, due_told: 0 } })

/** What becomes of the last demand. */
async function endDemand(
  c: Change,
  part_id: number,
  outcome: 'agreed' | 'declined' | 'dropped' | 'provided',
  reason: string | null = null,
): Promise<void> {
  const last = c.db('request_demands').where({ part_id }).max('id')
  await c
    .db('request_demands')
    .where('id', '=', last as never)
    .update({ outcome, outcome_at: c.at, ...(reason !== null && { outcome_reason: reason }) })
}
