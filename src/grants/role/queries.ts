import type { Knex } from 'knex'
import type { GrantRole } from '../../modules/index.ts'
import type { Coordinator, FoundGrant, Offer } from '../grant.ts'
import { listCoordinators } from '../queries.ts'

/** A grant that has the coordinator in question linked, by the authority that holds it. */
export interface LinkedGrant {
  /** Of the grant. */
  id: number
  role: GrantRole
  authorityId: number
  name: string
  language: string
  email: string
  /** It has other coordinators linked, or is coordinator itself: it needs no new one. */
  keepsOthers: boolean
  coordinators: number[]
}

/** What a change of role touches, and what can be chosen instead. */
export interface RoleOffer {
  linked: LinkedGrant[]
  /** Other active coordinators of the country in the module. */
  coordinators: Offer['coordinators']
  /** To whom falls what nobody chose for (spec/requests.md, "A coordinator"). */
  national: Coordinator | undefined
}

const LINKED = `
  select g.id, g.role, a.id as "authorityId", a.official_name as name, a.official_language as language, a.email,
    g.role = 'coordinator' or exists (select 1 from grant_coordinators o where o.grant_id = g.id and o.coordinator_id <> :authority)
      as "keepsOthers",
    array(select o.coordinator_id from grant_coordinators o where o.grant_id = g.id order by 1) as coordinators
  from grant_coordinators l
  join grants g on g.id = l.grant_id and g.module_id = :module
  join authorities a on a.id = g.authority_id
  where l.coordinator_id = :authority
  order by a.sort_name, a.id`

/** Everything a change of role is asked about (C6). */
export async function findRoleOffer(db: Knex, grant: FoundGrant): Promise<RoleOffer> {
  const bindings = { authority: grant.authorityId, module: grant.moduleId }
  const linked = await db.raw<{ rows: LinkedGrant[] }>(LINKED, bindings)
  const coordinators = await listCoordinators(db, grant.authority, grant.moduleId)
  const national = await db('authorities')
    .where({ country: grant.authority.country, kind: 'national coordinator' })
    .first<Coordinator | undefined>({ id: 'id', name: 'official_name', language: 'official_language' })
  return { linked: linked.rows, coordinators, national }
}
