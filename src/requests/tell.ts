import { nameIn } from '../modules/index.ts'
import type { Change } from '../platform/db/change.ts'
import type { LockedPart } from './queries.ts'
import type { Status, StepName } from './workflow.ts'

/** Who is written to about a step (spec/requests.md, Mail). */
export type Audience =
  | 'requesting handlers'
  | 'responding handlers'
  | 'protecting handlers'
  | 'whom it reaches'
  | 'requesting approvers'
  | 'responding approvers'
  | 'referees'
  | 'responding allocators'

/** The kinds of mail about requests, by the names of their texts. They hold the number and the module, and a link. */
export const mailKinds = [
  'received',
  'to-approve',
  'approved',
  'returned',
  'accepted',
  'forwarded',
  'refused',
  'called-back',
  'withdrawn',
  'split',
  'later-date',
  'later-date-agreed',
  'later-date-declined',
  'partial-reply',
  'reply',
  'reply-to-approve',
  'reply-approved',
  'reply-returned',
  'closed',
  'demand',
  'demand-agreed',
  'demand-declined',
  'demand-dropped',
  'referral',
  'referred',
  'opinion',
  'decided',
  'provided',
  'comment',
  'allocated',
  'to-allocate',
  'reminder',
  'inactive',
  'approval-lapsed',
  'counterpart-deleted',
  'responder-gone',
  'approver-gone',
  'coordinator-changed',
  'opinion-gone',
  'questions-back',
  'questions-unanswered',
  'due-soon',
  'due-today',
  'overdue',
  'inactive-soon',
  'draft-ends',
  'counterpart-ends',
  'erasure-proposed',
  'erasure-declined',
  'erasure-dropped',
  'erased-early',
  'data-subject-asked',
  'data-subject-answered',
  'subject-corrected',
  'counterpart-deactivated',
] as const
export type MailKind = (typeof mailKinds)[number]

interface Letter {
  to: Audience
  kind: MailKind
  /** Only where the step leads here. */
  into?: Status
}

// prettier-ignore
const letters: Partial<Record<StepName, readonly Letter[]>> = {
  send:              [{ to: 'whom it reaches', kind: 'received', into: 'sent' }, { to: 'requesting approvers', kind: 'to-approve', into: 'awaiting approval' }],
  approve:           [{ to: 'whom it reaches', kind: 'received' }, { to: 'requesting handlers', kind: 'approved' }],
  return:            [{ to: 'requesting handlers', kind: 'returned' }],
  accept:            [{ to: 'requesting handlers', kind: 'accepted' }],
  forward:           [{ to: 'whom it reaches', kind: 'received' }, { to: 'requesting handlers', kind: 'forwarded' }],
  refuse:            [{ to: 'requesting handlers', kind: 'refused' }],
  callBack:          [{ to: 'responding handlers', kind: 'called-back' }, { to: 'requesting handlers', kind: 'called-back' }],
  withdraw:          [{ to: 'responding handlers', kind: 'withdrawn' }],
  split:             [{ to: 'requesting handlers', kind: 'split' }],
  proposeLaterDate:  [{ to: 'requesting handlers', kind: 'later-date' }],
  agreeLaterDate:    [{ to: 'responding handlers', kind: 'later-date-agreed' }],
  declineLaterDate:  [{ to: 'responding handlers', kind: 'later-date-declined' }],
  replyPartly:       [{ to: 'requesting handlers', kind: 'partial-reply', into: 'partly answered' }, { to: 'responding approvers', kind: 'reply-to-approve', into: 'reply awaiting approval' }],
  replyFully:        [{ to: 'requesting handlers', kind: 'reply', into: 'answered' }, { to: 'responding approvers', kind: 'reply-to-approve', into: 'reply awaiting approval' }],
  approveReply:      [{ to: 'requesting handlers', kind: 'partial-reply', into: 'partly answered' }, { to: 'requesting handlers', kind: 'reply', into: 'answered' }, { to: 'responding handlers', kind: 'reply-approved' }],
  returnReply:       [{ to: 'responding handlers', kind: 'reply-returned' }],
  acceptReply:       [{ to: 'responding handlers', kind: 'closed' }],
  demand:            [{ to: 'responding handlers', kind: 'demand' }],
  agreeDemand:       [{ to: 'requesting handlers', kind: 'demand-agreed' }],
  declineDemand:     [{ to: 'requesting handlers', kind: 'demand-declined' }],
  dropDemand:        [{ to: 'responding handlers', kind: 'demand-dropped' }],
  close:             [{ to: 'responding handlers', kind: 'closed' }],
  refer:             [{ to: 'referees', kind: 'referral' }, { to: 'responding handlers', kind: 'referred' }],
  giveOpinion:       [{ to: 'requesting handlers', kind: 'opinion', into: 'in referral' }, { to: 'responding handlers', kind: 'opinion', into: 'in referral' }, { to: 'requesting handlers', kind: 'decided', into: 'referral decided' }, { to: 'responding handlers', kind: 'decided', into: 'referral decided' }],
  provide:           [{ to: 'requesting handlers', kind: 'provided' }],
  remind:            [{ to: 'responding handlers', kind: 'reminder' }],
  lapse:             [{ to: 'requesting handlers', kind: 'inactive' }, { to: 'responding handlers', kind: 'inactive' }],
  lapseApproval:     [{ to: 'requesting handlers', kind: 'approval-lapsed' }],
  loseCounterpart:   [{ to: 'requesting handlers', kind: 'counterpart-deleted' }, { to: 'responding handlers', kind: 'counterpart-deleted' }],
  loseResponder:     [{ to: 'requesting handlers', kind: 'responder-gone' }],
  loseApprover:      [{ to: 'requesting handlers', kind: 'approver-gone' }],
  loseReplyApprover: [{ to: 'responding handlers', kind: 'approver-gone' }],
  loseReferee:       [{ to: 'requesting handlers', kind: 'opinion-gone', into: 'in referral' }, { to: 'responding handlers', kind: 'opinion-gone', into: 'in referral' }, { to: 'requesting handlers', kind: 'decided', into: 'referral decided' }, { to: 'responding handlers', kind: 'decided', into: 'referral decided' }],
  changeCoordinator: [{ to: 'requesting handlers', kind: 'coordinator-changed' }, { to: 'responding handlers', kind: 'coordinator-changed' }],
  regainQuestions:   [{ to: 'responding handlers', kind: 'questions-back' }],
}

/** Writes to everybody who has to know of a step; who took it is not told. */
export async function tellOfStep(
  c: Change,
  step: StepName,
  taken: readonly { part: LockedPart; from: Status; to: Status }[],
): Promise<void> {
  for (const { part, from, to } of taken)
    for (const letter of letters[step] ?? []) {
      if (letter.into && letter.into !== to) continue
      // The responder never heard of what was not sent.
      const unheard = from === 'draft' || from === 'awaiting approval'
      if (letter.to === 'responding handlers' && unheard && to !== 'sent') continue
      await tell(c, part.id, letter.to, letter.kind)
    }
}

/** Writes one kind of mail to an audience of a part, in everybody's own language: what waits, and the way to it; `only` narrows it to some. */
export async function tell(
  c: Change,
  partId: number,
  to: Audience,
  kind: MailKind,
  only?: readonly number[],
): Promise<void> {
  const found = await c.db.raw<{ rows: Reader[] }>(
    `select ${READER}, r.number || case when p.part = 1 then '' else '-' || p.part end as number,
      m.names, case when ${to === 'whom it reaches'} then f.email end as functional
    from request_parts p join requests r on r.id = p.request_id join modules m on m.id = r.module_id
    ${AUDIENCES[to]} where p.id = :part and u.deleted_at is null and u.id is distinct from cast(:actor as int)
      and (cast(:only as int[]) is null or u.id = any(:only)) order by u.id`,
    {
      part: partId,
      actor: c.actor.id,
      only: only ? [...only] : null,
    },
  )
  for (const [index, reader] of found.rows.entries())
    await c.send({
      to: reader.email,
      ...(index === 0 && reader.functional && { cc: [reader.functional] }),
      language: reader.language,
      template: `requests/${kind}`,
      values: { number: reader.number, module: nameIn(reader.names, reader.language) },
      path: `/requests/${partId}`,
      about: { type: 'request', id: partId },
    })
}

interface Reader {
  email: string
  language: string
  number: string
  names: Parameters<typeof nameIn>[0]
  functional: string | null
}

const READER = 'u.id, u.email, u.language'

/** Users of an authority with one of these roles in the request's module; `f` is the authority. */
const withRole = (authority: string, roles: string, further = 'true'): string => `
  join authorities f on f.id = ${authority}
  join users u on u.authority_id = f.id and exists (select from user_roles w
    where w.user_id = u.id and w.module_id = r.module_id and (${roles})) and ${further}`

const HANDLERS = `w.role = 'handler'`
const USES_ALLOCATION = `exists (select from grants g where g.authority_id = f.id and g.module_id = r.module_id and g.uses_allocation)`
const ALLOCATED = `(not ${USES_ALLOCATION} or exists (select from request_allocations x where x.part_id = p.id and x.user_id = u.id)
  or (w.role = 'allocator' and not exists (select from request_allocations x where x.part_id = p.id)))`

const AUDIENCES: Record<Audience, string> = {
  'requesting handlers': withRole('r.requester_id', HANDLERS),
  // Data protection is for every handler, so where nobody is allocated no allocator stands between.
  'protecting handlers': withRole(
    'p.responder_id',
    HANDLERS,
    `(exists (select from request_allocations x where x.part_id = p.id and x.user_id = u.id)
      or not exists (select from request_allocations x where x.part_id = p.id) or not ${USES_ALLOCATION})`,
  ),
  // The allocated ones; where nobody is yet, those who allocate.
  'responding handlers': withRole(
    'p.responder_id',
    `(${HANDLERS} or w.role = 'allocator' and ${USES_ALLOCATION}) and ${ALLOCATED}`,
  ),
  'whom it reaches': withRole('p.responder_id', `${HANDLERS} or w.role = 'allocator' and ${USES_ALLOCATION}`),
  'requesting approvers': withRole('r.requester_coordinator_id', `w.role = 'approver'`),
  'responding approvers': withRole('p.coordinator_id', `w.role = 'approver'`),
  'responding allocators': withRole('p.responder_id', `w.role = 'allocator'`),
  referees: `
    join request_opinions o on o.part_id = p.id and o.given_at is null and not o.fallen_away
      and o.referral = (select max(referral) from request_opinions where part_id = p.id)
    join authorities f on f.id = o.coordinator_id
    join users u on u.authority_id = f.id and exists (select from user_roles w
      where w.user_id = u.id and w.module_id = r.module_id and w.role = 'referee')`,
}
