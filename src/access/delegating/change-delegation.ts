import type { Authority } from '../../authorities/index.ts'
import { findLastAct, listTold, lockAccess, tellManagersOfRecord } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { Overtaken, RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { findConsequences, lostBetween, seenOf } from './consequences.ts'
import { actOf, type Delegation, type DelegationAct, isSame, mayDecide } from '../delegation.ts'
import { delegationChanged } from '../emails.ts'
import { endStandingOf, nationalCoordinatorOf } from '../end-standing.ts'
import { findDelegation, versionOf } from '../queries.ts'
import { recordDelegation } from '../record-delegation.ts'

/** A delegation as the page asked for it: what it becomes, the version that stood there, and the consequences that were shown. */
export interface DelegationWish {
  after: Delegation | null
  version: string
  seen: string
}

/**
 * Makes an authority access manager, widens or narrows that, or takes it back (C8). Every administrator becomes data
 * administrator with the delegation and stops with it; what the authority is to others ends as endStandingOf says. Its
 * administrators are told. Throws Overtaken when somebody else changed the delegation meanwhile; RuleBroken when nothing
 * differs, when it would now end something else than was shown, or when it lies outside what this person may decide.
 */
export async function changeDelegation(
  c: Change,
  actor: Actor,
  authority: Authority,
  { after, version, seen }: DelegationWish,
): Promise<DelegationAct> {
  const before = await lockedDelegation(c, authority, after, version)
  if (isSame(before, after)) throw new RuleBroken('access:delegation.nothing', { field: 'scope' })
  if (!mayDecide(actor, before, after)) throw new RuleBroken('access:delegation.outsideOwn', { field: 'modules' })
  const consequences = await findConsequences(c.db, authority, before, after)
  if (seenOf(consequences) !== seen) throw new RuleBroken('access:delegation.otherConsequences')
  await tellManagersOfRecord(c, actor, authority)
  const lost = lostBetween(before, after)
  const ended = lost ? await endStandingOf(c, authority, lost) : { takenOver: 0 }
  if (after) await writeDelegation(c, authority.id, after)
  if (!before) await become(c, authority)
  const act = actOf(before, after)
  if (act !== 'takenBack')
    await recordDelegation(c, authority.id, {
      ...{ act, before, after, takenOver: ended.takenOver, authorities: consequences.authorities.length },
      people: [...consequences.people, ...consequences.gaining].map(({ id }) => id),
    })
  const told = await listTold(c.db, authority.id)
  for (const to of told) await c.send(delegationChanged(to, { authority, act, by: actor.authorityName }))
  return act
}

/** The delegation as it stands, while nobody else changes who manages whom in the country. */
async function lockedDelegation(
  c: Change,
  authority: Authority,
  after: Delegation | null,
  version: string,
): Promise<Delegation | null> {
  await lockAccess(c.db, authority.country)
  const { kind, status } = (await c
    .db('authorities')
    .where({ id: authority.id })
    .forUpdate()
    .first('kind', 'status')) as Pick<Authority, 'kind' | 'status'>
  if (kind !== 'competent' || (after && status !== 'active'))
    throw new RuleBroken('access:delegation.notActive', { field: 'scope' })
  const before = await findDelegation(c.db, authority.id)
  if (versionOf(before) === version) return before
  const last = await findLastAct(c.db, acts =>
    acts.where({ 'e.subject_type': 'delegation', 'e.subject_id': authority.id }),
  )
  throw new Overtaken(last?.by ?? authority.officialName, last?.at ?? c.at)
}

async function writeDelegation(c: Change, authorityId: number, { modules, region }: Delegation): Promise<void> {
  await c
    .db('delegations')
    .insert({ authority_id: authorityId, all_modules: modules === 'all', region, since: c.at })
    .onConflict('authority_id')
    .merge(['all_modules', 'region'])
  await c.db('delegation_modules').where({ authority_id: authorityId }).delete()
  if (modules !== 'all')
    await c.db('delegation_modules').insert(modules.map(module_id => ({ authority_id: authorityId, module_id })))
}

/** From now on its administrators manage others, and only the national coordinator manages it (spec/roles.md). */
async function become(c: Change, { id, country }: Authority): Promise<void> {
  const national = await nationalCoordinatorOf(c.db, country)
  const administrators = c.db('users').where({ authority_id: id, administrator: true, deleted_at: null })
  await c.db('user_data_modules').whereIn('user_id', administrators.clone().select('id')).delete()
  await administrators.update({ data_administrator: 'all' })
  await c.db('authority_access_managers').where({ authority_id: id }).whereNot({ manager_id: national }).delete()
  await c
    .db('authority_access_managers')
    .insert({ authority_id: id, manager_id: national, since: c.at })
    .onConflict(['authority_id', 'manager_id'])
    .ignore()
  await c.db('authorities').where({ id }).update({ validating_authority_id: national })
}
