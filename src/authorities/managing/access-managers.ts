import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import type { Authority } from '../authority.ts'
import { assertMayStill, lockAccess } from '../standing-now.ts'
import { tellManagersOfRecord } from '../tell-managers.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'authority.managerAdded': { authority: string; authorityId: number }
    'authority.managerRemoved': { authority: string; authorityId: number }
  }
}

/**
 * Adds the actor's own authority to the access managers of an authority of its country (B7, [000 3.1.3]). Throws RuleBroken when it
 * is one already, or of another country; Forbidden when it has stopped being access manager meanwhile.
 */
export async function addOwnAuthority(c: Change, actor: Actor, authority: Authority): Promise<void> {
  await lockAccess(c.db, authority.country)
  await assertMayStill(c, actor, 'authority.addManager', authority)
  if (actor.country !== authority.country) throw new RuleBroken('authorities:managers.otherCountry')
  await tellManagersOfRecord(c, actor, authority)
  const { rowCount } = await c.db.raw<{ rowCount: number }>(
    `insert into authority_access_managers (authority_id, manager_id, since) values (?, ?, ?) on conflict do nothing`,
    [authority.id, actor.authorityId, c.at],
  )
  if (rowCount === 0) throw new RuleBroken('authorities:managers.already')
  await c.record('authority.managerAdded', subjectOf(authority), whoOf(actor))
}

/**
 * Takes the actor's own authority off the access managers. Throws RuleBroken when it is none, or the last one ([000 3.1.3]);
 * Forbidden when it has stopped being access manager meanwhile.
 */
export async function removeOwnAuthority(c: Change, actor: Actor, authority: Authority): Promise<void> {
  await lockAccess(c.db, authority.country)
  await assertMayStill(c, actor, 'authority.removeManager', authority)
  const managers = (await c
    .db('authority_access_managers')
    .where({ authority_id: authority.id })
    .pluck('manager_id')) as number[]
  if (!managers.includes(actor.authorityId)) throw new RuleBroken('authorities:managers.notOfRecord')
  if (managers.length === 1) throw new RuleBroken('authorities:managers.last')
  await c.db('authority_access_managers').where({ authority_id: authority.id, manager_id: actor.authorityId }).delete()
  await c.record('authority.managerRemoved', subjectOf(authority), whoOf(actor))
  await tellManagersOfRecord(c, actor, authority)
}

const subjectOf = ({ id }: Authority) => ({ type: 'authority', id, authorityId: id })

const whoOf = ({ authorityId, authorityName }: Actor) => ({ authority: authorityName, authorityId })
