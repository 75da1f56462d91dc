import type { Change } from '../../../platform/db/change.ts'
import { RuleBroken } from '../../../platform/errors.ts'
import type { Files } from '../../../platform/files/files.ts'
import type { Actor } from '../../../policy.ts'
import type { ImiRequest } from '../../request.ts'
import { holdGrants, mayAsk } from '../askable.ts'
import type { Draft } from '../draft.ts'
import { newRequest } from '../new-request.ts'
import { readDraftIn } from '../queries.ts'
import { sidesOf } from '../sides.ts'
import { copyAttachments } from './copy-attachments.ts'
import { type Wanted, writeQuestions, writeSubject } from '../write.ts'

/**
 * A new draft with all of an earlier request but answers and dates; of one whose personal data are blocked, the questions only.
 * [requests.md, copy]
 * @throws RuleBroken where the authority has no active grant in the module
 */
export async function copyRequest(
  c: Change,
  { actor, files }: { actor: Actor; files: Files },
  request: ImiRequest,
): Promise<{ id: number; number: string }> {
  await holdGrants(c.db, [request.requester.id], request.moduleId)
  const { own } = await sidesOf(c.db, request)
  if (!own || !mayAsk(own)) throw new RuleBroken('drafting:missing.ownGrant')
  const blocked = isBlocked(request)
  const draft = await readDraftIn(c.db, actor.authorityId, request)
  const responder = request.responder && !request.responder.deleted && !blocked ? request.responder : null
  const made = await newRequest(c, {
    moduleId: request.moduleId,
    questionSetId: request.questionSetId,
    country: actor.country,
    language: blocked ? actor.language : draft.language,
    responder,
    pleaseForward: responder !== null && draft.pleaseForward,
    copiedFrom: request.requestId,
  })
  await writeQuestions(c, { requestId: made.requestId, partId: made.id }, draft.set, questionsOf(draft, blocked))
  if (!blocked) await copyTexts(c, made.requestId, draft)
  if (!blocked) await copyAttachments(c, files, draft.attachments, { requestId: made.requestId, partId: made.id })
  return made
}

export const isBlocked = ({ blockedAt, erasedAt }: Pick<ImiRequest, 'blockedAt' | 'erasedAt'>): boolean =>
  blockedAt !== null || erasedAt !== null

async function copyTexts(c: Change, requestId: number, draft: Draft): Promise<void> {
  const { reason, urgent, urgentReason } = draft
  await writeSubject(c, requestId, draft.set, draft.subject)
  await c.db('requests').where({ id: requestId }).update({ reason, urgent, urgent_reason: urgentReason })
}

/** Blocked, what stands in a blank about a person stays where it is, even while a data subject's request has opened it. */
function questionsOf({ set, questions }: Draft, blocked: boolean): Wanted[] {
  if (!blocked) return questions
  return questions.map(({ code, blanks }) => {
    const marked = set.questions
      .find(question => question.code === code)
      ?.variables.filter(({ personal }) => personal)
      .map(variable => variable.code)
    return { code, blanks: Object.fromEntries(Object.entries(blanks).filter(([blank]) => !marked?.includes(blank))) }
  })
}
