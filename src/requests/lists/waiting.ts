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
  'dataSubject',
  'refused',
  'withdrawn',
] as const
export type RequestWait = (typeof requestWaits)[number]

/** Where rows come from by an index, before anything is asked of each of them. */
const from = {
  received: (statuses: readonly Status[]) => `
    from request_parts p join requests r on r.id = p.request_id
    where p.responder_id = :me and p.status in (${list(statuses)})`,
  sent: (statuses: readonly Status[]) => `
    from requests r join request_parts p on p.request_id = r.id
    where r.requester_id = :me and (r.status in ${OPEN_SQL} or r.status = 'draft') and p.status in (${list(statuses)})`,
  overseen: (status: Status) => `
    from request_overviews v join request_parts p on p.id = v.part_id join requests r on r.id = v.request_id
    where v.viewer_id = :me and v.kind = 'coordinator' and v.status = '${status}'`,
}

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

interface Wait {
  /** Rows, and what they must be. */
  rows: string
  other: 'requester' | 'responder'
  since: string
  due?: string
}

const may = {
  act: hasStanding('acting handler'),
  handle: hasStanding('requesting handler'),
  allocate: hasStanding('responding allocator'),
}

/** Where one acts only when allocated, only what is allocated is found: the rows ask for the same standing as the pages. */
const waits: Record<RequestWait, Wait> = {
  accept: { rows: `${from.received(['sent'])} and ${may.act}`, other: 'requester', since: 'p.arrived_at', due: LATE },
  allocate: {
    rows: `${from.received(['sent', ...atWork, 'additional requested', 'in referral', 'referral decided'])} and ${may.allocate}
      and exists (select from grants g where g.authority_id = p.responder_id and g.module_id = r.module_id and g.uses_allocation)
      and not exists (select from request_allocations x where x.part_id = p.id)`,
    other: 'requester',
    since: 'p.arrived_at',
    due: LATE,
  },
  answer: {
    rows: `${from.received(atWork)} and ${may.act} and not ${REPLY_RETURNED}`,
    other: 'requester',
    since: 'p.accepted_at',
    due: LATE,
  },
  replyReturned: {
    rows: `${from.received(atWork)} and ${may.act} and ${REPLY_RETURNED}`,
    other: 'requester',
    since: 'p.status_since',
    due: LATE,
  },
  demanded: {
    rows: `${from.received(['additional requested'])} and ${may.act}`,
    other: 'requester',
    since: 'p.status_since',
  },
  provide: {
    rows: `${from.received(['referral decided'])} and ${may.act} and ${MUST_BE_GIVEN}`,
    other: 'requester',
    since: 'p.status_since',
  },
  approve: {
    rows: `${from.overseen('awaiting approval')} and ${hasStanding('requesting approver')}`,
    other: 'requester',
    since: 'p.status_since',
  },
  approveReply: {
    rows: `${from.overseen('reply awaiting approval')} and ${hasStanding('responding approver')}`,
    other: 'responder',
    since: 'p.status_since',
    due: LATE,
  },
  opinion: {
    rows: `${from.overseen('in referral')} and ${hasStanding('referee')}`,
    other: 'requester',
    since: 'p.status_since',
  },
  returned: {
    rows: `${from.sent(['draft'])} and ${may.handle}
      and (select s.step from request_steps s where s.part_id = p.id order by s.id desc limit 1) = 'return'`,
    other: 'responder',
    since: 'p.status_since',
  },
  judge: { rows: `${from.sent(['answered'])} and ${may.handle}`, other: 'responder', since: 'p.answered_at' },
  partial: {
    rows: `${from.sent(['partly answered', 'reply awaiting approval'])} and ${may.handle}
      and coalesce(p.came_from, p.status) = 'partly answered' and ${NEW(PARTIAL_AT)}`,
    other: 'responder',
    since: PARTIAL_AT,
  },
  laterDate: {
    rows: `${from.sent(atWork)} and ${may.handle} and p.later_date is not null`,
    other: 'responder',
    since: LAST_STEP('proposeLaterDate'),
    due: LATE,
  },
  declined: {
    rows: `${from.sent(['additional declined'])} and ${may.handle}`,
    other: 'responder',
    since: 'p.status_since',
  },
  decided: {
    rows: `${from.sent(['referral decided'])} and ${may.handle} and not ${MUST_BE_GIVEN}`,
    other: 'responder',
    since: 'p.status_since',
  },
  help: {
    rows: `from request_overviews v join request_parts p on p.id = v.part_id join requests r on r.id = v.request_id
      where v.viewer_id = :me and v.kind = 'coordinator' and v.late_at < :at and p.help_asked_at is not null
        and ${hasStanding('requesting coordinator', 'responding coordinator')}`,
    other: 'responder',
    since: 'p.help_asked_at',
  },
  erasure: {
    rows: `from requests r join request_parts p on p.request_id = r.id
      where r.erasure_proposed_by is not null and r.erased_at is null and r.ended_at is not null
        and (r.requester_id = :me and p.part = 1 or p.responder_id = :me) and ${hasStanding('requesting handler', 'responding handler')}
        and not exists (select from users u where u.id = r.erasure_proposed_by and u.authority_id = :me)`,
    other: 'requester',
    since: 'r.erasure_proposed_at',
  },
  dataSubject: {
    rows: `from data_subject_requests d join requests r on r.id = d.request_id
      join lateral (select * from request_parts where request_id = r.id and (r.requester_id = :me or responder_id = :me)
        order by part limit 1) p on true
      where d.authority_id = :me and d.answered_at is null and ${hasStanding('requesting handler', 'responding handler')}`,
    other: 'requester',
    since: 'd.recorded_at',
    due: `(d.due_on + 1)::timestamp at time zone 'Europe/Brussels' - interval '1 second'`,
  },
  refused: {
    rows: `from requests r join request_parts p on p.request_id = r.id
      where r.requester_id = :me and p.status = 'refused' and ${NEW('p.ended_at')} and ${may.handle}`,
    other: 'responder',
    since: 'p.ended_at',
  },
  withdrawn: {
    rows: `from request_parts p join requests r on r.id = p.request_id
      where p.responder_id = :me and p.status = 'withdrawn' and ${NEW('p.ended_at')} and ${hasStanding('responding handler')}`,
    other: 'requester',
    since: 'p.ended_at',
  },
}

/** Which of them there can be for somebody with these roles. */
const asks: Record<'handler' | 'allocator' | 'approver' | 'referee', readonly RequestWait[]> = {
  handler: [
    ...([
      'accept',
      'answer',
      'replyReturned',
      'demanded',
      'provide',
      'returned',
      'judge',
      'partial',
      'laterDate',
    ] as const),
    ...(['declined', 'decided', 'erasure', 'dataSubject', 'refused', 'withdrawn'] as const),
  ],
  allocator: ['allocate'],
  approver: ['approve', 'approveReply', 'help'],
  referee: ['opinion', 'help'],
}

/** What of requests waits for this person (H1), as parts of one union. */
export function waitingRequests(db: Knex, actor: Actor, at: Date): Knex.QueryBuilder[] {
  const held = new Set<string>(actor.roles.map(({ role }) => role))
  const kinds = new Set(Object.entries(asks).flatMap(([role, of]) => (held.has(role) ? of : [])))
  return [...kinds].map(kind => {
    const { rows, other, since, due = NONE } = waits[kind]
    const authority = other === 'requester' ? 'r.requester_id' : 'p.responder_id'
    const found = db.raw(
      `select '${kind}' as kind, p.id, r.number || case when p.part > 1 then '-' || p.part else '' end
          || coalesce(', ' || (select official_name from authorities where id = ${authority}), '') as name,
        coalesce((select official_language from authorities where id = ${authority}), 'en') as lang,
        1 as count, ${since} as since, ${due} as due ${rows}`,
      { ...reachBindings(actor), at },
    )
    return db.select('*').from(db.raw('(?) as waits', [found]))
  })
}
