import type { Change } from '../platform/db/change.ts'
import type { Role } from '../policy.ts'

/**
 * Gives all administrators of an authority these roles of a module (C4); who has one keeps it.
 * @returns those who got one
 */
export async function giveRoles(c: Change, authorityId: number, moduleId: number, roles: Role[]): Promise<number[]> {
  if (roles.length === 0) return []
  const given = await c.db.raw<{ rows: { user_id: number }[] }>(
    `insert into user_roles (user_id, module_id, role, given_by, given_at)
     select u.id, ?, r.role, ?, ? from users u cross join unnest(cast(? as text[])) as r(role)
     where u.authority_id = ? and u.administrator and u.deleted_at is null
     order by u.id on conflict do nothing returning user_id`,
    [moduleId, c.actor.id, c.at, roles, authorityId],
  )
  return distinct(given.rows)
}

/**
 * Takes roles of a module from all users of an authority, because nothing there asks for them any more.
 * @returns those who lost one
 */
export async function takeRoles(c: Change, authorityId: number, moduleId: number, roles: Role[]): Promise<number[]> {
  const taken = await c.db.raw<{ rows: { user_id: number }[] }>(
    `delete from user_roles r using users u
     where u.id = r.user_id and u.authority_id = ? and r.module_id = ? and r.role = any(cast(? as text[]))
     returning r.user_id`,
    [authorityId, moduleId, roles],
  )
  return distinct(taken.rows)
}

const distinct = (rows: { user_id: number }[]): number[] =>
  [...new Set(rows.map(row => row.user_id))].sort((one, other) => one - other)
