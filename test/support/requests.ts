import type { Knex } from 'knex'
import { currentQuestionSet } from '../../src/modules/index.ts'
import { atWork, type Status, within } from '../../src/requests/workflow.ts'
import {
  type AnAuthority,
  anAuthority,
  aGrant,
  aNationalCoordinator,
  type AUser,
  aUser,
  moduleId,
} from './factories.ts'

/** The module in which requests are tried: professional qualifications. */
export const MODULE = 'professional-qualifications-requests'

export interface ASide {
  authority: AnAuthority
  coordinator: AnAuthority
  national: AnAuthority
  /** Request handler; another one; allocator; basic user; administrator without a role. */
  handler: AUser
  colleague: AUser
  allocator: AUser
  basic: AUser
  administrator: AUser
  /** At the coordinator: approver, referee, basic user. */
  approver: AUser
  referee: AUser
  coordinatorBasic: AUser
}

type Settings = Partial<Record<'approves_requests' | 'approves_replies' | 'takes_part_in_referrals', boolean>>

interface SideWishes {
  country: string
  language?: string
  settings?: Partial<Record<'may_refuse' | 'uses_allocation' | 'coordinator_sees_details', boolean>>
  coordination?: Settings
}

/** One side of requests: an authority, its coordinator and national coordinator, and somebody in each role. */
export async function aSide(
  db: Knex,
  { country, settings, coordination, language = 'en' }: SideWishes,
): Promise<ASide> {
  const national = await aNationalCoordinator(db, country)
  await aGrant(db, national, MODULE, { role: 'coordinator' })
  const coordinator = await anAuthority(db, { country })
  await aGrant(db, coordinator, MODULE, { role: 'coordinator', ...(coordination && { settings: coordination }) })
  const authority = await anAuthority(db, { country })
  await aGrant(db, authority, MODULE, { coordinators: [coordinator], ...(settings && { settings }) })
  const person = (at: AnAuthority, roles: Parameters<typeof aUser>[2]): Promise<AUser> =>
    aUser(db, at, { language, ...roles })
  return {
    authority,
    coordinator,
    national,
    handler: await person(authority, { roles: { [MODULE]: ['handler'] } }),
    colleague: await person(authority, { roles: { [MODULE]: ['handler'] } }),
    allocator: await person(authority, { roles: { [MODULE]: ['allocator'] } }),
    basic: await person(authority, {}),
    administrator: await person(authority, { administrator: true }),
    approver: await person(coordinator, { roles: { [MODULE]: ['approver'] } }),
    referee: await person(coordinator, { roles: { [MODULE]: ['referee'] } }),
    coordinatorBasic: await person(coordinator, {}),
  }
}

export interface ARequest {
  /** Number of the (first) part: `/requests/<id>`. */
  id: number
  requestId: number
  number: string
  questionIds: number[]
}

interface RequestWishes {
  from: ASide
  to: ASide
  status?: Status
  cameFrom?: Status
  questions?: readonly { code: string; variables?: Record<string, string>; personal?: Record<string, string> }[]
  subject?: Record<string, string>
  personal?: Record<string, string>
  reason?: string
  urgent?: boolean
  proposedDate?: string
  dueDate?: string
  at?: Date
  module?: string
}

const AT = new Date('2026-11-01T09:00:00Z')

/** A request in a status, as the steps on the way there would have left it. Personal data as the side that wrote them put them in. */
export async function aRequest(db: Knex, wishes: RequestWishes): Promise<ARequest> {
  const { from, to, status = 'sent', at = AT, module = MODULE } = wishes
  const module_id = await moduleId(db, module)
  const set = await currentQuestionSet(db, module_id)
  if (!set) throw new Error(`The module ${module} has no question set`)
  const heard = status !== 'draft' && status !== 'awaiting approval'
  const accepted = heard && !['sent', 'refused', 'called back'].includes(status)
  const over = ['refused', 'withdrawn', 'called back'].includes(status) || status.startsWith('closed')
  const number = await nextNumber(db, from.authority.country, at)
  const proposed = wishes.proposedDate ?? day(at, 40)
  const [request] = await db('requests')
    .insert({
      number,
      module_id,
      question_set_id: set.id,
      requester_id: from.authority.id,
      requester_country: from.authority.country,
      requester_coordinator_id: from.coordinator.id,
      status: status === 'reply awaiting approval' ? (wishes.cameFrom ?? 'accepted') : status,
      subject: JSON.stringify(wishes.subject ?? { profession: 'Physiotherapist' }),
      language: 'sv',
      reason: wishes.reason ?? 'Vi prövar en ansökan.',
      urgent: wishes.urgent ?? false,
      urgent_reason: wishes.urgent ? 'Ansökan måste avgöras snart.' : '',
      proposed_date: proposed,
      due_date: accepted ? (wishes.dueDate ?? proposed) : null,
      created_at: at,
      created_by: from.handler.id,
      edited_at: at,
      edited_by: from.handler.id,
      sent_at: heard ? at : null,
      ended_at: over ? at : null,
    })
    .returning<{ id: number }[]>('id')
  const requestId = request?.id ?? 0
  const [part] = await db('request_parts')
    .insert({
      request_id: requestId,
      part: 1,
      responder_id: to.authority.id,
      responder_country: to.authority.country,
      coordinator_id: accepted ? to.coordinator.id : null,
      status,
      came_from: status === 'reply awaiting approval' ? (wishes.cameFrom ?? 'accepted') : null,
      due_date: accepted ? (wishes.dueDate ?? proposed) : null,
      arrived_at: heard ? at : null,
      accepted_at: accepted ? at : null,
      first_accepted_at: accepted ? at : null,
      answered_at: accepted && !within(atWork, status) ? at : null,
      ended_at: over ? at : null,
      status_since: at,
      acted_at: at,
    })
    .returning<{ id: number }[]>('id')
  const id = part?.id ?? 0
  if (heard)
    await db('request_steps').insert({
      part_id: id,
      at,
      step: 'send',
      to_status: 'sent',
      user_id: from.handler.id,
      authority_id: from.authority.id,
      seen_by: 'both',
    })
  const questionIds: number[] = []
  const questions: NonNullable<RequestWishes['questions']> =
    wishes.questions ??
    set.questions
      .filter(({ parent }) => !parent)
      .slice(0, 2)
      .map(({ code }) => ({ code }))
  const personal = new Map(Object.entries(wishes.personal ?? {}).map(([code, value]) => [`subject.${code}`, value]))
  for (const [index, question] of questions.entries()) {
    const [row] = await db('request_questions')
      .insert({
        request_id: requestId,
        part_id: id,
        number: index + 1,
        code: question.code,
        variables: JSON.stringify(question.variables ?? {}),
      })
      .returning<{ id: number }[]>('id')
    questionIds.push(row?.id ?? 0)
    for (const [code, value] of Object.entries(question.personal ?? {}))
      personal.set(`variable.${row?.id ?? 0}.${code}`, value)
  }
  for (const [key, value] of personal) await db('request_personal').insert({ request_id: requestId, key, value })
  return { id, requestId, number, questionIds }
}

const day = (at: Date, days: number): string => new Date(at.getTime() + days * 86_400_000).toISOString().slice(0, 10)

async function nextNumber(db: Knex, country: string, at: Date): Promise<string> {
  const year = at.getUTCFullYear()
  const found = await db.raw<{ rows: [{ last: number }] }>(
    `insert into request_counters (country, year, last) values (?, ?, 1)
     on conflict (country, year) do update set last = request_counters.last + 1 returning last`,
    [country, year],
  )
  return `${country}-${year}-${String(found.rows[0].last).padStart(6, '0')}`
}
