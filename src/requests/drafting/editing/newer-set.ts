import type { Knex } from 'knex'
import { findQuestionSet, newerSet, type Question, type QuestionSet } from '../../../modules/index.ts'
import type { Change } from '../../../platform/db/change.ts'
import { RuleBroken } from '../../../platform/errors.ts'
import type { ImiRequest } from '../../request.ts'
import { tickable } from '../draft.ts'
import { draftSaved, holdDraft } from '../hold.ts'
import { readDraftIn } from '../queries.ts'
import { writeQuestions, writeSubject } from '../write.ts'

/**
 * Goes over to the newest questions of the module. What was written stays at the fields, questions and blanks that are still there,
 * known by their codes; the rest goes, as the page has said.
 * @throws RuleBroken when there is none newer, or it is no draft any more; Overtaken when somebody saved meanwhile
 */
export async function takeNewerSet(c: Change, request: ImiRequest, version: number): Promise<void> {
  const part = await holdDraft(c, request, version)
  const draft = await readDraftIn(c.db, part.requesterId, request)
  const newer = await newerSet(c.db, draft.set)
  if (!newer) throw new RuleBroken('drafting:set.none')
  await writeSubject(c, part.requestId, newer, draft.subject)
  await writeQuestions(c, { requestId: part.requestId, partId: part.id }, newer, draft.questions)
  await draftSaved(c, part, 'questionSet', { question_set_id: newer.id })
}

export interface SetChange {
  /** Chosen questions that are no longer there. */
  gone: Question[]
  kept: number
  /** Questions that can be chosen for the first time. */
  added: number
}

/** What going over to the newest questions does to a draft; undefined where there are none newer. */
export async function changeOfSet(
  db: Knex,
  { questionSetId, requestId }: Pick<ImiRequest, 'questionSetId' | 'requestId'>,
): Promise<SetChange | undefined> {
  const set = await findQuestionSet(db, questionSetId)
  const newer = set && (await newerSet(db, set))
  if (!newer) return undefined
  const codes = await db('request_questions').where({ request_id: requestId }).pluck<string[]>('code')
  const chosen = tickable(set).filter(({ code }) => codes.includes(code))
  const gone = chosen.filter(({ code }) => !has(newer, code))
  const added = tickable(newer).filter(({ code }) => !has(set, code)).length
  return { gone, kept: chosen.length - gone.length, added }
}

const has = (set: QuestionSet, code: string): boolean => tickable(set).some(question => question.code === code)
