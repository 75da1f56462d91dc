import type { Knex } from 'knex'
import { nameAt } from '../../authorities/index.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import { type Actor, can } from '../../policy.ts'
import { type FoundRequest, UNHEARD_SQL } from '../queries.ts'
import { sightOf } from '../visibility.ts'
import type { Status, StepName } from '../workflow.ts'

/** One transition, as far as this reader may know of it. */
export interface HistoryLine {
  at: Date
  part: number
  step: StepName
  fromStatus: Status | null
  toStatus: Status
  /** Somebody of the reader's own authority; of the others only the authority is named. */
  name: string | null
  authority: string | null
  note: string
  noteLanguage: string | null
  details: Record<string, string | number | null>
}

/**
 * The history of these parts, newest first: what both sides see, and what is the reader's side's own. A line of the responder's own is
 * for the present responder; whoever linked a side sees nothing from before a request was sent. Notes are content, and a return and
 * its reason are for those who write and approve answers. (spec/requests.md, Who sees what)
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
    parts: [...partIds],
    me: actor.authorityId,
    requesting: stands('requesting'),
    responding: stands('responding'),
    splitting: stands('splitting'),
    content: sight.content,
    drafts: sight.draftAnswers,
    returns: can(actor, 'request.seeDraftAnswers', request),
  })
}

const OBSERVES = (side: string): string =>
  `exists (select from linked_authorities o where o.authority_id = ${side} and o.observer_id = :me)`

// What a coordinator let through stands there twice: as the approval, and for the other side as an act of that side.
const HISTORY = `
  select s.at, p.part, s.step, s.from_status as "fromStatus", s.to_status as "toStatus",
    case when s.authority_id = :me then ${nameAt('u', 's.at', 's.user_id')} end as name,
    coalesce(a.official_name, b.official_name) as authority,
    case when :content and (s.seen_by <> 'responder' or :drafts) then s.note else '' end as note, s.note_language as "noteLanguage", s.details
  from request_steps s
  join request_parts p on p.id = s.part_id
  join requests r on r.id = p.request_id
  cross join lateral (select
    cast(:responding as boolean) or not cast(:requesting as boolean) and ${OBSERVES('p.responder_id')} as responder,
    cast(:splitting as boolean) or ${OBSERVES('r.requester_id')} as beside,
    s.from_status in ${UNHEARD_SQL} and s.step <> 'send' or s.to_status in ${UNHEARD_SQL} as unheard) v
  left join users u on u.id = s.user_id
  left join authorities a on a.id = s.authority_id
  left join tombstones b on b.authority_id = s.authority_id
  where s.part_id = any(cast(:parts as int[]))
    and (:requesting or not v.unheard)
    and case s.seen_by
      when 'both' then true
      when 'requester' then (:requesting or v.beside) and not (v.responder and s.step in ('replyFully', 'replyPartly'))
      else v.responder and (s.step <> 'returnReply' or :returns)
          and s.id > coalesce((select max(f.id) from request_steps f where f.part_id = s.part_id and f.step = 'forward'), 0)
        or s.step = 'send' and not :requesting end
  order by s.at desc, s.id desc`
