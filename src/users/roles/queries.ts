import type { Knex } from 'knex'
import { nameAt } from '../../authorities/index.ts'
import { listModules, type Names } from '../../modules/index.ts'
import type { Actor, Role, Standing } from '../../policy.ts'
import { listModulesAtWork } from '../../requests/index.ts'
import type { DataAdministrator } from '../user.ts'
import type { GrantedModule, Held, RoleChoice, Rights } from './role.ts'

interface AuthorityRow {
  kind: RoleChoice['kind']
  all_modules: boolean | null
  delegated: number[]
}

/** What the actor can give to users of an authority. */
export async function findRoleChoice(
  db: Knex,
  actor: Actor,
  authority: { authorityId: number; standings: readonly Standing[] },
): Promise<RoleChoice> {
  const { authorityId } = authority
  // One after the other: a command asks inside its transaction, on one connection.
  const row = await findAuthorityRow(db, authorityId)
  const granted = await listGrantedModules(db, authorityId)
  const catalogue = row.all_modules === null && row.kind !== 'national coordinator' ? [] : await listModules(db)
  const mayGive = (id: number) => authority.standings.includes('administrator') || reaches(actor, id)
  const all = row.kind === 'national coordinator' || row.all_modules === true
  const manages = all || row.all_modules !== null
  return {
    authorityId,
    kind: row.kind,
    modules: granted.filter(({ id }) => mayGive(id)),
    outside: granted.filter(({ id }) => !mayGive(id)),
    dataModules: manages ? catalogue.filter(({ id }) => all || row.delegated.includes(id)) : null,
  }
}

/** Whether a module lies in what this person manages in other authorities; the Commission manages all. */
const reaches = ({ imiAdministrator, manages }: Actor, moduleId: number): boolean =>
  imiAdministrator || manages?.modules === 'all' || Boolean(manages?.modules.includes(moduleId))

const findAuthorityRow = (db: Knex, authorityId: number): Promise<AuthorityRow> =>
  db('authorities as a')
    .leftJoin('delegations as d', 'd.authority_id', 'a.id')
    .where('a.id', authorityId)
    .first<AuthorityRow>(
      'a.kind',
      'd.all_modules',
      db.raw(
        `(select coalesce(array_agg(module_id), '{}') from delegation_modules where authority_id = a.id) as delegated`,
      ),
    )

async function listGrantedModules(db: Knex, authorityId: number): Promise<GrantedModule[]> {
  const atWork = await listModulesAtWork(db, authorityId)
  const granted = await db('grants as g')
    .join('modules as m', 'm.id', 'g.module_id')
    .where('g.authority_id', authorityId)
    .orderBy('m.id')
    .select<Omit<GrantedModule, 'atWork'>[]>(
      { grantId: 'g.id', id: 'm.id', code: 'm.code', names: 'm.names', workflow: 'm.workflow', role: 'g.role' },
      { usesAllocation: 'g.uses_allocation', takesPartInReferrals: 'g.takes_part_in_referrals' },
      { approvesRequests: 'g.approves_requests', approvesReplies: 'g.approves_replies' },
    )
  return granted.map(module => ({ ...module, atWork: atWork.includes(module.id) }))
}

interface RightsRow {
  administrator: boolean
  data_administrator: DataAdministrator
  imi_administrator: boolean
  chosen: number[]
  roles: Held[]
}

/** What a user may do now. */
export async function findRights(db: Knex, userId: number): Promise<Rights> {
  const row = (await db('users as u')
    .where('u.id', userId)
    .first(
      'u.administrator',
      'u.data_administrator',
      'u.imi_administrator',
      db.raw(`array(select module_id from user_data_modules where user_id = u.id order by module_id) as chosen`),
      db.raw(`${ROLES} as roles`),
    )) as RightsRow
  return {
    administrator: row.administrator,
    dataAdministrator: row.data_administrator,
    dataModules: row.chosen,
    imiAdministrator: row.imi_administrator,
    roles: row.roles,
  }
}

const ROLES = `(select coalesce(json_agg(json_build_object('moduleId', r.module_id, 'role', r.role)
  order by r.module_id, r.role), '[]') from user_roles r where r.user_id = u.id)`

/** A role that a user holds, with who gave it and when (D3). */
export interface GivenRole {
  moduleNames: Names
  role: Role
  givenBy: string | null
  givenByAuthority: string | null
  givenAt: Date
}

/** The roles of a user with who gave them: "what I may do and who gave it to me" [001 4]. */
export const listGivenRoles = (db: Knex, userId: number): Promise<GivenRole[]> =>
  db('user_roles as r')
    .join('modules as m', 'm.id', 'r.module_id')
    .leftJoin('users as by', 'by.id', 'r.given_by')
    .leftJoin('authorities as a', 'a.id', 'by.authority_id')
    .where('r.user_id', userId)
    .orderBy(['m.id', 'r.role'])
    .select<GivenRole[]>(
      { moduleNames: 'm.names', role: 'r.role', givenByAuthority: 'a.official_name', givenAt: 'r.given_at' },
      db.raw(`${nameAt('by', 'r.given_at')} as "givenBy"`),
    )

/** Colleagues of a user, by name, with the roles they hold. */
export interface Colleague {
  id: number
  name: string
  administrator: boolean
  imiAdministrator: boolean
  roles: Held[]
}

export const listColleagues = (db: Knex, authorityId: number, userId: number): Promise<Colleague[]> =>
  db('users as u')
    .where({ 'u.authority_id': authorityId, 'u.deleted_at': null })
    .whereNot('u.id', userId)
    .orderBy(['u.family_name', 'u.given_name', 'u.id'])
    .select<Colleague[]>(
      { id: 'u.id', administrator: 'u.administrator', imiAdministrator: 'u.imi_administrator' },
      db.raw(`u.given_name || ' ' || u.family_name as name`),
      db.raw(`${ROLES} as roles`),
    )
