import { indexWords } from '../../authorities/index.ts'
import { giveRoles } from '../../grants/index.ts'
import { type GrantRole, listModules, type Module, rolesIn } from '../../modules/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'

/**
 * Makes an authority the national coordinator of its country (spec/roles.md): managed by the Commission only, access manager of
 * the whole country without a delegation, all its administrators data administrators, coordinator in every module. Throws
 * RuleBroken when the country has one.
 */
export async function takeOffice(c: Change, id: number, commissionId: number): Promise<void> {
  await becomeKind(c, id, commissionId)
  await c.db('authority_access_managers').where({ authority_id: id }).delete()
  await c.db('authority_access_managers').insert({ authority_id: id, manager_id: commissionId, since: c.at })
  await c.db('delegations').where({ authority_id: id }).delete()
  const administrators = c.db('users').where({ authority_id: id, administrator: true, deleted_at: null })
  await c.db('user_data_modules').whereIn('user_id', administrators.clone().select('id')).delete()
  await administrators.update({ data_administrator: 'all' })
  await coordinateEverywhere(c, id, commissionId)
  await indexWords(c.db, id)
}

async function becomeKind(c: Change, id: number, commissionId: number): Promise<void> {
  try {
    // A savepoint of its own: what the unique index refuses must not end the whole change.
    await c.db.transaction(inner =>
      inner('authorities')
        .where({ id })
        .update({ kind: 'national coordinator', validating_authority_id: commissionId }),
    )
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'authorities_one_national_coordinator')
      throw new RuleBroken('access:registration.hasOne')
    throw error
  }
}

interface GrantRow {
  id: number
  module_id: number
  role: GrantRole
  status: 'active' | 'suspended'
}

/** A published module is granted to a national coordinator; it has nobody above it there. */
async function coordinateEverywhere(c: Change, id: number, grantedBy: number): Promise<void> {
  const held = (await c.db('grants').where({ authority_id: id }).forUpdate()) as GrantRow[]
  const modules = await listModules(c.db)
  await c
    .db('grants')
    .where({ authority_id: id })
    .where(any => any.whereNot({ role: 'coordinator' }).orWhere({ status: 'suspended' }))
    .update({
      ...{ role: 'coordinator', status: 'active', suspended_at: null, suspension_reason: '' },
      version: c.db.raw('version + 1'),
    })
  const own = held.map(grant => grant.id)
  await c.db('grant_coordinators').whereIn('grant_id', own).delete()
  for (const module of modules)
    await coordinate(c, id, module, held.some(grant => grant.module_id === module.id) ? null : grantedBy)
}

/** Gives its administrators every role of one module; `grantedBy` grants the module where it is not held yet. */
async function coordinate(
  c: Change,
  id: number,
  { id: moduleId, code, workflow }: Module,
  grantedBy: number | null,
): Promise<void> {
  const values = { authority_id: id, module_id: moduleId, granted_by: grantedBy, granted_at: c.at, role: 'coordinator' }
  const made = grantedBy === null ? [] : await c.db('grants').insert(values).returning<{ id: number }[]>('id')
  const administrators = await giveRoles(
    c,
    id,
    moduleId,
    rolesIn(workflow, { role: 'coordinator', usesAllocation: false }),
  )
  for (const grant of made)
    await c.record(
      'grant.given',
      { type: 'grant', id: grant.id, authorityId: id },
      { module: code, role: 'coordinator', settings: {}, coordinators: [], keywords: [], administrators },
    )
}
