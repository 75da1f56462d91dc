import type { Knex } from 'knex'
import { z } from 'zod'
import { NotFound } from '../../platform/errors.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import type { Change } from '../../platform/db/change.ts'
import { choice } from '../../platform/web/form.ts'
import { isDay } from '../days.ts'
import type { ImiRequest } from '../request.ts'
import { holdForSide } from './sides.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'request.dataSubjectRequestRecorded': { number: string; kind: DataSubjectKind; dueOn: string }
    'request.dataSubjectRequestAnswered': { number: string; kind: DataSubjectKind }
  }
}

/** What a person may ask: to see what is said of them, or to have it corrected. */
export const dataSubjectKinds = ['access', 'correction'] as const
export type DataSubjectKind = (typeof dataSubjectKinds)[number]

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

/** Records what a person asked. While it is unanswered, blocked personal data are open to the handlers of both sides. */
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
  await c.record('request.dataSubjectRequestRecorded', subjectOf(c, request), {
    number: request.number,
    kind: kind as DataSubjectKind,
    dueOn,
  })
}

/**
 * Marks one that the actor's authority has recorded as answered.
 * @throws NotFound when there is none that is unanswered
 */
export async function answerDataSubjectRequest(c: Change, request: ImiRequest, id: number): Promise<void> {
  const [answered] = await c
    .db('data_subject_requests')
    .where({ id, request_id: request.requestId, authority_id: c.actor.authorityId, answered_at: null })
    .update({ answered_at: c.at, answered_by: c.actor.id })
    .returning<{ kind: DataSubjectKind }[]>('kind')
  if (!answered) throw new NotFound()
  const details = { number: request.number, kind: answered.kind }
  await c.record('request.dataSubjectRequestAnswered', subjectOf(c, request), details)
}

const subjectOf = ({ actor }: Change, { id }: ImiRequest) =>
  ({ type: 'request', id, authorityId: actor.authorityId }) as const

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
