import type { Knex } from 'knex'
import { type Authority, findAuthority } from '../../authorities/index.ts'
import { countPassedOn } from '../../invitations/index.ts'
import type { Actor } from '../../policy.ts'
import type { Named } from '../delegation.ts'

/** A country with its national coordinator, if it has one. */
export interface Country {
  code: string
  coordinator: (Named & { administrators: number }) | null
  accessManagers: number
}

const COUNTRIES = `
  select c.code,
    (select json_build_object('id', a.id, 'name', a.official_name, 'language', a.official_language, 'administrators',
        (select count(*)::int from users u where u.authority_id = a.id and u.administrator and u.deleted_at is null))
      from authorities a where a.country = c.code and a.kind = 'national coordinator') as coordinator,
    (select count(*)::int from delegations d join authorities a on a.id = d.authority_id where a.country = c.code) as "accessManagers"
  from countries c where c.code <> 'EU' order by c.code`

/** The countries that take part, each with its national coordinator or none (I1). */
export const listCountries = (db: Knex): Promise<Country[]> =>
  db.raw<{ rows: Country[] }>(COUNTRIES).then(({ rows }) => rows)

/** Whether a country takes part, and whether it has a national coordinator. */
export async function findCountry(db: Knex, code: string): Promise<Country | undefined> {
  return (await listCountries(db)).find(country => country.code === code)
}

/** A national coordinator with what the actor is to it; for any other authority there is nothing to replace. */
export async function findNationalCoordinator(db: Knex, actor: Actor, id: number): Promise<Authority | undefined> {
  const authority = await findAuthority(db, actor, id)
  return authority?.kind === 'national coordinator' ? authority : undefined
}

/** What moves from a national coordinator to its successor, in numbers (I1). */
export interface Replacement {
  /** Authorities of record, and those of them that it registered or validated. */
  ofRecord: number
  validated: number
  /** Access managers of the country; their delegations go on. */
  accessManagers: number
  /** Grants of other authorities that are linked to it as coordinator. */
  linked: number
  /** Its users who stop being data administrators. */
  losing: number
  /** Its running invitations. */
  invitations: number
  successor: Successor | null
}

/** What becomes of the successor. */
export interface Successor extends Named {
  /** Administrators who become data administrators of the whole country. */
  administrators: number
  /** Modules it is granted anew, and those in which it becomes coordinator or active again. */
  granted: number
  changed: number
  /** Its delegation ends: it manages the whole country by itself. */
  delegated: boolean
}

const MOVING = `
  select (select count(*)::int from authority_access_managers where manager_id = :old and authority_id <> :old) as "ofRecord",
    (select count(*)::int from authorities where validating_authority_id = :old and id <> :old) as validated,
    (select count(*)::int from delegations d join authorities a on a.id = d.authority_id
      where a.country = o.country and a.id <> :new) as "accessManagers",
    (select count(*)::int from grant_coordinators l join grants g on g.id = l.grant_id
      where l.coordinator_id = :old and g.authority_id <> :new) as linked,
    (select count(*)::int from users where authority_id = :old and deleted_at is null and data_administrator <> 'none') as losing,
    (select json_build_object('id', a.id, 'name', a.official_name, 'language', a.official_language,
        'administrators', (select count(*) from users u where u.authority_id = a.id and u.administrator and u.deleted_at is null),
        'granted', (select count(*) from modules m where not exists (
          select from grants g where g.authority_id = a.id and g.module_id = m.id)),
        'changed', (select count(*) from grants g where g.authority_id = a.id and (g.role <> 'coordinator' or g.status <> 'active')),
        'delegated', exists (select from delegations d where d.authority_id = a.id))
      from authorities a where a.id = :new and a.country = o.country and a.kind = 'competent' and a.status = 'active') as successor
  from authorities o where o.id = :old`

/** What would move if this authority took the place of the national coordinator; 0 stands for one that is still to be registered. */
export async function findReplacement(db: Knex, oldId: number, successorId: number): Promise<Replacement> {
  const { rows } = await db.raw<{ rows: [Omit<Replacement, 'invitations'>] }>(MOVING, { old: oldId, new: successorId })
  return { ...rows[0], invitations: await countPassedOn(db, oldId, 'everything') }
}
