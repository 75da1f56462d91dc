import type { Change } from '../../platform/db/change.ts'
import type { LockedPart } from '../queries.ts'
import { putBackReply } from '../replying/sending/pending-reply.ts'
import { takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'
import { dropDraft } from './drafts.ts'
import { asRequesterReads, ended, isOpen, type Status, within } from '../workflow.ts'

/**
 * A part that was called back, refused or lost with its authority gives its questions back to the first part (spec/requests.md, Parts): its
 * responder is told, and, if it was past them already, has them to answer again; its unsent reply becomes draft answers. If the
 * first part has ended the questions stay unanswered and the requester is told.
 */
export async function returnQuestions(c: Change, part: LockedPart, parts: readonly LockedPart[]): Promise<void> {
  const first = parts.find(one => one.part === 1)
  if (!first || first.id === part.id) return
  await dropDraft(c, part)
  if (within(ended, first.status)) {
    await tell(c, first.id, 'requesting handlers', 'questions-unanswered')
    return
  }
  await c.db('request_questions').where({ part_id: part.id }).update({ part_id: first.id })
  if (!isOpen('regainQuestions', first)) {
    await tell(c, first.id, 'responding handlers', 'questions-back')
    return
  }
  await putBackReply(c, first.id)
  await endDemand(c, first)
  await takeStep(c, first.id, 'regainQuestions')
}

/** A demand for more that the first part had not met yet is dropped, opinions not given yet fall away. */
async function endDemand(c: Change, first: LockedPart): Promise<void> {
  if (!within(demanded, asRequesterReads(first))) return
  const part = { part_id: first.id }
  const last = c.db('request_demands').where(part).max('id')
  await c
    .db('request_demands')
    .where({ id: last, outcome: 'open' })
    .orWhere({ id: last, outcome: 'agreed' })
    .update({ outcome: 'dropped', outcome_at: c.at })
  await c
    .db('request_opinions')
    .where({ ...part, given_at: null })
    .update({ fallen_away: true })
}

const demanded = [
  'additional requested',
  'additional accepted',
  'additional declined',
  'in referral',
  'referral decided',
] as const satisfies readonly Status[]
