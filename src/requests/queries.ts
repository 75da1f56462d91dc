import type { Knex } from 'knex'
import type { Actor, Standing, Subject } from '../policy.ts'
import { reachBindings, SHOWN_STATUS, STANDINGS } from './reach.ts'
import { type ImiRequest, type Party, partNumber } from './request.ts'
import { open, type Status, type Step, stepNames, steps, unheard } from './workflow.ts'

/** An authority that may have been deleted, as the number in `column` names it. */
const party = (column: string): string => `(
  select json_build_object('id', x.id, 'country', x.country, 'name', x.name, 'language', x.language, 'deleted', x.deleted) from (
    select id, country, official_name as name, official_language as language, false as deleted from authorities where id = ${column}
    union all
    select authority_id, country, official_name, official_language, true from tombstones where authority_id = ${column}) x limit 1)`

/** The columns of a request as one responder has it; `r`, `p` and the module `m` are joined. */
export const COLUMNS = `
  p.id, r.id as request_id, r.number, p.part, r.module_id, m.code as module_code, m.names as module_names, r.question_set_id,
  ${party('r.requester_id')} as requester, r.requester_coordinator_id, ${party('p.responder_id')} as responder, p.coordinator_id,
  p.status, p.came_from, ${SHOWN_STATUS} as shown_status, r.status as whole_status, r.language, r.urgent, r.please_forward,
  to_char(r.proposed_date, 'YYYY-MM-DD') as proposed_date, to_char(p.due_date, 'YYYY-MM-DD') as due_date,
  to_char(p.later_date, 'YYYY-MM-DD') as later_date, p.may_refuse,
  exists (select from grants g where g.authority_id = p.responder_id and g.module_id = r.module_id and g.uses_allocation) as uses_allocation,
  r.created_at, r.sent_at, p.arrived_at, p.accepted_at, p.answered_at, p.ended_at, p.status_since, p.acted_at, p.reminded_at,
  p.help_asked_at, r.blocked_at, r.erased_at, p.version, r.version as request_version`

export interface RequestRow {
  id: number
  request_id: number
  number: string
  part: number
  module_id: number
  module_code: string
  module_names: ImiRequest['moduleNames']
  question_set_id: number
  requester: Party
  requester_coordinator_id: number | null
  responder: Party | null
  coordinator_id: number | null
  status: Status
  came_from: Status | null
  shown_status: Status
  whole_status: Status
  language: string
  urgent: boolean
  please_forward: boolean
  proposed_date: string | null
  due_date: string | null
  later_date: string | null
  may_refuse: boolean
  uses_allocation: boolean
  created_at: Date
  sent_at: Date | null
  arrived_at: Date | null
  accepted_at: Date | null
  answered_at: Date | null
  ended_at: Date | null
  status_since: Date
  acted_at: Date
  reminded_at: Date | null
  help_asked_at: Date | null
  blocked_at: Date | null
  erased_at: Date | null
  version: number
  request_version: number
}

/** A request with what the actor is to it. */
export type FoundRequest = ImiRequest & Subject

const ONE = `
  select ${COLUMNS}, ${STANDINGS} as standings
  from request_parts p join requests r on r.id = p.request_id join modules m on m.id = r.module_id
  where p.id = :id`

/** Finds a request by the number of a part, if it is the actor's business at all: who has no standing to it learns nothing of it. */
export async function findRequest(db: Knex, actor: Actor, id: number): Promise<FoundRequest | undefined> {
  const found = await db.raw<{ rows: (RequestRow & { standings: Standing[] })[] }>(ONE, { ...reachBindings(actor), id })
  const row = found.rows[0]
  if (!row || row.standings.length === 0) return undefined
  // Who explains a refusal looks among the actor's own people.
  return { ...requestFrom(row), standings: ['signed in', ...row.standings], authorityId: actor.authorityId }
}

/** A request from its row. */
export function requestFrom(row: RequestRow): ImiRequest {
  return {
    id: row.id,
    requestId: row.request_id,
    number: partNumber(row.number, row.part),
    part: row.part,
    moduleId: row.module_id,
    moduleCode: row.module_code,
    moduleNames: row.module_names,
    questionSetId: row.question_set_id,
    requester: row.requester,
    requesterCoordinatorId: row.requester_coordinator_id,
    responder: row.responder,
    coordinatorId: row.coordinator_id,
    status: row.status,
    cameFrom: row.came_from,
    shownStatus: row.shown_status,
    wholeStatus: row.whole_status,
    language: row.language,
    urgent: row.urgent,
    pleaseForward: row.please_forward,
    proposedDate: row.proposed_date,
    dueDate: row.due_date,
    laterDate: row.later_date,
    mayRefuse: row.may_refuse,
    usesAllocation: row.uses_allocation,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    arrivedAt: row.arrived_at,
    acceptedAt: row.accepted_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    statusSince: row.status_since,
    actedAt: row.acted_at,
    remindedAt: row.reminded_at,
    helpAskedAt: row.help_asked_at,
    blockedAt: row.blocked_at,
    erasedAt: row.erased_at,
    version: row.version,
    requestVersion: row.request_version,
  }
}

/** A part as the workflow moves it, held until the change is done: every step of a request waits for the one before. */
export interface LockedPart {
  id: number
  requestId: number
  part: number
  number: string
  moduleId: number
  moduleNames: ImiRequest['moduleNames']
  requesterId: number
  requesterCoordinatorId: number | null
  responderId: number | null
  coordinatorId: number | null
  status: Status
  cameFrom: Status | null
  urgent: boolean
}

const PARTS = `
  select p.id, p.request_id as "requestId", p.part, r.number, r.module_id as "moduleId", m.names as "moduleNames", r.requester_id as "requesterId",
    r.requester_coordinator_id as "requesterCoordinatorId", p.responder_id as "responderId", p.coordinator_id as "coordinatorId",
    p.status, p.came_from as "cameFrom", r.urgent
  from request_parts p join requests r on r.id = p.request_id join modules m on m.id = r.module_id
  where p.request_id = ? order by p.part`

/** Holds a request and reads its parts as they are now. */
export async function lockParts(db: Knex.Transaction, requestId: number): Promise<LockedPart[]> {
  await db.raw('select 1 from requests where id = ? for update', [requestId])
  return (await db.raw<{ rows: LockedPart[] }>(PARTS, [requestId])).rows
}

/** SQL lists for `status in …`. */
export const OPEN_SQL = `(${open.map(status => `'${status}'`).join(', ')})`
export const UNHEARD_SQL = `(${unheard.map(status => `'${status}'`).join(', ')})`
/** To allocate is no work on a request, and what the system did nobody has done. */
export const NO_WORK_SQL = `(${['allocate', ...stepNames.filter(step => (steps[step] as Step).side === 'system')]
  .map(step => `'${step}'`)
  .join(', ')})`
