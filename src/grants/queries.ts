import type { Knex } from 'knex'
import { type Authority, findAuthority } from '../authorities/index.ts'
import { findModule, grantRoles, listKeywords, listModules, type Module } from '../modules/index.ts'
import type { Actor } from '../policy.ts'
import {
  type FoundGrant,
  type Grant,
  mayGrant,
  type Offer,
  preselected,
  type Refusal,
  type Settings,
  standingsIn,
} from './grant.ts'

/** The modules of an authority with their settings, keywords and linked coordinators, in the order of the catalogue. */
export async function listGrants(db: Knex, authorityId: number): Promise<Grant[]> {
  return grants(db).where('g.authority_id', authorityId).orderBy('m.id')
}

/** Finds a grant with what the actor is to it; where the authority has no page for the actor, its grants have none. */
export async function findGrant(db: Knex, actor: Actor, id: number): Promise<FoundGrant | undefined> {
  const grant = await readGrant(db, id)
  const authority = grant && (await findAuthority(db, actor, grant.authorityId))
  return authority && { ...grant, authority, standings: standingsIn(actor, authority.standings, grant.moduleId) }
}

/** A grant by its number. */
export async function readGrant(db: Knex, id: number): Promise<Grant | undefined> {
  const [grant] = await grants(db).where('g.id', id)
  return grant
}

const grants = (db: Knex) =>
  db('grants as g')
    .join('modules as m', 'm.id', 'g.module_id')
    .select<Grant[]>(
      {
        id: 'g.id',
        authorityId: 'g.authority_id',
        moduleId: 'g.module_id',
        moduleCode: 'm.code',
        version: 'g.version',
      },
      { moduleNames: 'm.names', workflow: 'm.workflow', role: 'g.role', status: 'g.status' },
      { suspendedAt: 'g.suspended_at', suspensionReason: 'g.suspension_reason' },
      { approvesRequests: 'g.approves_requests', approvesReplies: 'g.approves_replies' },
      { takesPartInReferrals: 'g.takes_part_in_referrals', approvesAlerts: 'g.approves_alerts' },
      { mayRefuse: 'g.may_refuse', usesAllocation: 'g.uses_allocation' },
      { coordinatorSeesDetails: 'g.coordinator_sees_details' },
      db.raw(`(select coalesce(json_agg(json_build_object('id', a.id, 'name', a.official_name, 'language', a.official_language)
          order by a.sort_name, a.id), '[]')
        from grant_coordinators l join authorities a on a.id = l.coordinator_id where l.grant_id = g.id) as coordinators`),
      db.raw(`(select coalesce(json_agg(k.names order by k.id), '[]')
        from grant_keywords w join keywords k on k.id = w.keyword_id where w.grant_id = g.id) as keywords`),
    )

/** The modules that this person can still grant to the authority. */
export async function listGrantable(db: Knex, actor: Actor, authority: Authority): Promise<Module[]> {
  if (authority.status !== 'active') return []
  const modules = await listModules(db)
  const granted = await listGrantedIds(db, authority.id)
  return modules.filter(({ id }) => mayGrant(actor, id) && !granted.includes(id))
}

/** The modules an authority was invited for and does not have yet (E6), in the order of the catalogue. */
export async function listInvitedFor(db: Knex, authorityId: number): Promise<number[]> {
  return db('invitation_modules as x')
    .join('invitations as i', 'i.id', 'x.invitation_id')
    .where({ 'i.authority_id': authorityId, 'i.status': 'validated' })
    .whereNotIn('x.module_id', db('grants').where({ authority_id: authorityId }).select('module_id'))
    .orderBy('x.module_id')
    .pluck<number[]>('x.module_id')
}

/** Of these modules those an authority was invited for and does not have yet. */
export async function invitedOf(db: Knex, authorityId: number, modules: readonly Module[]): Promise<Module[]> {
  const invited = modules.length > 0 ? await listInvitedFor(db, authorityId) : []
  return modules.filter(({ id }) => invited.includes(id))
}

/** What can be chosen when this person grants this module to the authority, or why it cannot be granted. */
export async function findOffer(
  db: Knex,
  actor: Actor,
  authority: Authority,
  moduleId: number,
): Promise<Offer | Refusal> {
  const module = await findModule(db, moduleId)
  if (!module) return 'unknown'
  if (!mayGrant(actor, module.id)) return 'outsideDelegation'
  if (authority.status !== 'active') return 'authorityNotActive'
  if ((await listGrantedIds(db, authority.id)).includes(module.id)) return 'alreadyGranted'
  const keywords = await listKeywords(db, module.areaId)
  // A national coordinator is coordinator in every module by itself, and has none above it (spec/roles.md).
  if (authority.kind === 'national coordinator')
    return { module, roles: ['coordinator'], keywords, coordinators: [], preselected: [] }
  const coordinators = await listCoordinators(db, authority, module.id)
  return {
    module,
    roles: grantRoles,
    keywords,
    coordinators,
    preselected: preselected(coordinators, actor, authority.region),
  }
}

const listGrantedIds = (db: Knex, authorityId: number): Promise<number[]> =>
  db('grants').where({ authority_id: authorityId }).pluck<number[]>('module_id')

/** Who can be linked: active authorities of the same country that are active coordinators in the module. */
export async function listCoordinators(
  db: Knex,
  authority: Pick<Authority, 'id' | 'country'>,
  moduleId: number,
): Promise<Offer['coordinators']> {
  return db('authorities as a')
    .join('grants as g', 'g.authority_id', 'a.id')
    .where({ 'a.country': authority.country, 'a.status': 'active' })
    .where({ 'g.module_id': moduleId, 'g.role': 'coordinator', 'g.status': 'active' })
    .whereNot('a.id', authority.id)
    .orderBy(['a.sort_name', 'a.id'])
    .select<Offer['coordinators']>({
      id: 'a.id',
      name: 'a.official_name',
      language: 'a.official_language',
      region: 'a.region',
    })
}

/** Those of these authorities that lie in the country. */
export const listOfCountry = (db: Knex, country: string, ids: readonly number[]): Promise<number[]> =>
  db('authorities').where({ country }).whereIn('id', ids).pluck<number[]>('id')

/** Settings as columns of the table. */
export const settingColumns = (settings: Partial<Settings>): Record<string, boolean> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
