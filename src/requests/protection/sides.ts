import { NotFound } from '../../platform/errors.ts'
import type { Change } from '../../platform/db/change.ts'
import { type LockedPart, lockParts } from '../queries.ts'
import type { ImiRequest } from '../request.ts'
import { type MailKind, tell } from '../tell.ts'
import { unheard, within } from '../workflow.ts'

export type SideName = 'requester' | 'responder'

/** Which side of a request an authority is. */
export const sideOf = (request: Pick<ImiRequest, 'requester'>, authorityId: number | null): SideName =>
  request.requester.id === authorityId ? 'requester' : 'responder'

/** The part whose business an act of this side is; what the requester does concerns all of them. */
export const partOf = (c: Change, request: ImiRequest): number | null =>
  sideOf(request, c.actor.authorityId) === 'requester' ? null : request.id

/** Whether this side has, or had, the request: it was sent, and its part was not called back. */
export function hasArrived(request: ImiRequest, authorityId: number): boolean {
  if (sideOf(request, authorityId) === 'requester') return !within(unheard, request.wholeStatus)
  return !within(unheard, request.status) && request.status !== 'called back'
}

/** Holds a request, whose every step waits for it; the page was opened while the actor's authority had it. */
export async function holdForSide(c: Change, request: ImiRequest): Promise<void> {
  const parts = await lockParts(c.db, request.requestId)
  const part = parts.find(({ id }) => id === request.id)
  if (!part || (part.requesterId !== c.actor.authorityId && part.responderId !== c.actor.authorityId))
    throw new NotFound()
}

/** Writes to the handlers of the other side: of all responders, or of the requester, as another responder is not told of it. */
export async function tellOtherSide(c: Change, request: ImiRequest, kind: MailKind): Promise<void> {
  if (sideOf(request, c.actor.authorityId) === 'requester') await tellResponders(c, request, kind)
  else await tell(c, request.id, 'requesting handlers', kind)
}

/** Writes to the handlers of all other authorities that have the request. */
export async function tellOthers(c: Change, request: ImiRequest, kind: MailKind): Promise<void> {
  if (sideOf(request, c.actor.authorityId) === 'responder') await tell(c, request.id, 'requesting handlers', kind)
  await tellResponders(c, request, kind)
}

/** Writes to the handlers of the responders, or of the one with the number `only`; never to the actor's own authority. */
export async function tellResponders(
  c: Change,
  request: ImiRequest,
  kind: MailKind,
  only: number | null = null,
): Promise<void> {
  const has = ({ responderId, status }: LockedPart): boolean =>
    responderId !== c.actor.authorityId && !within(unheard, status) && status !== 'called back'
  const told = new Set<number | null>()
  for (const part of (await lockParts(c.db, request.requestId)).filter(has)) {
    // Who has several parts hears of it once.
    if ((only !== null && part.responderId !== only) || told.has(part.responderId)) continue
    told.add(part.responderId)
    await tell(c, part.id, 'protecting handlers', kind)
  }
}
