import type { Authority } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import { NotFound, RuleBroken } from '../platform/errors.ts'
import { type GrantRole, nameIn } from '../modules/index.ts'
import { coordinatorReplaced, removalMail, takenOver } from './emails.ts'
import { handOver, type HandedOver, type LostLink } from './hand-over.ts'
import { findConsequences, listManagersOfRecord, listReaders, type Recipient } from './queries.ts'
import { obstacleTo } from './removal.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'authority.deactivated': { before: { status: 'active' }; after: { status: 'deactivated' } }
    /** An access manager of record or the validating authority is gone; `after` is the national coordinator where it took over. */
    'authority.managerGone': { before: { accessManager: number }; after: { accessManager: number | null } }
    'grant.coordinatorGone': {
      module: string
      role: GrantRole
      before: { coordinators: LostLink['before'] }
      after: { coordinators: LostLink['after'] }
    }
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
  const handed = await handOver(c.db, [id], c.at)
  await recordHandOver(c, handed)
  await tellHeirs(c, authority, handed)
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

/** Writes into the history of each authority concerned who is its access manager or coordinator no more, and who is instead. */
export async function recordHandOver(c: Change, { managed, linked }: HandedOver): Promise<void> {
  for (const { authorityId: id, managerId, heir } of managed)
    await c.record(
      'authority.managerGone',
      { type: 'authority', id, authorityId: id },
      { before: { accessManager: managerId }, after: { accessManager: heir } },
    )
  for (const { grantId, authorityId, module, role, before, after } of linked)
    await c.record(
      'grant.coordinatorGone',
      { type: 'grant', id: grantId, authorityId },
      { module, role, before: { coordinators: before }, after: { coordinators: after } },
    )
}

async function tellHeirs(c: Change, authority: Authority, { managed, linked }: HandedOver): Promise<void> {
  const heirs = Map.groupBy(managed, ({ heir }) => heir)
  for (const [heir, passed] of heirs) {
    const [reader] = heir === null ? [] : await listFunctional(c, [heir])
    if (reader) await c.send(takenOver(reader, authority, passed.length))
  }
  const modules = await c.db('modules').select<{ code: string; names: Record<string, string> }[]>('code', 'names')
  const nameOf = new Map(modules.map(({ code, names }) => [code, names]))
  const readers = await listFunctional(c, [...new Set(linked.map(({ authorityId }) => authorityId))])
  for (const { authorityId, module, heir } of linked) {
    const reader = readers.find(({ id }) => id === authorityId)
    if (!reader || heir === null) continue
    const name = nameIn(nameOf.get(module) ?? {}, reader.language)
    await c.send(coordinatorReplaced(reader, authority, name))
  }
}

const listFunctional = (c: Change, ids: readonly number[]): Promise<Recipient[]> =>
  c.db('authorities').whereIn('id', ids).select({ id: 'id', email: 'email', language: 'official_language' })
