import type { Change } from '../../platform/db/change.ts'
import { lockParts } from '../queries.ts'
import { putBackReply } from '../replying/sending/pending-reply.ts'
import { takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'
import { listConcerned, listPlaces, type Place } from './places.ts'

/**
 * Looks after every open or not yet approved request that has this coordinator (requests.md, "A coordinator"): one that is deactivated,
 * deleted, coordinator no longer, or has nobody in a role that something waits for is replaced by its national coordinator at
 * once; all are told. Where that one cannot take it over, what waits for approval is returned and the opinion falls away.
 * `gone`: it is going, whatever it still is. `office`: who follows it takes over all that waits (I1).
 */
export async function settleCoordinator(
  c: Change,
  authorityId: number,
  { gone = false, office = false } = {},
): Promise<void> {
  for (const requestId of await listConcerned(c.db, authorityId)) {
    await lockParts(c.db, requestId)
    const places = await listPlaces(c.db, { authorityId, office }, requestId)
    const unfit = places.filter(place => gone || !place.stands || isWaitingInVain(place))
    const ofRequester = unfit.some(({ side }) => side === 'requester')
    // The requester has one coordinator for all parts.
    const settled = places.filter(place => unfit.includes(place) || (ofRequester && place.side === 'requester'))
    for (const part of new Set(settled.map(place => place.part)))
      await settlePart(c, requestId, { places: settled.filter(place => place.part === part), gone })
  }
}

const isWaitingInVain = ({ approval, approver, opinion, referee }: Place): boolean =>
  (approval && !approver) || (opinion !== null && !referee)

interface Settling {
  places: readonly Place[]
  gone: boolean
}

async function settlePart(c: Change, requestId: number, { places, gone }: Settling): Promise<void> {
  const left = places.filter(place => place.coordinates && (gone || !place.stands || place.heir !== null))
  if (left.length > 0) await replace(c, requestId, left)
  for (const place of places) {
    if (place.approval) await passApproval(c, place)
    if (place.opinion !== null) await passOpinion(c, place, place.opinion)
  }
}

/** Puts the heir in its place, on one side of a part or on both; or nobody, where there is none. */
async function replace(c: Change, requestId: number, places: readonly Place[]): Promise<void> {
  const [requester, responder] = (['requester', 'responder'] as const).map(of => places.find(({ side }) => side === of))
  const [{ part, status } = { part: 0, status: undefined }] = places
  if (requester) await c.db('requests').where({ id: requestId }).update({ requester_coordinator_id: requester.heir })
  await takeStep(c, part, 'changeCoordinator', {
    details: {
      ...(requester && { requesterCoordinator: requester.heirName }),
      ...(responder && { coordinator: responder.heirName }),
    },
    // The responder hears nothing of what happened before it was sent.
    seenBy: status === 'awaiting approval' ? 'requester' : 'both',
    ...(responder && { set: { coordinator_id: responder.heir } }),
  })
}

/** What waits for approval waits for the heir; or it is returned. */
async function passApproval(c: Change, { part, side, heir, heirApproves }: Place): Promise<void> {
  const ofRequester = side === 'requester'
  if (heir !== null && heirApproves) {
    if (ofRequester) await tell(c, part, 'requesting approvers', 'to-approve')
    else await tell(c, part, 'responding approvers', 'reply-to-approve')
    return
  }
  await takeStep(c, part, ofRequester ? 'loseApprover' : 'loseReplyApprover')
  if (!ofRequester) await putBackReply(c, part)
}

/** An opinion that is still to come is the heir's to give; or it falls away. */
async function passOpinion(c: Change, { part, side, heir, heirReferees }: Place, id: number): Promise<void> {
  const opinion = c.db('request_opinions').where({ id })
  if (heir !== null && heirReferees) {
    await opinion.update({ coordinator_id: heir })
    const people = await c.db('users').where({ authority_id: heir }).pluck<number[]>('id')
    return tell(c, part, 'referees', 'referral', people)
  }
  await opinion.update({ fallen_away: true })
  // One that coordinates both sides gives one opinion, for both.
  if (heir !== null)
    await c
      .db('request_opinions')
      .where({ part_id: part, coordinator_id: heir, given_at: null, fallen_away: false })
      .update(side === 'requester' ? { for_requester: true } : { for_responder: true })
  await takeStep(c, part, 'loseReferee')
}
