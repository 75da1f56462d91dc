import { nameIn } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import type { Mistake } from '../../platform/web/form.ts'
import { switchAllocation } from '../../requests/index.ts'
import type { Colleague } from './queries.ts'
import {
  type GrantedModule,
  type Held,
  isNeeded,
  isSame,
  type NeededRole,
  neededRoles,
  type NeedingSetting,
  settingsThatNeed,
} from './role.ts'

/** A role that would have no holder left although requests at work or settings of the grant need one; `settings`: those that can be switched off. */
export interface Orphan {
  module: GrantedModule
  role: NeededRole
  settings: NeedingSetting[]
}

/** What becomes of a role that loses its last holder: a colleague takes it over, or the settings that need it are switched off. */
export type Succession = Orphan & { by: number | 'off' }

/** The field of a form that says who takes over. */
export const holderField = ({ id }: { id: number }, role: NeededRole): string => `holder-${id}-${role}`

/** The fields that such a form may hold. */
export const holderFields = (modules: readonly GrantedModule[]): string[] =>
  modules.flatMap(module => neededRoles.map(role => holderField(module, role)))

/** The roles that nobody would hold if these were taken (roles.md, "No role without a holder"). */
export function orphans(
  modules: readonly GrantedModule[],
  taken: readonly Held[],
  colleagues: readonly Colleague[],
): Orphan[] {
  return modules.flatMap(module =>
    neededRoles.flatMap(role => {
      const held = { moduleId: module.id, role }
      const goes = taken.some(one => isSame(one, held))
      const stays = colleagues.some(({ roles }) => roles.some(one => isSame(one, held)))
      return goes && !stays && isNeeded(module, role)
        ? [{ module, role, settings: settingsThatNeed(module, role) }]
        : []
    }),
  )
}

/** Who was named for each role, or the mistake of having named nobody. Settings are switched off only by who may set them. */
export function successions(
  orphaned: readonly Orphan[],
  said: Readonly<Record<string, unknown>>,
  colleagues: readonly Colleague[],
  may: { switchOff: readonly GrantedModule[]; lang: string },
): { named: Succession[]; mistakes: Mistake[] } {
  const named: Succession[] = []
  const mistakes: Mistake[] = []
  for (const orphan of orphaned) {
    const field = holderField(orphan.module, orphan.role)
    const answer = said[field]
    const colleague = colleagues.find(({ id }) => String(id) === answer)
    if (colleague) named.push({ ...orphan, by: colleague.id })
    else if (answer === 'off' && canBeOff(orphan, may.switchOff)) named.push({ ...orphan, by: 'off' })
    else {
      const values = { module: nameIn(orphan.module.names, may.lang) }
      mistakes.push({ field, key: `users:holder.missing.${orphan.role}`, values })
    }
  }
  return { named, mistakes }
}

/** Whether the role can be left without a holder by switching off what needs it: requests at work go on in any case. */
export const canBeOff = ({ module, settings }: Orphan, mayBeSet: readonly GrantedModule[]): boolean =>
  settings.length > 0 && mayBeSet.some(({ id }) => id === module.id)

const columns = {
  usesAllocation: 'uses_allocation',
  approvesRequests: 'approves_requests',
  approvesReplies: 'approves_replies',
  takesPartInReferrals: 'takes_part_in_referrals',
} as const satisfies Record<NeedingSetting, string>

/** Carries out what becomes of a role that this user had last; answers with it as the history says it. */
export async function settle(c: Change, user: { id: number; authorityId: number }, one: Succession): Promise<string> {
  const { module, role, by } = one
  if (by === 'off') {
    await switchOff(c, user, one)
    return `${module.code}: ${role}: off`
  }
  await c
    .db('user_roles')
    .insert({ user_id: by, module_id: module.id, role, given_by: c.actor.id, given_at: c.at })
    .onConflict(['user_id', 'module_id', 'role'])
    .ignore()
  return `${module.code}: ${role}: ${by}`
}

async function switchOff(
  c: Change,
  user: { id: number; authorityId: number },
  { module, settings }: Succession,
): Promise<void> {
  const set = (value: boolean) => Object.fromEntries(settings.map(setting => [setting, value]))
  const off = Object.fromEntries(settings.map(setting => [columns[setting], false]))
  await c
    .db('grants')
    .where({ id: module.grantId })
    .update({ ...off, version: c.db.raw('version + 1') })
  await c.record(
    'grant.settingsChanged',
    { type: 'grant', id: module.grantId, authorityId: user.authorityId },
    { module: module.code, role: module.role, before: set(true), after: set(false), given: [], taken: [user.id] },
  )
  if (settings.includes('usesAllocation'))
    await switchAllocation(c, { authorityId: user.authorityId, moduleId: module.id }, false)
}
