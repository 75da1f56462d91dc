import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { choosableCoordinators, chosenFrom } from '../coordinators.ts'
import { today } from '../days.ts'
import type { ImiRequest } from '../request.ts'
import { holdRequest, takeStep } from '../take-step.ts'
import type { Acceptance } from './forms.ts'

/**
 * The responder takes the request on, agrees to the date for the answer or changes it, and says which coordinator stands behind it where
 * several are linked. [001, 004] Throws RuleBroken when the date has passed, a changed date has no reason, or a coordinator
 * has still to be chosen.
 */
export async function acceptRequest(c: Change, request: ImiRequest, wish: Acceptance): Promise<void> {
  const { part } = await holdRequest(c, request.id)
  const { dueDate, reason } = wish
  if (dueDate < today(request.responder?.country ?? '', c.at))
    throw new RuleBroken('handling:acceptance.date.passed', { field: 'dueDate' })
  const changed = dueDate !== request.proposedDate
  if (changed && !reason) throw new RuleBroken('handling:acceptance.reason.missing', { field: 'reason' })
  const coordinator = chosenFrom(
    await choosableCoordinators(c.db, {
      authorityId: part.responderId ?? 0,
      moduleId: part.moduleId,
      otherId: part.requesterId,
    }),
    wish.coordinator,
  )
  if (coordinator === undefined) throw new RuleBroken('handling:coordinator.missing', { field: 'coordinator' })
  await takeStep(c, request.id, 'accept', {
    note: changed ? reason : '',
    noteLanguage: wish.language,
    details: { dueDate, ...(changed && { proposedDate: request.proposedDate }) },
    set: {
      due_date: dueDate,
      coordinator_id: coordinator,
      accepted_at: c.at,
      first_accepted_at: c.db.raw('coalesce(first_accepted_at, ?)', [c.at]),
    },
  })
}
