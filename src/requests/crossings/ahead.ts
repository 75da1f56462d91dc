import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import { countPlaces, type PlaceCounts, RUNNING } from './places.ts'

interface OwnRequests {
  sent: number
  received: number
  unapproved: number
}

/** What waits in the requests of an authority, as one of their sides and as coordinator, in numbers: what is said of it is no secret. */
export interface WhatWaits extends OwnRequests {
  coordinated: PlaceCounts
}

const OWN = `
  select count(distinct r.id) filter (where r.requester_id = :authority and p.status <> 'awaiting approval')::int as sent,
    count(distinct p.id) filter (where p.responder_id = :authority and p.status <> 'awaiting approval')::int as received,
    count(distinct r.id) filter (where r.requester_id = :authority and p.status = 'awaiting approval')::int as unapproved
  from requests r join request_parts p on p.request_id = r.id
  where (r.requester_id = :authority or p.responder_id = :authority) and ${RUNNING('p')}
    and (cast(:module as int) is null or r.module_id = :module)`

/** Counts what is open or not yet approved before a grant is suspended, changes its role, or an authority is deactivated (requests.md). */
export async function findWhatWaits(db: Knex, authorityId: number, module: number | null): Promise<WhatWaits> {
  const [[own], coordinated] = await Promise.all([
    rowsOf<OwnRequests>(db, OWN, { authority: authorityId, module }),
    countPlaces(db, { authorityId, office: false }, module),
  ])
  return { ...(own as OwnRequests), coordinated }
}

/** `replaced`: its place as coordinator passes on. Else, suspended, it finishes what it has. */
export function waitingLines(
  { sent, received, unapproved, coordinated }: WhatWaits,
  t: Translate,
  replaced: boolean,
): string[] {
  const lines = [
    ...line(t, 'sent', sent),
    ...line(t, 'received', received),
    ...line(t, 'unapproved', unapproved),
    ...(replaced ? passing(t, coordinated) : finishing(t, coordinated)),
  ]
  return lines.length > 0 ? lines : [t('requests:waits.nothing')]
}

const line = (t: Translate, name: string, count: number, more: object = {}): string[] =>
  count > 0 ? [t(`requests:waits.${name}`, { count, ...more })] : []

const finishing = (t: Translate, { places, requests, replies, opinions }: PlaceCounts): string[] => [
  ...line(t, 'coordinates', places),
  ...line(t, 'requests', requests),
  ...line(t, 'replies', replies),
  ...line(t, 'opinions', opinions),
]

/** Where nobody takes over, the same happens as when it is settled: approvals return, opinions fall away. */
function passing(t: Translate, found: PlaceCounts): string[] {
  const { places, withoutHeir, requests, requestsPass, replies, repliesPass, opinions, opinionsPass } = found
  const heir = { heir: found.heirName ?? '' }
  return [
    ...line(t, 'placesPass', places - withoutHeir, heir),
    ...line(t, 'placesEnd', withoutHeir),
    ...line(t, 'requestsPass', requestsPass, heir),
    ...line(t, 'requestsReturn', requests - requestsPass),
    ...line(t, 'repliesPass', repliesPass, heir),
    ...line(t, 'repliesReturn', replies - repliesPass),
    ...line(t, 'opinionsPass', opinionsPass, heir),
    ...line(t, 'opinionsFall', opinions - opinionsPass),
  ]
}
