import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Authority } from '../authority.ts'
import { linkEnded, linkMade } from '../emails.ts'
import { findLinkable, listLinks } from './queries.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'authority.linked': { authority: string; authorityId: number }
    'authority.linkEnded': { authority: string; authorityId: number }
  }
}

/**
 * Lets another authority of the country see the overview of this one's requests (B15, [002]): one way, and both are told. Throws
 * RuleBroken when there is no such authority, or it is linked already.
 */
export async function linkAuthority(c: Change, authority: Authority, observerId: number): Promise<void> {
  const observer = await findLinkable(c.db, authority, observerId)
  if (!observer) throw new RuleBroken('authorities:linked.observer.missing', { field: 'observer' })
  const { rowCount } = await c.db.raw<{ rowCount: number }>(
    `insert into linked_authorities (authority_id, observer_id, since) values (?, ?, ?) on conflict do nothing`,
    [authority.id, observerId, c.at],
  )
  if (rowCount === 0) throw new RuleBroken('authorities:linked.already', { field: 'observer' })
  await c.record(
    'authority.linked',
    { type: 'authority', id: authority.id, authorityId: authority.id },
    {
      authority: observer.name,
      authorityId: observer.id,
    },
  )
  const link = (await listLinks(c.db, authority.id)).find(({ to }) => to.id === observerId)
  for (const to of link ? [link.from, link.to] : []) await c.send(linkMade(to, authority.officialName, observer.name))
}

/** Ends a link of which the authority is either side; both are told. Throws RuleBroken when there is none (any more). */
export async function endLink(c: Change, authority: Authority, linkId: number): Promise<void> {
  const link = (await listLinks(c.db, authority.id)).find(({ id }) => id === linkId)
  if (!link || (await c.db('linked_authorities').where({ id: linkId }).delete()) === 0)
    throw new RuleBroken('authorities:linked.link.missing', { field: 'link' })
  for (const { side, other } of [
    { side: link.from, other: link.to },
    { side: link.to, other: link.from },
  ]) {
    await c.record(
      'authority.linkEnded',
      { type: 'authority', id: side.id, authorityId: side.id },
      {
        authority: other.name,
        authorityId: other.id,
      },
    )
    await c.send(linkEnded(side, link.from.name, link.to.name))
  }
}
