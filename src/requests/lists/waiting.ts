import type { Knex } from 'knex'
import type { Actor } from '../../policy.ts'
import { hasStanding, reachBindings } from '../reach.ts'
import { OPEN_SQL } from '../queries.ts'
import { atWork, type Status } from '../workflow.ts'

/** What of requests waits for somebody, or is new to them. */
export const requestWaits = [
  'accept',
  'allocate',
  'answer',
  'replyReturned',
  'demanded',
  'provide',
  'approve',
  'approveReply',
  'opinion',
  'returned',
  'judge',
  'partial',
  'laterDate',
  'declined',
  'decided',
  'help',
  'erasure',
  'erasureDeclined',
  'dataSubject',
  'refused',
  'withdrawn',
] as const
export type RequestWait = (typeof requestWaits)[number]

const list = (statuses: readonly Status[]): string => statuses.map(status => `'${status}'`).join(', ')

const LAST_STEP = (step: string): string =>
  `(select max(s.at) from request_steps s where s.part_id = p.id and s.step = '${step}')`
const REPLY_RETURNED = `coalesce((select y.state from request_replies y where y.part_id = p.id order by y.id desc limit 1) = 'returned', false)`
const MUST_BE_GIVEN = `exists (select from request_opinions o where o.part_id = p.id and o.must_be_given
  and o.referral = (select max(referral) from request_opinions where part_id = p.id))`
/** Since the visit before this one; for whom there was none, everything is new. */
const NEW = (column: string): string =>
  `${column} > coalesce((select signed_in_before_at from users where id = :person), '2000-01-01')`
const PARTIAL_AT = `(select max(y.sent_at) from request_replies y where y.part_id = p.id and y.kind = 'partial' and y.state = 'sent')`
/** Until when: a day that was agreed lasts until its end. */
const LATE = `case when p.late_at < '2999-01-01' then p.late_at - case p.status when 'sent' then interval '0' else interval '1 second' end end`
const NONE = 'cast(null as timestamptz)'

interface Source {
  from: string
  where: string
  /** What waits with a row, if anything does. */
  kind: string
  /** Number of the other authority. */
  other: string
  since: string
  due: string
}

const may = {
  act: hasStanding('acting handler'),
  handle: hasStanding('requesting handler'),
  allocate: hasStanding('responding allocator'),
}

/** As long as the responder can have something to do with it. */
const BEFORE_THE_END: readonly Status[] = ['sent', ...atWork, 'additional requested', 'in referral', 'referral decided']

const TO_ALLOCATE = `${may.allocate}
  and exists (select from grants g where g.authority_id = p.responder_id and g.module_id = r.module_id and g.uses_allocation)
  and not exists (select from request_allocations x where x.part_id = p.id)`

/** What came to the authority. Where one acts only when allocated, only what is allocated waits: the standing is the one of the pages. */
const RECEIVED: Source = {
  from: `request_parts p join requests r on r.id = p.request_id`,
  where: `p.responder_id = :me and p.status in (${list([...BEFORE_THE_END, 'withdrawn'])})`,
  kind: `case
    when p.status = 'withdrawn' then case when ${hasStanding('responding handler')} and ${NEW('p.ended_at')} then 'withdrawn' end
    when ${TO_ALLOCATE} then 'allocate'
    when not ${may.act} then null
    when p.status = 'sent' then 'accept'
    when p.status in (${list(atWork)}) then case when ${REPLY_RETURNED} then 'replyReturned' else 'answer' end
    when p.status = 'additional requested' then 'demanded'
    when p.status = 'referral decided' and ${MUST_BE_GIVEN} then 'provide' end`,
  other: 'r.requester_id',
  since: `case w.kind when 'accept' then p.arrived_at when 'allocate' then p.arrived_at when 'answer' then p.accepted_at
    when 'withdrawn' then p.ended_at else p.status_since end`,
  due: LATE,
}

/** What the authority sent, or did not yet. */
const SENT: Source = {
  from: `requests r join request_parts p on p.request_id = r.id`,
  where: `r.requester_id = :me and (r.status in ${OPEN_SQL} or r.status in ('draft', 'refused')) and ${may.handle}`,
  kind: `case
    when p.status = 'draft' and (select s.step from request_steps s where s.part_id = p.id and s.step <> 'takeOver' order by s.id desc limit 1) = 'return' then 'returned'
    when p.status = 'refused' then case when ${NEW('p.ended_at')} then 'refused' end
    when p.status in (${list(atWork)}) and p.later_date is not null then 'laterDate'
    when p.status = 'answered' then 'judge'
    when coalesce(p.came_from, p.status) = 'partly answered' then case when ${NEW(PARTIAL_AT)} then 'partial' end
    when p.status = 'additional declined' then 'declined'
    when p.status = 'referral decided' and not ${MUST_BE_GIVEN} then 'decided' end`,
  other: 'p.responder_id',
  since: `case w.kind when 'judge' then p.answered_at when 'partial' then ${PARTIAL_AT} when 'laterDate' then ${LAST_STEP('proposeLaterDate')}
    when 'refused' then p.ended_at else p.status_since end`,
  due: `case w.kind when 'laterDate' then ${LATE} end`,
}

/** What a coordinator has to approve or to give its opinion on. */
const OVERSEEN: Source = {
  from: `request_overviews v join request_parts p on p.id = v.part_id join requests r on r.id = v.request_id`,
  where: `v.viewer_id = :me and v.kind = 'coordinator' and v.status in ('awaiting approval', 'reply awaiting approval', 'in referral')`,
  kind: `case
    when p.status = 'awaiting approval' and ${hasStanding('requesting approver')} then 'approve'
    when p.status = 'reply awaiting approval' and ${hasStanding('responding approver')} then 'approveReply'
    when p.status = 'in referral' and ${hasStanding('referee')} then 'opinion' end`,
  other: `case w.kind when 'approveReply' then p.responder_id else r.requester_id end`,
  since: 'p.status_since',
  due: LATE,
}

/** Help that somebody asked of their coordinator, while it is late. */
const HELP: Source = {
  from: OVERSEEN.from,
  where: `v.viewer_id = :me and v.kind = 'coordinator' and v.late_at < :at and p.help_asked_at is not null
    and ${hasStanding('requesting coordinator', 'responding coordinator')}`,
  kind: `'help'`,
  other: 'p.responder_id',
  since: 'p.help_asked_at',
  due: NONE,
}

/** Whether the user who proposed early erasure is one of this authority. */
const PROPOSED_BY = (authority: string): string =>
  `exists (select from users u where u.id = r.erasure_proposed_by and u.authority_id = ${authority})`
const PROTECTS = hasStanding('requesting handler', 'responding handler')
const OTHER = 'case when r.requester_id = :me then p.responder_id else r.requester_id end'

/** Personal data that the other side would erase early: what one responder proposes, the requester decides. */
const ERASURE: Source = {
  from: SENT.from,
  where: `r.erasure_proposed_by is not null and r.erased_at is null and r.ended_at is not null and ${PROTECTS}
    and case when r.requester_id = :me then p.part = 1 and not ${PROPOSED_BY('r.requester_id')}
      else p.responder_id = :me and p.status <> 'called back' and ${PROPOSED_BY('r.requester_id')} end`,
  kind: `'erasure'`,
  other: OTHER,
  since: 'r.erasure_proposed_at',
  due: NONE,
}

/** That the other side would not erase them, for whoever proposed it: until the next visit. */
const ERASURE_DECLINED: Source = {
  from: SENT.from,
  where: `r.erasure_declined_to = :me and r.erased_at is null and ${PROTECTS} and ${NEW('r.erasure_declined_at')}
    and (r.requester_id = :me and p.part = 1 or p.responder_id = :me)`,
  kind: `'erasureDeclined'`,
  other: OTHER,
  since: 'r.erasure_declined_at',
  due: NONE,
}

/** What a data subject asked of this authority, to be answered within 30 days. */
const DATA_SUBJECTS: Source = {
  from: `data_subject_requests d join requests r on r.id = d.request_id
    join lateral (select * from request_parts where request_id = r.id and (r.requester_id = :me or responder_id = :me)
      order by part limit 1) p on true`,
  where: `d.authority_id = :me and d.answered_at is null and ${PROTECTS}`,
  kind: `'dataSubject'`,
  other: OTHER,
  since: 'd.recorded_at',
  due: `(d.due_on + 1)::timestamp at time zone 'Europe/Brussels' - interval '1 second'`,
}

const sources: Record<'handler' | 'allocator' | 'approver' | 'referee', readonly Source[]> = {
  handler: [RECEIVED, SENT, ERASURE, ERASURE_DECLINED, DATA_SUBJECTS],
  allocator: [RECEIVED],
  approver: [OVERSEEN, HELP],
  referee: [OVERSEEN, HELP],
}

/** What of requests waits for this person (H1), as parts of one union; none for whom no role lets act on any. */
export function waitingRequests(db: Knex, actor: Actor, at: Date): Knex.QueryBuilder[] {
  const held = new Set<string>(actor.roles.map(({ role }) => role))
  const asked = new Set(Object.entries(sources).flatMap(([role, of]) => (held.has(role) ? of : [])))
  return [...asked].map(source =>
    db.select('*').from(db.raw(`(${rowsOf(source)}) as waits`, { ...reachBindings(actor), at })),
  )
}

const rowsOf = ({ from, where, kind, other, since, due }: Source): string => `
  select w.kind, p.id, r.number || case when p.part > 1 then '-' || p.part else '' end || coalesce(', ' || a.official_name, '') as name,
    coalesce(a.official_language, 'en') as lang, 1 as count, ${since} as since, ${due} as due
  from ${from} cross join lateral (select ${kind} as kind) w left join authorities a on a.id = ${other}
  where ${where} and w.kind is not null`
