import { findLastAct } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import { NotFound, Overtaken } from '../platform/errors.ts'
import type { FoundGrant, Grant } from './grant.ts'
import { readGrant } from './queries.ts'

/** A grant as it stands, held until the change is done; nobody of its authority gets or loses a role meanwhile. */
export async function lockGrant(c: Change, { id, authorityId }: Pick<Grant, 'id' | 'authorityId'>): Promise<Grant> {
  await c.db('authorities').where({ id: authorityId }).forUpdate().select('id')
  await c.db('grants').where({ id }).forUpdate().select('id')
  const grant = await readGrant(c.db, id)
  if (!grant) throw new NotFound()
  return grant
}

/** The same for a form that was filled in from one version. Throws Overtaken, with who saved last, when another one stands. */
export async function lockVersion(c: Change, grant: FoundGrant, read: number): Promise<void> {
  const { version } = await lockGrant(c, grant)
  if (version === read) return
  const last = await findLastAct(c.db, acts => acts.where({ 'e.subject_type': 'grant', 'e.subject_id': grant.id }))
  throw new Overtaken(last?.by ?? grant.authority.officialName, last?.at ?? c.at)
}

/** Whoever changes who is linked to whom in this module and country waits for the one who began first. */
export async function lockLinks(c: Change, { moduleId, authority }: FoundGrant): Promise<void> {
  await c.db.raw('select pg_advisory_xact_lock(hashtext(?))', [`links of ${moduleId} in ${authority.country}`])
}

/** Holds the grants of coordinators that are about to be linked: none is suspended meanwhile. */
export async function holdCoordinators(c: Change, moduleId: number, coordinators: readonly number[]): Promise<void> {
  await c
    .db('grants')
    .where({ module_id: moduleId })
    .whereIn('authority_id', coordinators)
    .orderBy('id')
    .forShare()
    .select('id')
}
