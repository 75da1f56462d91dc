import { NotFound } from '../../platform/errors.ts'
import type { Change } from '../../platform/db/change.ts'
import { lockParts } from '../queries.ts'
import type { ImiRequest } from '../request.ts'
import { type MailKind, tell } from '../tell.ts'
import { unheard, within } from '../workflow.ts'

export type SideName = 'requester' | 'responder'

/** Which side of a request an authority is. */
export const sideOf = (request: Pick<ImiRequest, 'requester'>, authorityId: number | null): SideName =>
  request.requester.id === authorityId ? 'requester' : 'responder'

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

/** Writes to the handlers of all other authorities that have the request. */
export async function tellOthers(c: Change, request: ImiRequest, kind: MailKind): Promise<void> {
  const side = sideOf(request, c.actor.authorityId)
  if (side === 'responder') await tell(c, request.id, 'requesting handlers', kind)
  for (const { id, responderId, status } of await lockParts(c.db, request.requestId))
    if (responderId !== c.actor.authorityId && !within(unheard, status) && status !== 'called back')
      await tell(c, id, 'responding handlers', kind)
}
