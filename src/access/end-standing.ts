import type { Knex } from 'knex'
import { lockAccess } from '../authorities/index.ts'
import { countPassedOn, passInvitationsOn } from '../invitations/index.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import type { Delegation } from './delegation.ts'
import { findDelegation } from './queries.ts'
import { recordDelegation } from './record-delegation.ts'

/** What an access manager loses: everything, or what lay in its delegation and does not lie in the one that is left. */
export type Lost = 'everything' | { before: Delegation; left: Delegation }

/** An authority that loses an access manager of record, or the one that validated it. */
export interface EndingStanding {
  id: number
  name: string
  language: string
  ofRecord: boolean
  validating: boolean
  /** Nobody of record is left: the national coordinator becomes its access manager and validating authority. */
  takenOver: boolean
}

/** Somebody who stops being data administrator. */
export interface LosingPerson {
  id: number
  name: string
}

/** What the loss ends: asked by the page before, and by the command. */
export interface Ending {
  authorities: EndingStanding[]
  people: LosingPerson[]
  /** Running invitations that pass to the national coordinator. */
  invitations: number
}

const covered = (which: 'before' | 'left'): string => `
  ((cast(:${which}Region as text) is null or coalesce(a.region, '') = :${which}Region)
    and (:${which}All or not exists (select 1 from grants g where g.authority_id = a.id)
      or exists (select 1 from grants g where g.authority_id = a.id and g.module_id = any(cast(:${which}Modules as int[])))))`

const AUTHORITIES = `
  select a.id, a.official_name as name, a.official_language as language, m.manager_id is not null as "ofRecord",
    a.validating_authority_id = :manager is true as validating,
    not exists (select 1 from authority_access_managers o where o.authority_id = a.id and o.manager_id <> :manager) as "takenOver"
  from authorities a
  left join authority_access_managers m on m.authority_id = a.id and m.manager_id = :manager
  where a.id in (select authority_id from authority_access_managers where manager_id = :manager
      union select id from authorities where validating_authority_id = :manager)
    and a.id <> :manager and a.kind = 'competent'
    and (:everything or (${covered('before')} and not ${covered('left')}))
  order by a.sort_name, a.id`

const PEOPLE = `
  select u.id, u.given_name || ' ' || u.family_name as name from users u
  where u.authority_id = :manager and u.deleted_at is null
    and (:everything and u.data_administrator <> 'none'
      or not :leftAll and u.data_administrator = 'chosen' and not exists (select 1 from user_data_modules d
        where d.user_id = u.id and d.module_id = any(cast(:leftModules as int[]))))
  order by u.family_name, u.given_name, u.id`

/** What would end if this access manager lost that much. */
export async function findEnding(db: Knex, managerId: number, lost: Lost): Promise<Ending> {
  const nothing: Delegation = { modules: [], region: null }
  const { before, left } = lost === 'everything' ? { before: nothing, left: nothing } : lost
  const values = {
    manager: managerId,
    everything: lost === 'everything',
    ...boundAs('before', before),
    ...boundAs('left', left),
  }
  const authorities = await db.raw<{ rows: EndingStanding[] }>(AUTHORITIES, values)
  const people = await db.raw<{ rows: LosingPerson[] }>(PEOPLE, values)
  const invitations = await countPassedOn(db, managerId, lost)
  return { authorities: authorities.rows, people: people.rows, invitations }
}

const boundAs = (which: string, { modules, region }: Delegation): Record<string, Knex.Value> => ({
  [`${which}All`]: modules === 'all',
  [`${which}Modules`]: modules === 'all' ? [] : [...modules],
  [`${which}Region`]: region,
})

/**
 * Ends at once what an access manager was to authorities that it may not manage any more, of record too: when its delegation is
 * taken back or narrowed, or when it is deactivated (spec/roles.md). Where nobody of record is left, the national coordinator
 * becomes access manager and validating authority; where others are left, the national coordinator becomes validating authority
 * only. Its people lose the role data administrator where nothing is left of it. Running invitations for what
 * is lost pass to the national coordinator. With 'everything' the delegation goes too.
 * Throws RuleBroken when there are authorities or invitations to be taken over and no national coordinator.
 */
export async function endStandingOf(
  c: Change,
  manager: { id: number; country: string },
  lost: Lost,
): Promise<Ending & { takenOver: number }> {
  await lockAccess(c.db, manager.country)
  const ending = await findEnding(c.db, manager.id, lost)
  await passOn(c, manager, ending.authorities)
  await takeRoles(c, manager.id, lost, ending.people)
  const takenOver = ending.authorities.filter(one => one.takenOver).length
  if (ending.invitations > 0)
    await passInvitationsOn(c, manager.id, await nationalCoordinatorOf(c.db, manager.country), lost)
  if (lost === 'everything') await takeDelegation(c, manager.id, ending, takenOver)
  return { ...ending, takenOver }
}

/** The national coordinator of a country. Throws RuleBroken where there is none. */
export async function nationalCoordinatorOf(db: Knex, country: string): Promise<number> {
  const [id] = await db('authorities').where({ country, kind: 'national coordinator' }).pluck<number[]>('id')
  if (id === undefined) throw new RuleBroken('access:noNationalCoordinator')
  return id
}

async function passOn(
  c: Change,
  manager: { id: number; country: string },
  authorities: readonly EndingStanding[],
): Promise<void> {
  if (authorities.length === 0) return
  const national = await nationalCoordinatorOf(c.db, manager.country)
  const ids = (some: readonly EndingStanding[]) => some.map(({ id }) => id)
  const takenOver = authorities.filter(one => one.takenOver)
  const validated = authorities.filter(one => one.validating || one.takenOver)
  await c
    .db('authority_access_managers')
    .where({ manager_id: manager.id })
    .whereIn('authority_id', ids(authorities))
    .delete()
  await c.db.raw(
    `insert into authority_access_managers (authority_id, manager_id, since)
     select unnest(cast(? as int[])), ?, ? on conflict do nothing`,
    [ids(takenOver), national, c.at],
  )
  await c.db('authorities').whereIn('id', ids(validated)).update({ validating_authority_id: national })
  for (const { id, takenOver: taken, validating } of authorities)
    await c.record(
      'accessManager.ended',
      { type: 'authority', id, authorityId: id },
      { manager: manager.id, takenOverBy: taken ? national : null, validating },
    )
}

async function takeDelegation(
  c: Change,
  managerId: number,
  { authorities, people }: Ending,
  takenOver: number,
): Promise<void> {
  const before = await findDelegation(c.db, managerId)
  if (!before) return
  await c.db('delegations').where({ authority_id: managerId }).delete()
  await recordDelegation(c, managerId, {
    ...{ act: 'takenBack', before, after: null, authorities: authorities.length, takenOver },
    people: people.map(({ id }) => id),
  })
}

async function takeRoles(c: Change, managerId: number, lost: Lost, people: readonly LosingPerson[]): Promise<void> {
  const left = lost === 'everything' ? [] : lost.left.modules
  const modules = c
    .db('user_data_modules')
    .whereIn('user_id', c.db('users').where({ authority_id: managerId }).select('id'))
  if (left !== 'all') await modules.whereNotIn('module_id', [...left]).delete()
  const ids = people.map(({ id }) => id)
  await c.db('users').whereIn('id', ids).update({ data_administrator: 'none' })
}
