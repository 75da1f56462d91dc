import type { Knex } from 'knex'
import { nameAt } from '../../authorities/index.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import { type Actor, can } from '../../policy.ts'
import type { ProtectionAct } from '../protection/record-act.ts'
import { type FoundRequest, UNHEARD_SQL } from '../queries.ts'
import { sightOf } from '../visibility.ts'
import type { Status, StepName } from '../workflow.ts'

/** One transition, or something done about personal data, as far as this reader may know of it. */
export interface HistoryLine {
  at: Date
  /** None of what concerns the request in all its parts. */
  part: number | null
  step: StepName | ProtectionAct
  fromStatus: Status | null
  toStatus: Status | null
  /** Somebody of the reader's own authority; of the others only the authority is named. */
  name: string | null
  authority: string | null
  authorityLanguage: string | null
  /** Done by an authority that is not named here, as it has another part. */
  elsewhere: boolean
  note: string
  noteLanguage: string | null
  details: Record<string, string | number | null>
  /** To whom it passed within the reader's own authority. */
  heir: string | null
}

/**
 * The history of these parts, newest first: what both sides see, and what is the reader's side's own. A line of the responder's own is
 * for the present responder; whoever linked a side sees nothing from before a request was sent. Notes are content, and a return and
 * its reason are for those who write and approve answers. What was done about personal data belongs to the overview, but for data
 * subjects' requests, which handlers read, and corrections, which are content. (spec/requests.md, Who sees what)
 */
export function listHistory(
  db: Knex,
  actor: Actor,
  request: FoundRequest,
  partIds: readonly number[],
): Promise<HistoryLine[]> {
  const sight = sightOf(actor, request)
  const stands = (start: string): boolean => request.standings.some(one => one.startsWith(start))
  return rowsOf<HistoryLine>(db, HISTORY, {
    request: request.requestId,
    parts: [...partIds],
    me: actor.authorityId,
    requesting: stands('requesting'),
    responding: stands('responding'),
    splitting: stands('splitting'),
    content: sight.content,
    drafts: sight.draftAnswers,
    returns: can(actor, 'request.seeDraftAnswers', request),
    protects: can(actor, 'request.dataProtection', request),
  })
}

const OBSERVES = (side: string): string =>
  `exists (select from linked_authorities o where o.authority_id = ${side} and o.observer_id = :me)`

// What a coordinator let through stands there twice: as the approval, and for the other side as an act of that side.
const STEPS = `
  select s.at, p.part, s.step, s.from_status, s.to_status, s.user_id, s.authority_id, true as named,
    case when :content and (s.seen_by <> 'responder' or :drafts) then s.note else '' end as note, s.note_language, s.details, s.id
  from request_steps s
  join request_parts p on p.id = s.part_id
  join requests r on r.id = p.request_id
  cross join lateral (select
    cast(:responding as boolean) or not cast(:requesting as boolean) and ${OBSERVES('p.responder_id')} as responder,
    cast(:splitting as boolean) or ${OBSERVES('r.requester_id')} as beside,
    s.from_status in ${UNHEARD_SQL} and s.step <> 'send' or s.to_status in ${UNHEARD_SQL} as unheard) v
  where s.part_id = any(cast(:parts as int[]))
    and (:requesting or not v.unheard)
    and case s.seen_by
      when 'both' then true
      when 'requester' then (:requesting or v.beside and s.step <> 'takeOver') and not (v.responder and s.step in ('replyFully', 'replyPartly'))
      else v.responder and (s.step <> 'returnReply' or :returns)
          and s.id > coalesce((select max(f.id) from request_steps f where f.part_id = s.part_id and f.step = 'forward'), 0)
        or s.step = 'send' and not :requesting end`

// Whoever has another part is an authority without a name.
const PROTECTION = `
  select g.at, p.part, g.act, null, null, g.user_id, g.authority_id,
    :requesting or p.id is not null or g.authority_id = r.requester_id
      or exists (select from request_parts o where o.id = any(cast(:parts as int[])) and o.responder_id = g.authority_id),
    '', null, g.details, g.id
  from request_protection_acts g
  join requests r on r.id = g.request_id
  left join request_parts p on p.id = g.part_id
  where g.request_id = :request and (g.part_id is null or g.part_id = any(cast(:parts as int[])))
    and case when g.act in ('dataSubjectRequestRecorded', 'dataSubjectRequestAnswered') then cast(:protects as boolean)
      when g.act = 'subjectCorrected' then cast(:content as boolean) else true end`

const HISTORY = `
  select s.at, s.part, s.step, s.from_status as "fromStatus", s.to_status as "toStatus",
    case when s.authority_id = :me then ${nameAt('u', 's.at', 's.user_id')} end as name,
    case when s.named then coalesce(a.official_name, b.official_name) end as authority,
    case when s.named then coalesce(a.official_language, b.official_language) end as "authorityLanguage",
    not s.named as elsewhere, s.note, s.note_language as "noteLanguage", s.details,
    case when h.authority_id = :me then ${nameAt('h', 's.at')} end as heir
  from (${STEPS} union all ${PROTECTION}) s
  left join users u on u.id = s.user_id
  left join users h on h.id = (s.details->>'heir')::int
  left join authorities a on a.id = s.authority_id
  left join tombstones b on b.authority_id = s.authority_id
  order by s.at desc, s.to_status is null desc, s.id desc`
