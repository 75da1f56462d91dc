import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import { type LockedPart, lockParts } from './queries.ts'
import { tellOfStep } from './tell.ts'
import {
  asRequesterReads,
  atWork,
  combined,
  type Condition,
  counting,
  ended,
  isOpen,
  isOpenForAll,
  type Status,
  type Step,
  type StepName,
  steps,
  target,
  within,
  wordFor,
} from './workflow.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents extends Record<`request.${StepName}`, StepRecord> {
    'request.created': { number: string }
  }
}

/** What the history of acts keeps of a step: nothing that was written. */
interface StepRecord {
  number: string
  before: { status: Status }
  after: { status: Status }
  to?: string
}

export interface StepDetails {
  /** What the actor says to it, in which language: shown in the request's history to those who see the step. */
  note?: string
  noteLanguage?: string
  /** Facts for the request's history, such as a date; never anything about a person. */
  details?: Record<string, string | number | null>
  /** Who reads of it; both sides unless the table of visibility says otherwise. */
  seenBy?: 'both' | 'requester' | 'responder'
  /** Columns of the part that change with the step. */
  set?: Record<string, Knex.Value>
  /** Name of the authority it goes to, for the history of the one it leaves. */
  to?: string
}

export interface Taken {
  part: LockedPart
  from: Status
  to: Status
}

/**
 * Moves a request along its workflow; the only writer of a status. Whoever comes second waits, then sees what the first has done.
 * Writes the request's history, the history of acts and the mails of the step. Throws RuleBroken when the step does not exist from
 * where the request is now.
 */
export async function takeStep(c: Change, partId: number, step: StepName, more: StepDetails = {}): Promise<Taken> {
  const { parts, part } = await holdRequest(c, partId)
  if (!isStillTheirs(c, step, part, parts)) throw new RuleBroken('requests:notNow.gone')
  const whole = (steps[step] as Step).wholeRequest
  if (whole ? !isOpenForAll(step, parts) : !isOpen(step, part)) throw notNow(c, part)
  const moving = whole ? parts.filter(({ status }) => !within(ended, status)) : [part]
  const all: Taken[] = []
  for (const one of moving) all.push(await move(c, one, step, more))
  await readTogether(c, part.requestId)
  await tellOfStep(c, step, all)
  const [first] = all
  if (!first) throw new Error('A step moves at least one part')
  return all.find(taken => taken.part.id === partId) ?? first
}

/** Holds the request that a part belongs to until the change is done, and reads its parts as they are then. */
export async function holdRequest(c: Change, partId: number): Promise<{ parts: LockedPart[]; part: LockedPart }> {
  const [requestId] = await c.db('request_parts').where({ id: partId }).pluck<number[]>('request_id')
  const parts = requestId === undefined ? [] : await lockParts(c.db, requestId)
  const part = parts.find(({ id }) => id === partId)
  if (!part) throw new RuleBroken('requests:notNow.gone')
  return { parts, part }
}

/** Whether the actor's authority has the part still: it may have been forwarded, or have got another coordinator, since its page was opened. */
function isStillTheirs({ actor }: Change, step: StepName, part: LockedPart, parts: readonly LockedPart[]): boolean {
  if (actor.authorityId === null) return true
  if (step === 'comment') return [part.requesterId, part.responderId].includes(actor.authorityId)
  if (step === 'approve' || step === 'return') return actor.authorityId === part.requesterCoordinatorId
  if ((steps[step] as Step).side !== 'responder') return true
  if (step === 'approveReply' || step === 'returnReply') return actor.authorityId === part.coordinatorId
  if (step === 'callBack') return parts.some(one => one.part === 1 && one.responderId === actor.authorityId)
  return actor.authorityId === part.responderId
}

/** The step came too late, or twice: the page says how the request stands now, as far as this side may know. */
function notNow({ actor }: Change, part: LockedPart): RuleBroken {
  const shown = actor.authorityId === part.requesterId ? asRequesterReads(part) : part.status
  return new RuleBroken(`requests:notNow.${wordFor(shown)}`)
}

async function move(c: Change, part: LockedPart, step: StepName, more: StepDetails): Promise<Taken> {
  const facts = await factsFor(c.db, step, part)
  const to = target(step, { ...part, holds: condition => facts[condition] ?? false })
  const changed = to !== part.status
  await c
    .db('request_parts')
    .where({ id: part.id })
    .update({
      ...more.set,
      status: to,
      ...(endsProposal(step, to) && { later_date: null, later_reason: null }),
      came_from: to === 'reply awaiting approval' ? (part.cameFrom ?? part.status) : null,
      version: c.db.raw('version + 1'),
      ...((steps[step] as Step).idle ? {} : { acted_at: c.at, inactivity_told_at: null }),
      ...(changed && { status_since: c.at, ended_at: within(ended, to) ? c.at : null }),
      ...(to === 'answered' && changed && { answered_at: c.at }),
    })
  await writeHistory(c, part, step, to, more)
  await c.record(
    `request.${step}`,
    { type: 'request', id: part.id, authorityId: c.actor.authorityId },
    {
      number: part.number,
      before: { status: part.status },
      after: { status: to },
      ...(more.to !== undefined && { to: more.to }),
    },
  )
  return { part, from: part.status, to }
}

/** A later date that was proposed falls away with a reply, a forwarding, and whatever else ends the work on an answer. */
const endsProposal = (step: StepName, to: Status): boolean =>
  step === 'replyPartly' || step === 'replyFully' || !within(atWork, to)

/** What the table asks before it says where a step leads. */
async function factsFor(
  db: Knex.Transaction,
  step: StepName,
  part: LockedPart,
): Promise<Partial<Record<Condition, boolean>>> {
  const { to }: Step = steps[step]
  if (typeof to === 'string') return {}
  const found = await db.raw<{ rows: [{ holds: boolean }] }>(`select ${CONDITIONS[to.when]} as holds`, {
    part: part.id,
    module: part.moduleId,
    requesterCoordinator: part.requesterCoordinatorId,
    coordinator: part.coordinatorId,
  })
  return { [to.when]: found.rows[0].holds }
}

const approves = (coordinator: string, setting: string): string =>
  `exists (select from grants g where g.authority_id = cast(:${coordinator} as int) and g.module_id = :module and g.role = 'coordinator' and g.${setting})`

const CONDITIONS: Record<Condition, string> = {
  'requests are approved': approves('requesterCoordinator', 'approves_requests'),
  'replies are approved': approves('coordinator', 'approves_replies'),
  'the reply is partial': `exists (select from request_replies where part_id = :part and kind = 'partial' and state = 'awaiting approval')`,
  'an opinion is missing': `exists (select from request_opinions o where o.part_id = :part and o.given_at is null and not o.fallen_away
    and o.referral = (select max(referral) from request_opinions where part_id = :part))`,
}

/** Steps of one side's own business, until what they lead to is sent. */
const OWN_BUSINESS: Partial<Record<StepName, 'requester' | 'responder'>> = {
  approve: 'requester',
  return: 'requester',
  takeBack: 'requester',
  lapseApproval: 'requester',
  loseResponder: 'requester',
  loseApprover: 'requester',
  approveReply: 'responder',
  returnReply: 'responder',
  takeBackReply: 'responder',
  loseReplyApprover: 'responder',
  allocate: 'responder',
  endAllocation: 'responder',
  beginAllocation: 'responder',
  stopAllocation: 'responder',
}

/** Steps that leave no line in the request's history: a draft is shared work, and a comment stands there itself. */
const UNTOLD: readonly StepName[] = ['saveAnswers', 'comment']

async function writeHistory(c: Change, part: LockedPart, step: StepName, to: Status, more: StepDetails): Promise<void> {
  if (UNTOLD.includes(step)) return
  const waits = to === 'awaiting approval' || to === 'reply awaiting approval'
  const side = (steps[step] as Step).side === 'requester' ? 'requester' : 'responder'
  const seenBy = more.seenBy ?? OWN_BUSINESS[step] ?? (waits ? side : 'both')
  const line = {
    part_id: part.id,
    at: c.at,
    step,
    from_status: part.status,
    to_status: to,
    user_id: c.actor.id,
    authority_id: c.actor.authorityId,
    note: more.note ?? '',
    note_language: more.note ? (more.noteLanguage ?? null) : null,
    details: JSON.stringify(more.details ?? {}),
    seen_by: seenBy,
  }
  await c.db('request_steps').insert(line)
  // What one side's coordinator let through is for the other side an act of that side.
  const asSeen: { step: StepName; seen_by: 'requester' | 'responder'; authority_id: number | null } | undefined =
    step === 'approve'
      ? { step: 'send', seen_by: 'responder', authority_id: part.requesterId }
      : step === 'approveReply'
        ? {
            step: to === 'answered' ? 'replyFully' : 'replyPartly',
            seen_by: 'requester',
            authority_id: part.responderId,
          }
        : undefined
  if (asSeen)
    await c.db('request_steps').insert({
      ...line,
      ...asSeen,
      from_status: step === 'approve' ? null : part.cameFrom,
      user_id: null,
      note: '',
      note_language: null,
    })
}

/** What the requester reads of all parts together: its status, and the date by which the last answer is due. */
async function readTogether(c: Change, requestId: number): Promise<void> {
  const parts = await lockParts(c.db, requestId)
  const status = combined(parts)
  const counted = counting(parts).map(({ id }) => id)
  await c
    .db('requests')
    .where({ id: requestId })
    .update({
      status,
      due_date: c.db('request_parts').whereIn('id', counted).max('due_date'),
      ended_at: within(ended, status) ? c.db.raw('coalesce(ended_at, ?)', [c.at]) : null,
    })
}
