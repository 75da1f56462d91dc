import type { Knex } from 'knex'
import { nameAt } from '../authorities/index.ts'
import type { GrantRole, Names, Workflow } from '../modules/index.ts'
import { rowsOf } from '../platform/db/statement.ts'
import type { Actor, Role } from '../policy.ts'
import { ADMINISTRATOR_GIVEN, dated, type Given, IMI_ADMINISTRATOR_GIVEN, lastAct } from '../users/index.ts'

/** An authority named beside a right. */
export interface Named {
  id: number
  name: string
  lang: string
}

/** What somebody holds beside the roles in modules, with who gave it. */
export interface OwnRights {
  registered: Given
  administrator: Given | null
  imiAdministrator: Given | null
  /** Since when the authority is an access manager, and where. */
  delegatedAt: Date | null
  region: string | null
}

const OWN = `
  select coalesce(${lastAct(`e.event = 'user.registered'`)},
      (select json_build_object('at', u.registered_at, 'by', null, 'authority', null) from users u where u.id = :reader)) as registered,
    ${ADMINISTRATOR_GIVEN} as administrator, ${IMI_ADMINISTRATOR_GIVEN} as "imiAdministrator",
    d.since as "delegatedAt", (select r.name from regions r where r.code = d.region) as region
  from authorities a left join delegations d on d.authority_id = a.id where a.id = :authority`

/** Who made the reader what they are, from the history; in one statement. */
export async function findOwnRights(db: Knex, actor: Actor): Promise<OwnRights> {
  const [own] = (await rowsOf(db, OWN, { reader: actor.id, authority: actor.authorityId })) as [OwnRights]
  const { registered, administrator, imiAdministrator, ...delegation } = own
  return {
    registered: { ...registered, at: new Date(registered.at) },
    administrator: dated(administrator),
    imiAdministrator: dated(imiAdministrator),
    ...delegation,
  }
}

/** A module of the reader's authority: what the authority is in it and by whom, and what the reader is and by whom. */
export interface ModuleRights {
  id: number
  names: Names
  workflow: Workflow
  role: GrantRole
  suspended: boolean
  usesAllocation: boolean
  granted: Given
  coordinators: Named[]
  roles: (Given & { role: Role })[]
}

const MODULES = `
  select m.id, m.names, m.workflow, g.role, g.status = 'suspended' as suspended, g.uses_allocation as "usesAllocation",
    json_build_object('at', g.granted_at, 'by', null, 'authority', b.official_name) as granted,
    (select coalesce(json_agg(json_build_object('id', n.id, 'name', n.official_name, 'lang', n.official_language)
        order by n.sort_name, n.id), '[]')
      from grant_coordinators l join authorities n on n.id = l.coordinator_id where l.grant_id = g.id) as coordinators,
    (select coalesce(json_agg(json_build_object('role', r.role, 'at', r.given_at,
        'by', ${nameAt('p', 'r.given_at', 'r.given_by')}, 'authority', o.official_name) order by r.role), '[]')
      from user_roles r left join users p on p.id = r.given_by left join authorities o on o.id = p.authority_id
      where r.user_id = :reader and r.module_id = m.id) as roles
  from grants g join modules m on m.id = g.module_id left join authorities b on b.id = g.granted_by
  where g.authority_id = :authority order by m.id`

/** The modules of the reader's authority, in the order of the catalogue; in one statement. */
export async function listModuleRights(db: Knex, actor: Actor): Promise<ModuleRights[]> {
  const rows = await rowsOf<ModuleRights>(db, MODULES, { reader: actor.id, authority: actor.authorityId })
  return rows.map(row => ({
    ...row,
    granted: { ...row.granted, at: new Date(row.granted.at) },
    roles: row.roles.map(role => ({ ...role, at: new Date(role.at) })),
  }))
}
