import type { Knex } from 'knex'
import { type Ending, endStandingOf } from '../access/index.ts'
import { type GrantRole, nameIn, type Names } from '../modules/index.ts'
import type { Change } from '../platform/db/change.ts'
import { coordinatorReplaced, linkedInstead, takenOver } from './emails.ts'
import { RECIPIENT, type Recipient } from './queries.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    /** A linked coordinator is gone; where it was the only one the national coordinator is linked instead. */
    'grant.coordinatorGone': {
      module: string
      role: GrantRole
      before: { coordinators: LostLink['before'] }
      after: { coordinators: LostLink['after'] }
    }
  }
}

/** A grant whose linked coordinator is no longer there; `heir` is the national coordinator, where none else was left. */
interface LostLink {
  grantId: number
  authorityId: number
  module: string
  moduleNames: Names
  role: GrantRole
  before: NamedCoordinator[]
  after: NamedCoordinator[]
  heir: number | null
}

interface NamedCoordinator {
  id: number
  name: string
}

/** An authority that stops managing and coordinating others. */
interface Gone {
  id: number
  country: string
  officialName: string
}

/**
 * Ends at once what an authority is to others: access manager, of record too, and linked coordinator. Where none is left the
 * national coordinator takes over (roles.md, Kinds of authority; requests.md, A coordinator). Stands in the history of each
 * authority concerned; it is told, and so is the national coordinator. Throws RuleBroken when something is to be taken over and
 * there is no national coordinator.
 */
export async function handOver(c: Change, gone: Gone): Promise<void> {
  const { authorities: managed } = await endStandingOf(c, gone, 'everything')
  const alone = (await endLinks(c, gone.id)).filter(({ heir }) => heir !== null)
  await tellHeir(c, gone, managed, new Set(alone.map(({ authorityId }) => authorityId)).size)
  await tellLinked(c, gone, alone)
}

/** Tells the national coordinator what it has taken over. */
async function tellHeir(c: Change, gone: Gone, managed: Ending['authorities'], linked: number): Promise<void> {
  const [national] = await c
    .db('authorities')
    .where({ country: gone.country, kind: 'national coordinator' })
    .select<Recipient[]>(RECIPIENT)
  const passed = managed.filter(one => one.takenOver || one.validating).length
  if (national && passed > 0) await c.send(takenOver(national, gone, passed))
  if (national && linked > 0) await c.send(linkedInstead(national, gone, linked))
}

/** Tells the authorities whose only coordinator in a module the national coordinator is now. */
async function tellLinked(c: Change, gone: Gone, alone: readonly LostLink[]): Promise<void> {
  const ids = alone.map(({ authorityId }) => authorityId)
  const readers = await c.db('authorities').whereIn('id', ids).select<Recipient[]>(RECIPIENT)
  for (const { authorityId, moduleNames } of alone) {
    const reader = readers.find(({ id }) => id === authorityId)
    if (reader) await c.send(coordinatorReplaced(reader, gone, nameIn(moduleNames, reader.language)))
  }
}

const NAMED = `json_agg(json_build_object('id', c.id, 'name', c.official_name) order by c.id)`

const LINKED = `
  select l.*, case when l.left_over is null and l.role = 'authority' then n.id end as heir,
    coalesce(l.left_over, case when l.role = 'authority' and n.id is not null
      then json_build_array(json_build_object('id', n.id, 'name', n.official_name)) end, '[]') as after
  from (
    select g.id as "grantId", g.authority_id as "authorityId", m.code as module, m.names as "moduleNames", g.role,
      ${NAMED} as before, ${NAMED} filter (where c.id <> :gone) as left_over
    from grants g join modules m on m.id = g.module_id
    join grant_coordinators x on x.grant_id = g.id join authorities c on c.id = x.coordinator_id
    where g.id in (select grant_id from grant_coordinators where coordinator_id = :gone)
    group by g.id, m.id) l
  join authorities a on a.id = l."authorityId"
  left join authorities n on n.country = a.country and n.kind = 'national coordinator' and n.id <> a.id
  order by l."grantId"`

async function endLinks(c: Change, gone: number): Promise<LostLink[]> {
  const linked = (await c.db.raw<{ rows: LostLink[] }>(LINKED, { gone })).rows
  if (linked.length === 0) return []
  await c.db('grant_coordinators').where({ coordinator_id: gone }).delete()
  await linkHeirs(c.db, linked)
  for (const { grantId, authorityId, module, role, before, after } of linked)
    await c.record(
      'grant.coordinatorGone',
      { type: 'grant', id: grantId, authorityId },
      { module, role, before: { coordinators: before }, after: { coordinators: after } },
    )
  return linked
}

/** Whoever has the page of such a grant open is told that it changed. */
async function linkHeirs(db: Knex, linked: readonly LostLink[]): Promise<void> {
  const heirs = linked.flatMap(({ grantId, heir }) =>
    heir === null ? [] : [{ grant_id: grantId, coordinator_id: heir }],
  )
  if (heirs.length > 0) await db('grant_coordinators').insert(heirs).onConflict().ignore()
  await db('grants')
    .whereIn(
      'id',
      linked.map(({ grantId }) => grantId),
    )
    .increment('version')
}
