import type { Change } from '../../platform/db/change.ts'
import { putBackReply } from '../replying/sending/pending-reply.ts'
import { holdRequest, takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'
import { findFacts, type Facts, listConcerned, type Side } from './coordinator-queries.ts'

/**
 * Looks after every open or not yet approved request that has this coordinator (requests.md, "A coordinator"): one that is deactivated,
 * deleted, coordinator no longer, or has nobody in a role that something waits for is replaced by its national coordinator at
 * once; all are told. Where that one cannot take it over, what waits for approval is returned and the opinion falls away.
 * `gone`: it is going, whatever it still is.
 */
export async function settleCoordinator(c: Change, authorityId: number, { gone = false } = {}): Promise<void> {
  for (const partId of await listConcerned(c.db, authorityId)) {
    await holdRequest(c, partId)
    for (const side of ['requester', 'responder'] as const) await settleSide(c, partId, { side, authorityId, gone })
    await settleOpinion(c, partId, { authorityId, gone })
  }
}

interface Settling {
  authorityId: number
  gone: boolean
}

async function settleSide(
  c: Change,
  partId: number,
  { side, authorityId, gone }: Settling & { side: Side },
): Promise<void> {
  const facts = await findFacts(c.db, partId, side, authorityId)
  if (!facts?.coordinates) return
  const waits = facts.status === (side === 'requester' ? 'awaiting approval' : 'reply awaiting approval')
  const unfit = gone || !facts.stands
  if (!unfit && !(waits && !facts.approver)) return
  const moves = unfit || facts.heir !== null
  if (moves) await replace(c, partId, side, facts)
  if (!waits) return
  if (facts.heir !== null && facts.heirApproves) {
    const [to, kind] =
      side === 'requester'
        ? (['requesting approvers', 'to-approve'] as const)
        : (['responding approvers', 'reply-to-approve'] as const)
    return tell(c, partId, to, kind)
  }
  await takeStep(c, partId, side === 'requester' ? 'loseApprover' : 'loseReplyApprover')
  if (side === 'responder') await putBackReply(c, partId)
}

async function replace(c: Change, partId: number, side: Side, { heir, heirName, status }: Facts): Promise<void> {
  if (side === 'requester')
    await c
      .db('requests')
      .whereIn('id', c.db('request_parts').where({ id: partId }).select('request_id'))
      .update({ requester_coordinator_id: heir })
  await takeStep(c, partId, 'changeCoordinator', {
    details: { side, coordinator: heirName },
    // The responder hears nothing of what happened before it was sent.
    ...(status === 'awaiting approval' && { seenBy: 'requester' as const }),
    ...(side === 'responder' && { set: { coordinator_id: heir } }),
  })
}

/** An opinion that is still to come passes on with the coordinator, or falls away. */
async function settleOpinion(c: Change, partId: number, { authorityId, gone }: Settling): Promise<void> {
  const [opinion] = await c
    .db('request_opinions')
    .where({ part_id: partId, coordinator_id: authorityId, given_at: null, fallen_away: false })
    .select<{ id: number; referral: number; for_requester: boolean }[]>('id', 'referral', 'for_requester')
  if (!opinion) return
  const facts = await findFacts(c.db, partId, opinion.for_requester ? 'requester' : 'responder', authorityId)
  if (!facts || facts.status !== 'in referral' || (!gone && facts.stands && facts.referee)) return
  const taken = await c
    .db('request_opinions')
    .where({ part_id: partId, referral: opinion.referral, coordinator_id: facts.heir ?? 0 })
    .select('id')
  if (facts.heir !== null && facts.heirReferees && taken.length === 0) {
    await c.db('request_opinions').where({ id: opinion.id }).update({ coordinator_id: facts.heir })
    return tell(c, partId, 'referees', 'referral')
  }
  await c.db('request_opinions').where({ id: opinion.id }).update({ fallen_away: true })
  await takeStep(c, partId, 'loseReferee')
}
