import type { Knex } from 'knex'
import { findQuestionSet } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { Overtaken, RuleBroken } from '../../platform/errors.ts'
import type { LockedPart } from '../queries.ts'
import type { ImiRequest } from '../request.ts'
import { holdRequest } from '../take-step.ts'
import { type Answer, type AskedQuestion, type SentAnswer, type WorkingAnswers, workingAnswers } from './answers.ts'

/** What the handlers of the responder have written and not sent; seen by them only. */
export interface Draft {
  /** 0 before anything was saved. */
  version: number
  generalComments: string
  language: string | null
  editedBy: string | null
  editedAt: Date | null
  answers: Map<number, Answer>
}

/** The draft of the answers of one part. */
export async function readDraft(db: Knex, partId: number): Promise<Draft> {
  const found = await db.raw<{ rows: [Omit<Draft, 'answers'>?] }>(DRAFT, [partId])
  const rows = await db('request_draft_answers as a')
    .join('request_questions as q', 'q.id', 'a.question_id')
    .where('q.part_id', partId)
    .select<({ question_id: number } & Answer)[]>('a.question_id', 'a.value', 'a.cannot', 'a.comment')
  const answers = new Map(
    rows.map(({ question_id, value, cannot, comment }) => [question_id, { value, cannot, comment }]),
  )
  const none = { version: 0, generalComments: '', language: null, editedBy: null, editedAt: null }
  return { ...(found.rows[0] ?? none), answers }
}

const DRAFT = `
  select d.version, d.general_comments as "generalComments", d.language, u.given_name || ' ' || u.family_name as "editedBy",
    d.edited_at as "editedAt"
  from request_drafts d left join users u on u.id = d.edited_by where d.part_id = ?`

/** The questions of a part, in their order, with their texts from the request's question set. */
export async function listQuestions(
  db: Knex,
  { id, questionSetId }: Pick<ImiRequest, 'id' | 'questionSetId'>,
): Promise<AskedQuestion[]> {
  const set = await findQuestionSet(db, questionSetId)
  const rows = await db('request_questions')
    .where({ part_id: id })
    .orderBy('number')
    .select<{ id: number; number: number; code: string; variables: Record<string, string> }[]>(
      'id',
      'number',
      'code',
      'variables',
    )
  return rows.map(({ code, ...row }) => {
    const question = set?.questions.find(one => one.code === code)
    if (!question) throw new Error(`Question set ${questionSetId} has no question ${code}`)
    return { ...row, question }
  })
}

/** Whatever was sent on the questions that a part has now, oldest first: they may have come from another part. */
export async function listSentAnswers(db: Knex, partId: number): Promise<SentAnswer[]> {
  const found = await db.raw<{ rows: SentAnswer[] }>(SENT, [partId])
  return found.rows
}

const SENT = `
  select a.question_id as "questionId", y.authority_id as "authorityId", y.sent_at as "sentAt", a.value, a.cannot, a.comment
  from request_reply_answers a
  join request_replies y on y.id = a.reply_id and y.state = 'sent'
  join request_questions q on q.id = a.question_id
  where q.part_id = ? order by y.sent_at, y.id`

/** All that the work on an answer stands on. */
export interface Work {
  questions: AskedQuestion[]
  draft: Draft
  answers: WorkingAnswers
}

/** The questions of a part with what its responder has drafted and sent. */
export async function findWork(
  db: Knex,
  { id, questionSetId, responderId, ...part }: Pick<LockedPart, 'id' | 'status' | 'cameFrom' | 'responderId'> & SetOf,
): Promise<Work> {
  const questions = await listQuestions(db, { id, questionSetId })
  const draft = await readDraft(db, id)
  const sent = await listSentAnswers(db, id)
  const reopened = (part.cameFrom ?? part.status) === 'additional accepted'
  return { questions, draft, answers: workingAnswers(draft.answers, sent, { authorityId: responderId ?? 0, reopened }) }
}

/** The work on a request as the page shows it. */
export const workOn = (db: Knex, request: ImiRequest): Promise<Work> =>
  findWork(db, { ...request, responderId: request.responder?.id ?? null })

/**
 * Holds the request and reads the work on it as it is then.
 * @throws RuleBroken when it went to another authority meanwhile; Overtaken when a colleague has saved since `version`
 */
export async function holdWork(c: Change, request: ImiRequest, version: number): Promise<Work & { part: LockedPart }> {
  const { part } = await holdRequest(c, request.id)
  if (part.responderId !== c.actor.authorityId) throw new RuleBroken('requests:notNow.gone')
  const work = await findWork(c.db, { ...part, questionSetId: request.questionSetId })
  const { draft } = work
  if (draft.version !== version) throw new Overtaken(draft.editedBy ?? '–', draft.editedAt ?? c.at)
  return { ...work, part }
}

type SetOf = Pick<ImiRequest, 'questionSetId'>
