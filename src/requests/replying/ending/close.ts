import type { Change } from '../../../platform/db/change.ts'
import type { ImiRequest } from '../../request.ts'
import { holdRequest, takeStep } from '../../take-step.ts'
import { endOpinions } from '../referring/opinions.ts'

/** How the requester found the answer: −1, 0 or 1; null where it does not say. */
export interface Ratings {
  timeliness: number | null
  effort: number | null
}

/**
 * The requester accepts the reply: the request is closed, all its parts at once.
 * @throws RuleBroken when one that counts is not answered now
 */
export async function acceptReply(c: Change, request: ImiRequest, { timeliness, effort }: Ratings): Promise<void> {
  await takeStep(c, request.id, 'acceptReply')
  await c.db('requests').where({ id: request.requestId }).update({ rated_timeliness: timeliness, rated_effort: effort })
}

/**
 * The requester closes the request without what it asked for in addition; opinions that are still waited for fall away.
 * @throws RuleBroken when a part is still being worked on
 */
export async function closeRequest(c: Change, request: ImiRequest): Promise<void> {
  const { parts } = await holdRequest(c, request.id)
  await takeStep(c, request.id, 'close')
  await endOpinions(
    c,
    parts.map(({ id }) => id),
  )
}
