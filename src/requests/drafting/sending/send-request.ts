import type { Knex } from 'knex'
import type { Change } from '../../../platform/db/change.ts'
import { RuleBroken } from '../../../platform/errors.ts'
import { moveAttachments } from '../../attachments/attach.ts'
import { choosableCoordinators, chosenFrom } from '../../coordinators.ts'
import type { ImiRequest } from '../../request.ts'
import { holdRequest, type Taken, takeStep } from '../../take-step.ts'
import { holdGrants } from '../askable.ts'
import { holdDraft } from '../hold.ts'
import { missingInTime, missingOf } from '../missing.ts'
import { readDraftIn } from '../queries.ts'
import { sidesOf } from '../sides.ts'
import { today as dayIn } from '../../days.ts'

/**
 * Sends a draft: to the responder, or first to the coordinator that approves requests. Everything it needs is looked at once more,
 * while nobody can change it. [requests.md, send]
 * @throws RuleBroken when something is missing, or it is no draft any more; Overtaken when somebody saved meanwhile
 */
export async function sendRequest(
  c: Change,
  request: ImiRequest,
  { version, coordinator }: { version: number; coordinator: number | undefined },
): Promise<Taken> {
  const part = await holdDraft(c, request, version)
  await holdBothSides(c, request)
  const draft = await readDraftIn(c.db, part.requesterId, request)
  const today = dayIn(request.requester.country, c.at)
  refuseWhere(missingOf(draft, await sidesOf(c.db, request), { today, lang: request.language }))
  const chosen = chosenFrom(await coordinatorsFor(c.db, request), coordinator)
  if (chosen === undefined) throw new RuleBroken('drafting:sending.coordinator.missing', { field: 'coordinator' })
  await c.db('requests').where({ id: part.requestId }).update({ requester_coordinator_id: chosen })
  const taken = await takeStep(c, request.id, 'send')
  if (taken.to === 'sent') await arrive(c, taken)
  return taken
}

/**
 * Approves a request for the coordinator, and so sends it. The conditions of sending hold again.
 * @throws RuleBroken where they do not: then it can only be returned
 */
export async function approveRequest(c: Change, request: ImiRequest): Promise<void> {
  const { part } = await holdRequest(c, request.id)
  if (part.status === 'awaiting approval') {
    await holdBothSides(c, request)
    const today = dayIn(request.requester.country, c.at)
    refuseWhere(missingInTime(request, await sidesOf(c.db, request), today))
  }
  await arrive(c, await takeStep(c, request.id, 'approve'))
}

/** The coordinators that this side can choose for the request. */
export const coordinatorsFor = (db: Knex, { requester, moduleId, responder }: ImiRequest) =>
  choosableCoordinators(db, { authorityId: requester.id, moduleId, otherId: responder?.id ?? null })

const holdBothSides = ({ db }: Change, { requester, responder, moduleId }: ImiRequest): Promise<void> =>
  holdGrants(db, [requester.id, ...(responder ? [responder.id] : [])], moduleId)

function refuseWhere(missing: readonly unknown[]): void {
  if (missing.length > 0) throw new RuleBroken('drafting:sending.incomplete', { values: { count: missing.length } })
}

/** What counts from arrival on: whether the responder may refuse is what its grant says now. */
async function arrive(c: Change, { part }: Taken): Promise<void> {
  await c
    .db('request_parts')
    .where({ id: part.id })
    .update({
      arrived_at: c.at,
      may_refuse: c.db.raw(
        'exists (select from grants g where g.authority_id = ? and g.module_id = ? and g.may_refuse)',
        [part.responderId, part.moduleId],
      ),
    })
  await moveAttachments(c, { partId: part.id, side: 'requester' }, { from: 'draft', to: 'sent' })
  await c.db('requests').where({ id: part.requestId }).update({ sent_at: c.at })
}
