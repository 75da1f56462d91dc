import type { Knex } from 'knex'
import { rowsOf } from '../platform/db/statement.ts'
import type { Actor } from '../policy.ts'

const IN_COMMON = `
  select exists (select from grants g join modules m on m.id = g.module_id and m.workflow = 'requests'
    join authorities a on a.id = g.authority_id and a.status = 'active'
    join grants own on own.module_id = m.id and own.authority_id = :own and own.status = 'active'
    where g.authority_id = :authority and g.status = 'active' and m.id = any(cast(:handled as int[]))
      and a.id <> :own and (a.country <> :country or m.own_country)) as found`

/** Whether this request handler has a module in which the authority can be sent a request: where its page offers to write one. */
export async function canBeAsked(db: Knex, actor: Actor, authorityId: number): Promise<boolean> {
  const handled = actor.roles.filter(({ role }) => role === 'handler').map(({ moduleId }) => moduleId)
  if (handled.length === 0 || actor.deactivated) return false
  const { authorityId: own, country } = actor
  const [row] = await rowsOf<{ found: boolean }>(db, IN_COMMON, { own, country, authority: authorityId, handled })
  return row?.found ?? false
}
