import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Mistake } from '../../platform/web/form.ts'
import type { Actor } from '../../policy.ts'
import { endAllocations, settleCoordinator } from '../../requests/index.ts'
import { inWords, lockAuthority, type RightsInWords } from '../roles/change-roles.ts'
import { type Orphan, orphans, settle, type Succession, successions } from '../roles/holders.ts'
import { type Colleague, findRights, findRoleChoice, listColleagues } from '../roles/queries.ts'
import type { GrantedModule, Rights, RoleChoice } from '../roles/role.ts'
import { tellOthers } from '../tell.ts'
import type { User } from '../user.ts'
import { lockUser } from './lock-user.ts'
import { endVisits, stopPasswordMails } from './temporary-password.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'user.deleted': {
      before: RightsInWords
      /** What became of roles that lost their last holder: module, role, and the user who took over or 'off'. */
      holders: string[]
    }
  }
}

/** What a deletion would do, and what speaks against it. */
export interface Deletion {
  rights: Rights
  choice: RoleChoice
  colleagues: Colleague[]
  orphaned: Orphan[]
  /** Why this user cannot be deleted at all; null: can be. */
  refusal: 'self' | 'lastAdministrator' | 'lastImiAdministrator' | null
}

/** Finds what would end with a user, before it does. */
export async function findDeletion(db: Knex, actor: Actor, user: User): Promise<Deletion> {
  // One after the other: the command asks inside its transaction, on one connection.
  const rights = await findRights(db, user.id)
  const choice = await findRoleChoice(db, actor, user)
  const colleagues = await listColleagues(db, user.authorityId, user.id)
  const refusal =
    actor.id === user.id
      ? 'self'
      : rights.administrator && !colleagues.some(({ administrator }) => administrator)
        ? 'lastAdministrator'
        : rights.imiAdministrator && !colleagues.some(({ imiAdministrator }) => imiAdministrator)
          ? 'lastImiAdministrator'
          : null
  return { rights, choice, colleagues, orphaned: orphans(allModules(choice), rights.roles, colleagues), refusal }
}

const allModules = ({ modules, outside }: RoleChoice): GrantedModule[] => [...modules, ...outside]

/** What is wrong with a deletion as it was sent; and who takes over what would have no holder. */
export function judgeDeletion(
  { refusal, orphaned, colleagues, choice }: Deletion,
  said: Readonly<Record<string, unknown>>,
  lang: string,
): { mistakes: Mistake[]; named: Succession[] } {
  if (refusal) return { mistakes: [{ field: '', key: `users:deletion.refusal.${refusal}` }], named: [] }
  return successions(orphaned, said, colleagues, { switchOff: choice.modules, lang })
}

/**
 * Deletes a user: visits end, roles are taken, e-mail address and telephone number are forgotten and free for another user;
 * the name stays for the history (D1). Throws RuleBroken for oneself, for the last administrator, and when a role that a setting needs would have no holder.
 * @throws NotFound when the user has just been deleted
 */
export async function deleteUser(
  c: Change,
  actor: Actor,
  user: User,
  said: Readonly<Record<string, unknown>>,
): Promise<void> {
  await lockAuthority(c, user.authorityId)
  await lockUser(c, user.id)
  const deletion = await findDeletion(c.db, actor, user)
  const { mistakes, named } = judgeDeletion(deletion, said, actor.language)
  const [mistake] = mistakes
  if (mistake) throw new RuleBroken(mistake.key, { field: mistake.field, values: mistake.values ?? {} })

  const holders: string[] = []
  for (const one of named) holders.push(await settle(c, user, one))
  await takeEverything(c, user.id)
  await endAllocations(c, user.id)
  await settleCoordinator(c, user.authorityId)
  const before = inWords(deletion.choice, deletion.rights)
  await c.record('user.deleted', { type: 'user', id: user.id, authorityId: user.authorityId }, { before, holders })
  await tellOthers(c, actor, user)
}

async function takeEverything(c: Change, userId: number): Promise<void> {
  for (const table of ['user_roles', 'user_data_modules', 'former_passwords', 'email_changes'])
    await c.db(table).where({ user_id: userId }).delete()
  await c.db('users').where({ id: userId }).update({
    deleted_at: c.at,
    email: '',
    telephone: '',
    administrator: false,
    data_administrator: 'none',
    imi_administrator: false,
    security_code: null,
    code_positions: null,
  })
  await endVisits(c, userId)
  await stopPasswordMails(c, userId, 'deleted')
}
