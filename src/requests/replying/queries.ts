import type { Knex } from 'knex'
import type { Party } from '../request.ts'
import type { Answer } from './answers.ts'

/** A reply as it was made: what it says never changes. */
export interface Reply {
  id: number
  partId: number
  kind: 'partial' | 'full'
  state: 'sent' | 'awaiting approval'
  /** The authority that made it; after a forwarding another one may have the request. */
  authority: Pick<Party, 'id' | 'country' | 'name' | 'language'>
  madeAt: Date
  sentAt: Date | null
  generalComments: string
  /** Of the free text in it. */
  language: string
  answers: ({ questionId: number; number: number; code: string } & Answer)[]
}

interface Reading {
  /** Whether the reader may see what the responder has not sent yet (`sightOf`). */
  draftAnswers: boolean
  side: 'requester' | 'responder'
}

/**
 * The replies of these parts, oldest first, each as it was sent. One that waits for approval is there for the responder's side only.
 * They are content: ask `sightOf` before.
 */
export async function listReplies(
  db: Knex,
  partIds: readonly number[],
  { draftAnswers, side }: Reading,
): Promise<Reply[]> {
  const pending = draftAnswers && side === 'responder'
  const found = await db.raw<{ rows: Reply[] }>(REPLIES, { parts: [...partIds], pending })
  return found.rows
}

/** An authority that may have been deleted, as the number in `column` names it. */
const party = (column: string): string => `(
  select json_build_object('id', x.id, 'country', x.country, 'name', x.name, 'language', x.language) from (
    select id, country, official_name as name, official_language as language from authorities where id = ${column}
    union all
    select authority_id, country, official_name, official_language from tombstones where authority_id = ${column}) x limit 1)`

const REPLIES = `
  select y.id, y.part_id as "partId", y.kind, y.state, ${party('y.authority_id')} as authority, y.made_at as "madeAt",
    y.sent_at as "sentAt", y.general_comments as "generalComments", y.language, (
      select coalesce(json_agg(json_build_object('questionId', q.id, 'number', q.number, 'code', q.code,
        'value', a.value, 'cannot', a.cannot, 'comment', a.comment) order by q.number), '[]')
      from request_reply_answers a join request_questions q on q.id = a.question_id where a.reply_id = y.id) as answers
  from request_replies y
  where y.part_id = any(cast(:parts as int[])) and (y.state = 'sent' or y.state = 'awaiting approval' and cast(:pending as boolean))
  order by coalesce(y.sent_at, y.made_at), y.id`

/** The numbers of the questions that the reply in approval answers: for an approver who may not see more. */
export const listReplyNumbers = (db: Knex, partId: number): Promise<number[]> =>
  db('request_reply_answers as a')
    .join('request_replies as y', 'y.id', 'a.reply_id')
    .join('request_questions as q', 'q.id', 'a.question_id')
    .where({ 'y.part_id': partId, 'y.state': 'awaiting approval' })
    .orderBy('q.number')
    .pluck<number[]>('q.number')

/** The answers to one question over all replies, oldest first; what was sent again unchanged counts once. */
export function versionsOf(replies: readonly Reply[], questionId: number): ({ reply: Reply } & Answer)[] {
  const versions: ({ reply: Reply } & Answer)[] = []
  for (const reply of replies) {
    const answer = reply.answers.find(one => one.questionId === questionId)
    const last = versions.at(-1)
    if (!answer) continue
    const { value, cannot, comment } = answer
    if (last && last.value === value && last.cannot === cannot && last.comment === comment) continue
    versions.push({ reply, value, cannot, comment })
  }
  return versions
}

/** What the requester asked for in addition, and what became of it. */
export interface Demand {
  id: number
  partId: number
  at: Date
  /** Numbers of the questions. */
  questions: number[]
  language: string
  reason: string
  /** Proposed by the requester: '2026-12-24'. */
  proposedDate: string
  outcome: 'open' | 'agreed' | 'declined' | 'dropped' | 'provided'
  outcomeReason: string | null
  outcomeLanguage: string | null
  outcomeAt: Date | null
}

/** The demands for additional information of these parts, oldest first; their reasons are content. */
export async function listDemands(db: Knex, partIds: readonly number[]): Promise<Demand[]> {
  const found = await db.raw<{ rows: Demand[] }>(DEMANDS, { parts: [...partIds] })
  return found.rows
}

const DEMANDS = `
  select d.id, d.part_id as "partId", d.at, d.questions, d.language, d.reason, to_char(d.proposed_date, 'YYYY-MM-DD') as "proposedDate",
    d.outcome, d.outcome_reason as "outcomeReason", d.outcome_at as "outcomeAt", (
      select s.note_language from request_steps s where s.part_id = d.part_id and s.step = 'declineDemand' and s.at = d.outcome_at
      limit 1) as "outcomeLanguage"
  from request_demands d where d.part_id = any(cast(:parts as int[])) order by d.id`

/** What a coordinator says in a referral: whether the information must be given. */
export interface Opinion {
  id: number
  partId: number
  /** First, second … referral of the part. */
  referral: number
  coordinator: Pick<Party, 'id' | 'country' | 'name' | 'language'>
  forRequester: boolean
  forResponder: boolean
  begunAt: Date
  /** Null while it has not been given. */
  mustBeGiven: boolean | null
  text: string
  language: string | null
  givenAt: Date | null
  fallenAway: boolean
}

/** The opinions of the referrals of these parts, given or waited for; their texts are content, and for who takes part. */
export async function listOpinions(db: Knex, partIds: readonly number[]): Promise<Opinion[]> {
  const found = await db.raw<{ rows: Opinion[] }>(OPINIONS, { parts: [...partIds] })
  return found.rows
}

const OPINIONS = `
  select o.id, o.part_id as "partId", o.referral, ${party('o.coordinator_id')} as coordinator, o.for_requester as "forRequester",
    o.for_responder as "forResponder", o.begun_at as "begunAt", o.must_be_given as "mustBeGiven", o.text, o.language,
    o.given_at as "givenAt", o.fallen_away as "fallenAway"
  from request_opinions o where o.part_id = any(cast(:parts as int[])) order by o.referral, o.id`

export { type Draft, readDraft } from './draft.ts'
