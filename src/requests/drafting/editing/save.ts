import type { QuestionSet } from '../../../modules/index.ts'
import type { Change } from '../../../platform/db/change.ts'
import { RuleBroken } from '../../../platform/errors.ts'
import type { ImiRequest } from '../../request.ts'
import { stopEditing } from '../../editing.ts'
import { isAskable, standingsOf } from '../askable.ts'
import type { DraftStep } from '../draft.ts'
import { draftSaved, holdDraft } from '../hold.ts'
import { type Wanted, writeQuestions, writeSubject } from '../write.ts'

/**
 * Each saves one step of a draft, whole or half-filled, and is recorded without what was written.
 * @throws RuleBroken when it is no draft any more; Overtaken when somebody saved meanwhile
 */
export async function saveAuthority(
  c: Change,
  request: ImiRequest,
  { version, responder, pleaseForward }: { version: number; responder: number | null; pleaseForward: boolean },
): Promise<void> {
  const part = await holdDraft(c, request, version)
  const country = responder === null ? null : await countryOf(c, request, responder, pleaseForward)
  await c.db('request_parts').where({ id: part.id }).update({ responder_id: responder, responder_country: country })
  await saved(c, request, 'authority', {
    please_forward: pleaseForward && responder !== null,
    requester_coordinator_id: null,
  })
}

/** The authority that was chosen before may stay, though it can no longer be asked: sending says so. */
async function countryOf(c: Change, request: ImiRequest, id: number, pleaseForward: boolean): Promise<string> {
  const [standing] = await standingsOf(c.db, [id], { moduleId: request.moduleId, own: request.requester })
  if (!standing || (!isAskable(standing) && request.responder?.id !== id))
    throw new RuleBroken('drafting:authority.notAskable', { field: 'responder' })
  if (pleaseForward && !standing.coordinates)
    throw new RuleBroken('drafting:missing.noCoordinator', { field: 'pleaseForward', values: { name: standing.name } })
  return standing.country
}

export async function saveSubject(
  c: Change,
  request: ImiRequest,
  set: QuestionSet,
  { version, values }: { version: number; values: Record<string, string> },
): Promise<void> {
  const { requestId } = await holdDraft(c, request, version)
  await writeSubject(c, requestId, set, values)
  await saved(c, request, 'subject')
}

export async function saveQuestions(
  c: Change,
  request: ImiRequest,
  set: QuestionSet,
  { version, wanted }: { version: number; wanted: Wanted[] },
): Promise<void> {
  const { id: partId, requestId } = await holdDraft(c, request, version)
  await writeQuestions(c, { requestId, partId }, set, wanted)
  await saved(c, request, 'questions')
}

export interface ReasonData {
  version: number
  reason: string
  language: string
  proposedDate: string | null
  urgent: boolean
  urgentReason: string
}

export async function saveReason(c: Change, request: ImiRequest, data: ReasonData): Promise<void> {
  await holdDraft(c, request, data.version)
  await saved(c, request, 'reason', {
    reason: data.reason,
    language: data.language,
    proposed_date: data.proposedDate,
    urgent: data.urgent,
    urgent_reason: data.urgentReason,
  })
}

/** A step was saved by this person, who edits it no longer. */
export async function saved(c: Change, request: ImiRequest, step: DraftStep, columns: object = {}): Promise<void> {
  await draftSaved(c, request, step, columns)
  if (c.actor.id !== null) await stopEditing(c.db, request.id, c.actor.id)
}
