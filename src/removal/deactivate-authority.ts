import { type Authority, lockAccess } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import { NotFound, RuleBroken } from '../platform/errors.ts'
import { settleCoordinator, tellCounterparts } from '../requests/index.ts'
import { removalMail } from './emails.ts'
import { handOver } from './hand-over.ts'
import { findConsequences, listManagersOfRecord, listReaders } from './queries.ts'
import { obstacleTo } from './removal.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'authority.deactivated': { before: { status: 'active' }; after: { status: 'deactivated' } }
  }
}

/**
 * Takes an authority out of service: it receives nothing new, the general search does not find it, its users read only (B12,
 * [000 5]). What it was to others, as access manager or coordinator, ends at once; where nobody else is left the national
 * coordinator takes over. Its administrators, the access managers of record and who is concerned are told. From now on the
 * clock of its deletion runs (B13). Throws RuleBroken while a module is not suspended, and for who can only be replaced.
 */
export async function deactivateAuthority(c: Change, authority: Authority): Promise<void> {
  const { id } = authority
  await lockAccess(c.db, authority.country)
  const locked = await c
    .db('authorities')
    .where({ id })
    .forUpdate()
    .first<Pick<Authority, 'kind' | 'status'> | undefined>('kind', 'status')
  if (!locked) throw new NotFound()
  const obstacle = obstacleTo(locked, await findConsequences(c.db, id))
  if (obstacle) throw new RuleBroken(`removal:obstacle.${obstacle}`)
  await c
    .db('authorities')
    .where({ id })
    .update({ status: 'deactivated', deactivated_at: c.at, version: c.db.raw('version + 1') })
  await c.record(
    'authority.deactivated',
    { type: 'authority', id, authorityId: id },
    { before: { status: 'active' }, after: { status: 'deactivated' } },
  )
  await tellRemoval(c, authority, 'deactivated')
  await handOver(c, authority)
  await settleCoordinator(c, id)
  await tellCounterparts(c, id, 'counterpart-deactivated')
}

/** Tells the administrators, with a copy to the functional address, and the access managers of record but the one who acts. */
export async function tellRemoval(c: Change, authority: Authority, what: 'deactivated' | 'reactivated'): Promise<void> {
  const { people, functional } = await listReaders(c.db, authority.id)
  const to = people.length > 0 ? people : [functional]
  for (const [index, reader] of to.entries()) {
    const copy = index === 0 && reader.email !== functional.email ? [functional.email] : []
    await c.send(removalMail(`removal/${what}`, reader, authority, copy))
  }
  for (const manager of await listManagersOfRecord(c.db, authority.id))
    if (manager.id !== c.actor.authorityId)
      await c.send(removalMail(`removal/${what}-managers`, manager, authority, []))
}
