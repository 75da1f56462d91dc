import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Reason } from './forms.ts'
import type { ImiRequest } from '../request.ts'
import { passOnDataSubjects } from '../protection/data-subjects.ts'
import { holdRequest, takeStep } from '../take-step.ts'
import { returnQuestions } from './return-questions.ts'

/**
 * The responder says no, with its reason; only where its grant allowed that when the request arrived (C3). A part gives its questions back
 * to the first one. Throws RuleBroken where it may not refuse.
 */
export async function refuseRequest(c: Change, request: ImiRequest, { reason, language }: Reason): Promise<void> {
  if (!request.mayRefuse) throw new RuleBroken('handling:refusal.never')
  const { part, parts } = await holdRequest(c, request.id)
  await takeStep(c, part.id, 'refuse', { note: reason, noteLanguage: language })
  await returnQuestions(c, part, parts)
}

/** The splitter takes a part back that nobody has accepted yet; its questions return to the first part, whose number it answers. */
export async function callPartBack(c: Change, request: ImiRequest): Promise<number> {
  const { part, parts } = await holdRequest(c, request.id)
  if (part.part === 1) throw new RuleBroken('handling:callingBack.first')
  await takeStep(c, part.id, 'callBack')
  const first = parts.find(one => one.part === 1)
  if (first?.responderId) await passOnDataSubjects(c, part, first.responderId)
  await returnQuestions(c, part, parts)
  return first?.id ?? part.id
}

/** The requester takes the whole request back, with its reason: all parts end at once. */
export async function withdrawRequest(c: Change, request: ImiRequest, { reason, language }: Reason): Promise<void> {
  await takeStep(c, request.id, 'withdraw', { note: reason, noteLanguage: language })
}
