import { tellManagersOfRecord } from '../../authorities/index.ts'
import { type GrantRole, rolesIn } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { listAddresses, listNamed, type Named } from '../coordinators/queries.ts'
import { writeLinks } from '../coordinators/write-links.ts'
import { grantChanged, linkChanged } from '../emails.ts'
import { settleCoordinator } from '../../requests/index.ts'
import { giveRoles, takeRoles } from '../give-roles.ts'
import { type FoundGrant, type Grant, isByItself, type Settings } from '../grant.ts'
import { holdCoordinators, lockGrant, lockLinks } from '../lock-grant.ts'
import { listOfCountry, settingColumns } from '../queries.ts'
import { tellAdministrators } from '../tell-administrators.ts'
import { roleMistakes, type RoleWish } from './forms.ts'
import { moveLinked } from './move-linked.ts'
import { findRoleOffer, type RoleOffer } from './queries.ts'

type CoordinatorSettings = Pick<
  Settings,
  'approvesRequests' | 'approvesReplies' | 'takesPartInReferrals' | 'approvesAlerts'
>

/** What stands in the history of a change of role: what the grant was, and what it is. */
interface Side extends CoordinatorSettings {
  role: GrantRole
  coordinators: Named[]
}

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'grant.roleChanged': {
      module: string
      role: GrantRole
      before: Side
      after: Side
      /** Users who got, and who lost, a role that only coordinators have. */
      given: number[]
      taken: number[]
    }
  }
}

/** A coordinator's settings as they stand when nobody has said anything (C3). */
const DEFAULTS: CoordinatorSettings = {
  approvesRequests: false,
  approvesReplies: false,
  takesPartInReferrals: true,
  approvesAlerts: false,
}

/**
 * Makes an authority a coordinator in a suspended module, or the other way round (C6, [000 3.1.4]). One that stops being
 * coordinator loses approvers, referees and its settings as coordinator; who was linked to it is moved to the coordinators
 * chosen, the rest to the national coordinator. One that becomes coordinator gets approvers and referees. Throws RuleBroken when
 * the grant is not suspended, has the role already, is a national coordinator's, or somebody cannot be linked.
 */
export async function changeRole(c: Change, actor: Actor, found: FoundGrant, wish: RoleWish): Promise<void> {
  await lockLinks(c, found)
  const grant = { ...found, ...(await lockedGrant(c, found, wish)) }
  await holdCoordinators(c, grant.moduleId, [...wish.coordinators, ...wish.moves.values()])
  const offer = await askedAgain(c, grant, wish)
  const before = sideOf(grant)
  const after =
    wish.role === 'authority'
      ? { ...DEFAULTS, role: wish.role, coordinators: await listNamed(c.db, wish.coordinators) }
      : { ...before, role: wish.role }
  const { role, coordinators, ...settings } = after
  await c
    .db('grants')
    .where({ id: grant.id })
    .update({ role, ...settingColumns(settings), version: grant.version + 1 })
  await linkInstead(
    c,
    grant,
    coordinators.map(({ id }) => id),
  )
  const people = await changeRolesOfUsers(c, grant, role)
  await c.record(
    'grant.roleChanged',
    { type: 'grant', id: grant.id, authorityId: grant.authorityId },
    { module: grant.moduleCode, role, before, after, ...people },
  )
  if (role === 'authority') {
    await moveLinked(c, grant, offer, wish.moves)
    await settleCoordinator(c, grant.authorityId)
  }
  await tellAdministrators(c, grant.authorityId, (person, copy) =>
    grantChanged('grants/role-changed', person, copy, { grant, actor }),
  )
  await tellManagersOfRecord(c, actor, grant.authority)
}

async function lockedGrant(c: Change, found: FoundGrant, wish: RoleWish): Promise<Grant> {
  if (isByItself(found)) throw new RuleBroken('grants:role.byItself')
  const grant = await lockGrant(c, found)
  if (grant.role === wish.role) throw new RuleBroken('grants:role.already')
  if (grant.status !== 'suspended') throw new RuleBroken('grants:role.notSuspended')
  return grant
}

/** Everything the page has asked, asked again while nobody else changes links and the chosen coordinators stand still. */
async function askedAgain(c: Change, grant: FoundGrant, wish: RoleWish): Promise<RoleOffer> {
  const offer = await findRoleOffer(c.db, grant)
  const ofCountry = await listOfCountry(c.db, grant.authority.country, wish.coordinators)
  const [mistake] = roleMistakes(offer, wish, ofCountry)
  if (mistake) throw new RuleBroken(mistake.key, { field: mistake.field, values: mistake.values ?? {} })
  return offer
}

const sideOf = ({ role, coordinators, ...grant }: Grant): Side => ({
  role,
  coordinators: coordinators.map(({ id, name }) => ({ id, name })),
  approvesRequests: grant.approvesRequests,
  approvesReplies: grant.approvesReplies,
  takesPartInReferrals: grant.takesPartInReferrals,
  approvesAlerts: grant.approvesAlerts,
})

async function linkInstead(c: Change, grant: FoundGrant, coordinators: number[]): Promise<void> {
  const before = grant.coordinators.map(({ id }) => id)
  const linked = coordinators.filter(id => !before.includes(id))
  await writeLinks(
    c,
    grant.id,
    linked,
    before.filter(id => !coordinators.includes(id)),
  )
  for (const coordinator of await listAddresses(c.db, linked))
    await c.send(linkChanged('grants/linked', coordinator, grant))
}

/** Roles that only coordinators have are given to all administrators, or taken from everybody. */
async function changeRolesOfUsers(
  c: Change,
  { authorityId, moduleId, workflow }: FoundGrant,
  role: GrantRole,
): Promise<{ given: number[]; taken: number[] }> {
  const usual = rolesIn(workflow, { role: 'authority', usesAllocation: true })
  const coordinating = rolesIn(workflow, { role: 'coordinator', usesAllocation: true }).filter(
    one => !usual.includes(one),
  )
  if (role === 'coordinator') return { given: await giveRoles(c, authorityId, moduleId, coordinating), taken: [] }
  return { given: [], taken: await takeRoles(c, authorityId, moduleId, coordinating) }
}
