import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Mistake } from '../../platform/web/form.ts'
import type { Actor } from '../../policy.ts'
import {
  endAllocations,
  listOpenWork,
  type OpenWork,
  settleCoordinator,
  takeOverRequests,
} from '../../requests/index.ts'
import { giveRoles, inWords, lockAuthority, type RightsInWords } from '../roles/change-roles.ts'
import { type Orphan, orphans, settle, type Succession, successions } from '../roles/holders.ts'
import { type Colleague, findRights, findRoleChoice, listColleagues } from '../roles/queries.ts'
import type { GrantedModule, Rights, RoleChoice } from '../roles/role.ts'
import { tellOthers } from '../tell.ts'
import type { User } from '../user.ts'
import { type Heir, HEIR_FIELD, heirsTo, withHeir } from './heirs.ts'
import { lockUser } from './lock-user.ts'
import { endVisits, stopPasswordMails } from './temporary-password.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'user.deleted': {
      before: RightsInWords
      /** What became of roles that lost their last holder: module, role, and the user who took over or 'off'. */
      holders: string[]
      /** Who took over open requests and drafts, and how many. */
      requests?: { by: number; count: number }
    }
  }
}

/** What a deletion would do, and what speaks against it. */
export interface Deletion {
  rights: Rights
  choice: RoleChoice
  colleagues: Colleague[]
  orphaned: Orphan[]
  /** What the user works on and what goes on, and who can take all of it over. */
  work: OpenWork[]
  heirs: Heir[]
  refusal: Refusal
}

/** Why a user cannot be deleted at all; null: can be. */
export type Refusal = 'self' | 'lastAdministrator' | 'lastImiAdministrator' | null

/** Finds what would end with a user, before it does. */
export async function findDeletion(db: Knex, actor: Actor, user: User): Promise<Deletion> {
  // One after the other: the command asks inside its transaction, on one connection.
  const rights = await findRights(db, user.id)
  const choice = await findRoleChoice(db, actor, user)
  const colleagues = await listColleagues(db, user.authorityId, user.id)
  const work = await listOpenWork(db, actor, user)
  return {
    rights,
    choice,
    colleagues,
    work,
    heirs: heirsTo(work, colleagues, choice.modules),
    refusal: refusalOf(actor, user, rights, colleagues),
    orphaned: orphans(allModules(choice), rights.roles, colleagues),
  }
}

/** Finds why a user cannot be deleted, for the page that offers it. */
export async function findRefusal(db: Knex, actor: Actor, user: User): Promise<Refusal> {
  const [rights, colleagues] = await Promise.all([
    findRights(db, user.id),
    listColleagues(db, user.authorityId, user.id),
  ])
  return refusalOf(actor, user, rights, colleagues)
}

function refusalOf(actor: Actor, user: User, rights: Rights, colleagues: readonly Colleague[]): Refusal {
  if (actor.id === user.id) return 'self'
  if (rights.administrator && !colleagues.some(({ administrator }) => administrator)) return 'lastAdministrator'
  return rights.imiAdministrator && !colleagues.some(one => one.imiAdministrator) ? 'lastImiAdministrator' : null
}

const allModules = ({ modules, outside }: RoleChoice): GrantedModule[] => [...modules, ...outside]

/** What is wrong with a deletion as it was sent; who takes over what would have no holder, and who the requests. */
export function judgeDeletion(
  { refusal, rights, colleagues, choice, heirs }: Deletion,
  said: Readonly<Record<string, unknown>>,
  lang: string,
): { mistakes: Mistake[]; named: Succession[]; heir: Heir | null } {
  const refused = (mistake: Mistake) => ({ mistakes: [mistake], named: [], heir: null })
  if (refusal) return refused({ field: '', key: `users:deletion.refusal.${refusal}` })
  const heir = heirs.find(({ id }) => String(id) === said[HEIR_FIELD]) ?? null
  if (said[HEIR_FIELD] && heirs.length > 0 && !heir) return refused({ field: HEIR_FIELD, key: 'users:heir.gone' })
  const left = withHeir(colleagues, heir)
  const orphaned = orphans(allModules(choice), rights.roles, left)
  return { ...successions(orphaned, said, left, { switchOff: choice.modules, lang }), heir }
}

/**
 * Deletes a user: visits end, roles are taken, e-mail address and telephone number are forgotten and free for another user;
 * the name stays for the history, a colleague takes over open requests (D1). Throws RuleBroken for oneself, for the last administrator, and when a role that a setting needs would have no holder.
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
  const { mistakes, named, heir } = judgeDeletion(deletion, said, actor.language)
  const [mistake] = mistakes
  if (mistake) throw new RuleBroken(mistake.key, { field: mistake.field, values: mistake.values ?? {} })

  const passed = heir && (await takeOver(c, actor, user, heir))
  const holders: string[] = []
  for (const one of named) holders.push(await settle(c, user, one))
  await takeEverything(c, user.id)
  await endAllocations(c, user.id)
  await settleCoordinator(c, user.authorityId)
  const before = inWords(deletion.choice, deletion.rights)
  await c.record(
    'user.deleted',
    { type: 'user', id: user.id, authorityId: user.authorityId },
    {
      before,
      holders,
      ...(passed && { requests: passed }),
    },
  )
  await tellOthers(c, actor, user)
}

/** Makes the heir handler where that is missing, and passes everything on. */
async function takeOver(
  c: Change,
  actor: Actor,
  user: User,
  { id, gains }: Heir,
): Promise<{ by: number; count: number }> {
  await giveRoles(
    c,
    id,
    gains.map(module => ({ moduleId: module.id, role: 'handler' })),
  )
  return { by: id, count: await takeOverRequests(c, actor, { from: user, to: id }) }
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
