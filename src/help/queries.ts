import type { Knex } from 'knex'
import type { Actor, AuthorityKind } from '../policy.ts'

/** A person who can help, as colleagues of the same authority may see them. */
export interface HelpingPerson {
  name: string
  email: string
  telephone: string
}

/** An authority that can help, with the contact data every user may see. */
export interface HelpingAuthority {
  id: number
  country: string
  kind: AuthorityKind
  name: string
  lang: string
  email: string
  telephone: string
}

/** Who stands behind the actor, and behind the authority an act is about. */
export interface Helpers {
  administrators: HelpingPerson[]
  /** Of record; the one that registered the authority comes first. */
  accessManagers: (HelpingAuthority & { registeredIt: boolean })[]
  /** Of the country of the authority concerned. */
  nationalCoordinator: HelpingAuthority | undefined
  commission: HelpingAuthority | undefined
  concerned: HelpingAuthority | undefined
  /** The actor's authority is an access manager, and stands above the authority concerned where that is another one. */
  managedFromHere: boolean
}

/** Finds whom this actor can turn to, for their own authority or for another one, with contact data (A8). */
export async function findHelpers(db: Knex, actor: Actor, concernedId = actor.authorityId): Promise<Helpers> {
  const [administrators, authorities] = await Promise.all([
    listAdministrators(db, actor.authorityId),
    listAbove(db, actor.authorityId, concernedId),
  ])
  return {
    administrators,
    accessManagers: authorities.filter(authority => authority.manages),
    nationalCoordinator: authorities.find(authority => authority.nationallyAbove),
    commission: authorities.find(authority => authority.kind === 'commission'),
    concerned: authorities.find(authority => authority.id === concernedId),
    managedFromHere: authorities.some(authority => authority.managedFromHere),
  }
}

async function listAdministrators(db: Knex, authorityId: number): Promise<HelpingPerson[]> {
  const rows = await db('users')
    .where({ authority_id: authorityId, administrator: true, deleted_at: null })
    .orderBy(['family_name', 'given_name', 'id'])
    .limit(20)
    .select<{ given_name: string; family_name: string; email: string; telephone: string }[]>(
      'given_name',
      'family_name',
      'email',
      'telephone',
    )
  return rows.map(({ given_name, family_name, email, telephone }) => ({
    name: `${given_name} ${family_name}`,
    email,
    telephone,
  }))
}

const ABOVE = `
  select ${columnsOf('a')},
    exists (select from authority_access_managers m where m.authority_id = :own and m.manager_id = a.id) as manages,
    a.id = (select validating_authority_id from authorities where id = :own) is true as "registeredIt",
    a.kind = 'national coordinator'
      and a.country = (select country from authorities where id = :concerned) as "nationallyAbove",
    a.id = :concerned and exists (select from authorities o left join delegations d on d.authority_id = o.id
      where o.id = :own and o.country = a.country and (o.kind = 'national coordinator' or d.authority_id is not null)
      and (o.id = a.id or a.kind = 'competent' and (o.kind = 'national coordinator'
        or not exists (select from delegations e where e.authority_id = a.id)))
    ) as "managedFromHere"
  from authorities a
  where (a.status = 'active' or a.id = :concerned) and a.id in (
    select manager_id from authority_access_managers where authority_id = :own
    union select n.id from authorities n where n.kind = 'national coordinator'
      and n.country = (select country from authorities where id = :concerned)
    union select c.id from authorities c where c.kind = 'commission'
    union select cast(:concerned as integer))
  order by "registeredIt" desc, a.sort_name, a.id`

interface Above extends HelpingAuthority {
  manages: boolean
  registeredIt: boolean
  nationallyAbove: boolean
  managedFromHere: boolean
}

async function listAbove(db: Knex, own: number, concerned: number): Promise<Above[]> {
  const found = await db.raw<{ rows: Above[] }>(ABOVE, { own, concerned })
  return found.rows
}

/** A module of the own authority and the coordinators linked to it there. */
export interface ModuleHelp {
  module: string
  /** The authority is a coordinator in it: there is nobody beside the national coordinator. */
  coordinates: boolean
  coordinators: HelpingAuthority[]
}

const COORDINATORS = `
  select coalesce(m.names ->> :lang, m.names ->> 'en') as module, g.role = 'coordinator' as coordinates,
    coalesce((select json_agg(c order by c."name") from (
      select ${columnsOf('a')} from grant_coordinators l join authorities a on a.id = l.coordinator_id
      where l.grant_id = g.id and a.status = 'active') c), '[]') as coordinators
  from grants g join modules m on m.id = g.module_id
  where g.authority_id = :authorityId
  order by module, m.id`

/** The coordinators of an authority, module by module. */
export async function listModuleHelp(db: Knex, authorityId: number, lang: string): Promise<ModuleHelp[]> {
  const found = await db.raw<{ rows: ModuleHelp[] }>(COORDINATORS, { authorityId, lang })
  return found.rows
}

/** The national coordinators, for everybody to read: contact data of authorities, none of people (A11). [001 1] */
export async function listNationalCoordinators(db: Knex): Promise<HelpingAuthority[]> {
  return db('authorities as a')
    .where({ 'a.kind': 'national coordinator', 'a.status': 'active' })
    .orderBy('a.country')
    .select<HelpingAuthority[]>(db.raw(columnsOf('a')))
}

function columnsOf(a: string): string {
  return `${a}.id, ${a}.country, ${a}.kind, ${a}.official_name as name, ${a}.official_language as lang, ${a}.email, ${a}.telephone`
}
