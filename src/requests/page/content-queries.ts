import type { Knex } from 'knex'
import { findQuestionSet, type QuestionSet } from '../../modules/index.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import type { Change } from '../../platform/db/change.ts'
import { type Actor, can } from '../../policy.ts'
import { type Attachment, listAttachments, type Looking } from '../attachments/queries.ts'
import { openPersonal, readPersonal, recordReading, type Where } from '../personal.ts'
import type { FoundRequest } from '../queries.ts'
import type { AskedQuestion } from '../replying/answers.ts'
import {
  type Demand,
  type Draft,
  listDemands,
  listOpinions,
  listReplies,
  type Opinion,
  readDraft,
  type Reply,
} from '../replying/queries.ts'
import { sightOf } from '../visibility.ts'
import { type Comment, listComments } from './writing/comments.ts'

/** What the requester wrote, but for what is about a person. */
interface Asking {
  subject: Record<string, string>
  reason: string
  urgentReason: string
}

/** The content of a request as far as this reader may see it: nothing beyond has been selected. */
export interface Content extends Asking {
  set: QuestionSet
  /** Marked fields and variables by their keys; undefined where they are not for this reader, or blocked, or erased. */
  personal: ReadonlyMap<string, string> | undefined
  questions: (AskedQuestion & { partId: number })[]
  replies: Reply[]
  draft: Draft | undefined
  demands: Demand[]
  opinions: Opinion[]
  comments: Comment[]
  attachments: Attachment[]
}

/** Somebody who reads a request on a page or in a report. */
export interface Visitor {
  db: Knex
  actor: Actor
  change<R>(work: (c: Change) => Promise<R>): Promise<R>
}

/**
 * Reads the content of these parts of a request for somebody who may see it (`request.seeContent`). Personal data are read where the
 * reader may and `where` says on what they will stand; that is recorded before anything is shown.
 */
export async function readContent(
  { db, actor, change }: Visitor,
  request: FoundRequest,
  partIds: readonly number[],
  where: Where | undefined,
): Promise<Content> {
  const { personal: mayPersonal, draftAnswers } = sightOf(actor, request)
  const side = request.requester.id === actor.authorityId ? 'requester' : 'responder'
  // Before it is sent, the requester's side alone has any standing to the request; afterwards it has no drafts of its own.
  const looking = { requestId: request.requestId, partIds, personal: false, draftAnswers, draftRequest: true }
  const set = await findQuestionSet(db, request.questionSetId)
  if (!set) throw new Error(`There is no question set ${request.questionSetId}`)
  const [asking] = await rowsOf<Asking>(db, ASKING, { request: request.requestId })
  if (!asking) throw new Error(`There is no request ${request.requestId}`)
  const opened = where && mayPersonal ? await readMarked({ db, actor, change }, request, looking, where) : undefined
  return {
    ...asking,
    set,
    personal: opened?.personal,
    questions: await listAsked(db, partIds, set),
    replies: await listReplies(db, partIds, { draftAnswers, side }),
    draft: draftAnswers ? await readDraft(db, request.id) : undefined,
    demands: await listDemands(db, partIds),
    opinions: await listOpinions(db, partIds),
    comments: await listComments(db, partIds, actor.authorityId),
    attachments: opened?.attachments ?? (await listAttachments(db, looking)),
  }
}

const ASKING = `select subject, reason, urgent_reason as "urgentReason" from requests where id = :request`

/** What is about a person, out of its own tables, which open for this authority until the end of the transaction. */
async function readMarked(
  { db, actor, change }: Visitor,
  request: FoundRequest,
  looking: Looking,
  where: Where,
): Promise<{ personal: ReadonlyMap<string, string>; attachments: Attachment[] } | undefined> {
  const read = await db.transaction(async trx => {
    await openPersonal(trx, actor.authorityId)
    return {
      personal: await readPersonal(trx, request.requestId),
      attachments: await listAttachments(trx, { ...looking, personal: true }),
    }
  })
  const found = read.personal.size > 0 || read.attachments.some(({ personal, name }) => personal && name !== null)
  if (found) await change(c => recordReading(c, request, where))
  // Blocked or erased, there is nothing to be read: that is not the same as a field that was left empty.
  return found || (request.blockedAt ?? request.erasedAt) === null ? read : undefined
}

/** The questions of these parts, in their order. */
async function listAsked(db: Knex, partIds: readonly number[], set: QuestionSet): Promise<Content['questions']> {
  const rows = await rowsOf<Omit<AskedQuestion, 'question'> & { code: string; partId: number }>(db, ASKED, {
    parts: [...partIds],
  })
  return rows.map(({ code, ...row }) => {
    const question = set.questions.find(one => one.code === code)
    if (!question) throw new Error(`Question set ${set.id} has no question ${code}`)
    return { ...row, question }
  })
}

const ASKED = `
  select id, part_id as "partId", number, code, variables from request_questions
  where part_id = any(cast(:parts as int[])) order by number`

/** An approver who may not see the content knows how many questions there are to approve. */
export async function numbersToApprove(db: Knex, actor: Actor, request: FoundRequest): Promise<number[] | null> {
  const { status } = request
  const approves =
    (status === 'awaiting approval' && can(actor, 'request.approve', request)) ||
    (status === 'reply awaiting approval' && can(actor, 'request.approveReply', request))
  if (!approves || can(actor, 'request.seeContent', request)) return null
  const rows = await rowsOf<{ number: number }>(db, NUMBERS, { part: request.id })
  return rows.map(({ number }) => number)
}

const NUMBERS = `select number from request_questions where part_id = :part order by number`
