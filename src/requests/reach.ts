import type { Knex } from 'knex'
import { type Actor, type RequestStanding, type Role } from '../policy.ts'

/**
 * Standings in SQL: what the actor is to part `p` of request `r` (spec/requests.md, "Who sees what"). The same pieces give a request
 * its standings and the lists their filter, so the two cannot differ.
 */

/** The responder and all behind it never hear of what was not sent. */
const HEARD = `p.status not in ('draft', 'awaiting approval')`
/** Its own draft an authority shows to nobody, not to its coordinator either. */
const SHOWN = `p.status <> 'draft'`
const IN = (role: string): string => `r.module_id = any(cast(:${role} as int[]))`
const REQUESTING = `r.requester_id = :me`
const RESPONDING = `(p.responder_id = :me and ${HEARD})`
const FIRST_PART = `(p.part > 1 and exists (select from request_parts f
  where f.request_id = r.id and f.part = 1 and f.responder_id = :me and f.status <> 'called back'))`

const linkedCoordinator = (
  side: string,
): string => `exists (select from grants g join grant_coordinators l on l.grant_id = g.id
  where g.authority_id = ${side} and g.module_id = r.module_id and l.coordinator_id = :me)`
const observed = (side: string): string =>
  `exists (select from linked_authorities o where o.authority_id = ${side} and o.observer_id = :me)`
const showsDetails = (side: string): string => `exists (select from grants g
  where g.authority_id = ${side} and g.module_id = r.module_id and g.coordinator_sees_details)`

/** As below, of the first part: whose splitter uses allocation, calls parts back by those who have the first one. */
const MAY_ACT_ON_FIRST = `(not exists (select from grants g where g.authority_id = :me and g.module_id = r.module_id and g.uses_allocation)
  or exists (select from request_allocations x join request_parts f on f.id = x.part_id
    where f.request_id = r.id and f.part = 1 and x.user_id = :person))`

/** Open to every handler of the responder where it does not use allocation; else to those allocated. */
const MAY_ACT = `(not exists (select from grants g where g.authority_id = p.responder_id and g.module_id = r.module_id and g.uses_allocation)
  or exists (select from request_allocations x where x.part_id = p.id and x.user_id = :person))`

const OPINION_OUTSTANDING = `exists (select from request_opinions o where o.part_id = p.id and o.coordinator_id = :me
  and o.given_at is null and not o.fallen_away and o.referral = (select max(referral) from request_opinions where part_id = p.id))`

const INTERVENES = `(p.status = 'awaiting approval' and r.requester_coordinator_id = :me and ${IN('approverIn')} and ${showsDetails('r.requester_id')}
  or p.status = 'reply awaiting approval' and p.coordinator_id = :me and ${IN('approverIn')} and ${showsDetails('p.responder_id')}
  or p.status = 'in referral' and ${IN('refereeIn')} and exists (select from request_opinions o where o.part_id = p.id and o.coordinator_id = :me
    and o.given_at is null and not o.fallen_away
    and (o.for_requester and ${showsDetails('r.requester_id')} or o.for_responder and ${showsDetails('p.responder_id')})))`

// A coordinator that is the other side's authority sees what its own side sees, and approves nothing.
// prettier-ignore
const pieces: Record<RequestStanding, string> = {
  'requesting member': REQUESTING,
  'requesting handler': `(${REQUESTING} and ${IN('handlerIn')})`,
  'requesting allocator': `(${REQUESTING} and ${IN('allocatorIn')})`,
  'requesting approver': `(r.requester_coordinator_id = :me and ${IN('approverIn')} and ${SHOWN} and p.responder_id is distinct from :me)`,
  'requesting coordinator': `(${SHOWN} and not ${REQUESTING} and p.responder_id is distinct from :me
    and (r.requester_coordinator_id = :me or ${linkedCoordinator('r.requester_id')}))`,
  'responding member': RESPONDING,
  'responding handler': `(${RESPONDING} and ${IN('handlerIn')})`,
  'informed handler': `(${RESPONDING} and ${IN('handlerIn')} and p.accepted_at is not null)`,
  'acting handler': `(${RESPONDING} and ${IN('handlerIn')} and ${MAY_ACT})`,
  'responding allocator': `(${RESPONDING} and ${IN('allocatorIn')})`,
  'responding approver': `(p.coordinator_id = :me and ${IN('approverIn')} and ${HEARD} and not ${REQUESTING})`,
  'responding coordinator': `(${HEARD} and not ${REQUESTING} and p.responder_id <> :me
    and (p.coordinator_id = :me or ${linkedCoordinator('p.responder_id')}))`,
  referee: `(${HEARD} and ${IN('refereeIn')} and ${OPINION_OUTSTANDING})`,
  'intervening coordinator': `(${INTERVENES})`,
  'linked to a side': `(${HEARD} and (${observed('r.requester_id')} or ${observed('p.responder_id')}))`,
  'splitting member': `(${FIRST_PART} and ${HEARD})`,
  'splitting handler': `(${FIRST_PART} and ${HEARD} and ${IN('handlerIn')} and ${MAY_ACT_ON_FIRST})`,
}

/** Standings that read the responder's side: only to them a reply in approval is one. */
export const RESPONDERS_VIEW = `(p.responder_id = :me or (${pieces['responding coordinator']}) or ${observed('p.responder_id')})`

/** The status as this reader may know it. */
export const SHOWN_STATUS = `case when p.status = 'reply awaiting approval' and not ${RESPONDERS_VIEW} then p.came_from else p.status end`

/** What the pieces are bound to. */
export const reachBindings = (actor: Actor): Record<string, Knex.Value> => ({
  me: actor.authorityId,
  person: actor.id,
  handlerIn: modulesOf(actor, 'handler'),
  allocatorIn: modulesOf(actor, 'allocator'),
  approverIn: modulesOf(actor, 'approver'),
  refereeIn: modulesOf(actor, 'referee'),
})

const modulesOf = (actor: Actor, role: Role): number[] =>
  actor.roles.filter(one => one.role === role).map(({ moduleId }) => moduleId)

/** The column `standings` of part `p` of request `r`; its names are bound by `reachBindings`. */
export const STANDINGS = `array_remove(array[${Object.entries(pieces)
  .map(([standing, sql]) => `case when ${sql} then '${standing}' end`)
  .join(', ')}], null)`

/** Whether the actor has one of these standings to the part: the filter of a list. */
export const hasStanding = (...wanted: RequestStanding[]): string =>
  `(${wanted.map(standing => pieces[standing]).join(' or ')})`
