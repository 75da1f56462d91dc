import type { Knex } from 'knex'
import { z } from 'zod'
import { NotFound } from '../../platform/errors.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import type { Change } from '../../platform/db/change.ts'
import { choice } from '../../platform/web/form.ts'
import { isDay } from '../days.ts'
import type { LockedPart } from '../queries.ts'
import type { ImiRequest } from '../request.ts'
import { type DataSubjectKind, dataSubjectKinds, recordAct } from './record-act.ts'
import { holdForSide, partOf, tellOtherSide } from './sides.ts'

/** A data subject's request is answered within so many days after it was received. [requests.md, Data protection] */
const ANSWER_DAYS = 30

/** What a person asked one of the authorities about themselves. */
export interface DataSubjectRequest {
  id: number
  kind: DataSubjectKind
  receivedOn: string
  dueOn: string
  answeredAt: Date | null
  own: boolean
  authority: string | null
  authorityLanguage: string | null
}

/** The form that records one; `today` is the day where the authority is. */
export const dataSubjectForm = (today: string) =>
  z.object({
    kind: choice(dataSubjectKinds, 'protection:kind.missing'),
    receivedOn: z
      .string('protection:receivedOn.missing')
      .transform(text => text.trim())
      .pipe(
        z
          .string()
          .refine(isDay, 'protection:receivedOn.missing')
          .refine(text => !isDay(text) || text <= today, 'protection:receivedOn.ahead'),
      ),
  })

/** The data subjects' requests on a request, newest first: a responder does not see those of other responders. */
export const listDataSubjectRequests = (
  db: Knex,
  { requestId, requester }: Pick<ImiRequest, 'requestId' | 'requester'>,
  authorityId: number,
): Promise<DataSubjectRequest[]> =>
  rowsOf<DataSubjectRequest>(db, LIST, { request: requestId, me: authorityId, requester: requester.id })

const LIST = `
  select d.id, d.kind, to_char(d.received_on, 'YYYY-MM-DD') as "receivedOn", to_char(d.due_on, 'YYYY-MM-DD') as "dueOn",
    d.answered_at as "answeredAt", d.authority_id = :me as own, coalesce(a.official_name, b.official_name) as authority,
    coalesce(a.official_language, b.official_language) as "authorityLanguage"
  from data_subject_requests d
  left join authorities a on a.id = d.authority_id
  left join tombstones b on b.authority_id = d.authority_id
  where d.request_id = :request and (:me = cast(:requester as int) or d.authority_id in (:me, :requester)) order by d.id desc`

/**
 * Records what a person asked; the other side is told. While it is unanswered, blocked personal data are open to the handlers of both
 * sides.
 */
export async function recordDataSubjectRequest(
  c: Change,
  request: ImiRequest,
  { kind, receivedOn }: { kind: string; receivedOn: string },
): Promise<void> {
  await holdForSide(c, request)
  const dueOn = daysAfter(receivedOn, ANSWER_DAYS)
  await c.db('data_subject_requests').insert({
    request_id: request.requestId,
    authority_id: c.actor.authorityId,
    kind,
    received_on: receivedOn,
    recorded_at: c.at,
    recorded_by: c.actor.id,
    due_on: dueOn,
  })
  const details = { kind: kind as DataSubjectKind, dueOn }
  await recordAct(c, request, 'dataSubjectRequestRecorded', partOf(c, request), details)
  await tellOtherSide(c, request, 'data-subject-asked')
}

/**
 * Marks one that the actor's authority has recorded as answered; the other side is told.
 * @throws NotFound when there is none that is unanswered
 */
export async function answerDataSubjectRequest(c: Change, request: ImiRequest, id: number): Promise<void> {
  await holdForSide(c, request)
  const [answered] = await c
    .db('data_subject_requests')
    .where({ id, request_id: request.requestId, authority_id: c.actor.authorityId, answered_at: null })
    .update({ answered_at: c.at, answered_by: c.actor.id })
    .returning<{ kind: DataSubjectKind }[]>('kind')
  if (!answered) throw new NotFound()
  await recordAct(c, request, 'dataSubjectRequestAnswered', partOf(c, request), { kind: answered.kind })
  await tellOtherSide(c, request, 'data-subject-answered')
}

/**
 * What an authority that loses its part has recorded and not answered goes with the part: whoever has it then answers, or nobody could.
 * One that keeps another part keeps what it has recorded.
 */
export const passOnDataSubjects = async (c: Change, part: LockedPart, to: number): Promise<void> => {
  await c
    .db('data_subject_requests')
    .where({ request_id: part.requestId, authority_id: part.responderId, answered_at: null })
    .whereNotExists(
      c
        .db('request_parts')
        .where({ request_id: part.requestId, responder_id: part.responderId })
        .whereNot({ id: part.id })
        .whereNot({ status: 'called back' })
        .select(c.db.raw('1')),
    )
    .update({ authority_id: to })
}

/** How many data subjects' requests an authority has recorded on a request and not answered. */
export async function countUnanswered(db: Knex, requestId: number, authority_id: number): Promise<number> {
  const waiting = db('data_subject_requests').where({ request_id: requestId, authority_id, answered_at: null })
  return (await waiting.pluck<number[]>('id')).length
}

/** By when an authority has to answer the first of them; undefined when none waits. */
export async function dueDataSubject(db: Knex, requestId: number, authorityId: number): Promise<string | undefined> {
  const [{ due } = { due: null }] = await rowsOf<{ due: string | null }>(db, DUE, {
    request: requestId,
    me: authorityId,
  })
  return due ?? undefined
}

const DUE = `
  select to_char(min(due_on), 'YYYY-MM-DD') as due from data_subject_requests
  where request_id = :request and authority_id = :me and answered_at is null`

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
