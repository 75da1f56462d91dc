import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Mistake } from '../../platform/web/form.ts'
import type { Actor } from '../../policy.ts'
import { endAllocations, settleCoordinator } from '../../requests/index.ts'
import { overtaken } from '../overtaking.ts'
import { tellOthers } from '../tell.ts'
import type { User } from '../user.ts'
import { type RightsEntry, rightsFrom, versionOf } from './forms.ts'
import { orphans, settle, type Succession, successions } from './holders.ts'
import { type Colleague, findRights, findRoleChoice, listColleagues } from './queries.ts'
import { type Held, type Rights, type RoleChoice, without } from './role.ts'

/** Rights as the history keeps them: roles with the codes of their modules. */
export interface RightsInWords {
  administrator: boolean
  dataAdministrator: string
  dataModules: string[]
  imiAdministrator: boolean
  roles: string[]
}

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'user.rolesChanged': {
      before: Partial<RightsInWords>
      after: Partial<RightsInWords>
      /** What became of roles that lost their last holder: module, role, and the user who took over or 'off'. */
      holders: string[]
    }
  }
}

/**
 * Gives and takes a user's rights (D3, [000 3.2]). The others who answer for the authority are told. Throws Overtaken when
 * the rights are not those that the page showed, RuleBroken when nobody would be left who administers the authority, IMI, or
 * holds a role that a setting needs.
 */
export async function changeRoles(c: Change, actor: Actor, user: User, entry: RightsEntry): Promise<void> {
  await lockAuthority(c, user.authorityId)
  const now = await findRights(c.db, user.id)
  if (entry.version !== versionOf(now)) await overtaken(c, user)
  const choice = await findRoleChoice(c.db, actor, user)
  const colleagues = await listColleagues(c.db, user.authorityId, user.id)
  const wanted = rightsFrom(choice, now, entry)
  const { mistakes, named } = judge({ choice, colleagues, now, wanted, entry, lang: actor.language })
  const [mistake] = mistakes
  if (mistake) throw new RuleBroken(mistake.key, { field: mistake.field, values: mistake.values ?? {} })

  await write(c, user, now, wanted)
  const holders: string[] = []
  for (const one of named) holders.push(await settle(c, user, one))
  await leaveRequests(c, user, without(now.roles, wanted.roles))
  const subject = { type: 'user', id: user.id, authorityId: user.authorityId }
  await c.record('user.rolesChanged', subject, {
    ...difference(inWords(choice, now), inWords(choice, wanted)),
    holders,
  })
  await tellOthers(c, actor, user)
}

/** Requests go on without who can no longer act on them (requests.md, Allocation, A coordinator). */
async function leaveRequests(c: Change, { id, authorityId }: User, taken: readonly Held[]): Promise<void> {
  if (taken.length === 0) return
  for (const { role, moduleId } of taken) if (role === 'handler') await endAllocations(c, id, moduleId)
  await settleCoordinator(c, authorityId)
}

/** Nobody of the authority is deleted, and nobody loses a right, until this change is done: of two at once one waits. */
export async function lockAuthority(c: Change, authorityId: number): Promise<void> {
  await c.db('authorities').where({ id: authorityId }).forUpdate().select('id')
}

interface Wish {
  choice: RoleChoice
  colleagues: readonly Colleague[]
  now: Rights
  wanted: Rights
  entry: RightsEntry
  lang: string
}

/** Everything that speaks against a change of rights; and who takes over what would have no holder. */
export function judge({ choice, colleagues, now, wanted, entry, lang }: Wish): {
  mistakes: Mistake[]
  named: Succession[]
} {
  const mistakes: Mistake[] = entry.version === '' ? [{ field: '', key: 'components:form.odd' }] : []
  if (now.administrator && !wanted.administrator && !colleagues.some(({ administrator }) => administrator))
    mistakes.push({ field: 'administrator', key: 'users:roles.administrator.last' })
  if (wanted.dataAdministrator === 'chosen' && wanted.dataModules.length === 0)
    mistakes.push({ field: 'dataModules', key: 'users:roles.dataModules.missing' })
  if (now.imiAdministrator && !wanted.imiAdministrator && !colleagues.some(one => one.imiAdministrator))
    mistakes.push({ field: 'imiAdministrator', key: 'users:roles.imiAdministrator.last' })
  const orphaned = orphans(choice.modules, without(now.roles, wanted.roles), colleagues)
  const { named, mistakes: unnamed } = successions(orphaned, entry, colleagues, { switchOff: choice.modules, lang })
  return { mistakes: [...mistakes, ...unnamed], named }
}

async function write(c: Change, { id }: User, now: Rights, wanted: Rights): Promise<void> {
  await c.db('users').where({ id }).update({
    administrator: wanted.administrator,
    data_administrator: wanted.dataAdministrator,
    imi_administrator: wanted.imiAdministrator,
  })
  await c.db('user_data_modules').where({ user_id: id }).delete()
  if (wanted.dataModules.length > 0)
    await c.db('user_data_modules').insert(wanted.dataModules.map(module_id => ({ user_id: id, module_id })))
  for (const { moduleId, role } of without(now.roles, wanted.roles))
    await c.db('user_roles').where({ user_id: id, module_id: moduleId, role }).delete()
  await giveRoles(c, id, without(wanted.roles, now.roles))
}

/** Writes down roles that somebody gets now, with who gave them. */
export async function giveRoles(c: Change, userId: number, roles: readonly Held[]): Promise<void> {
  const given = { user_id: userId, given_by: c.actor.id, given_at: c.at }
  if (roles.length > 0)
    await c.db('user_roles').insert(roles.map(({ moduleId, role }) => ({ ...given, module_id: moduleId, role })))
}

/** Rights with the codes of modules, for the history. */
export function inWords(choice: RoleChoice, rights: Rights): RightsInWords {
  const known = [...choice.modules, ...choice.outside, ...(choice.dataModules ?? [])]
  const code = (id: number) => known.find(module => module.id === id)?.code ?? String(id)
  return {
    administrator: rights.administrator,
    dataAdministrator: rights.dataAdministrator,
    dataModules: rights.dataModules.map(code).sort(),
    imiAdministrator: rights.imiAdministrator,
    roles: rights.roles.map(({ moduleId, role }) => `${code(moduleId)}: ${role}`).sort(),
  }
}

function difference(before: RightsInWords, after: RightsInWords) {
  const changed = (Object.keys(before) as (keyof RightsInWords)[]).filter(
    name => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const only = (rights: RightsInWords): Partial<RightsInWords> =>
    Object.fromEntries(changed.map(name => [name, rights[name]]))
  return { before: only(before), after: only(after) }
}
