import type { Knex } from 'knex'
import { SHOWN_STATUS, type ShownStatus, TITLE, type Worded } from '../authorities/index.ts'
import { rowsOf } from '../platform/db/statement.ts'
import type { Actor, Role, Standing } from '../policy.ts'
import { standingsOf } from '../reach.ts'

/** The reader's own authority: what it is, and how far it is ready to work. */
export interface OwnAuthority {
  id: number
  title: Worded | null
  shownStatus: ShownStatus
  /** What the reader is to it. */
  standings: Standing[]
  users: number
  administrators: number
  neverSignedIn: number
  /** Its administrators have said within the last year that its data are right (B16). */
  confirmed: boolean
  /** It has said what it does, for people abroad who search (B3). */
  classified: boolean
}

const USERS = `(select count(*)::int from users u where u.authority_id = a.id and u.deleted_at is null`

/** Finds the reader's authority and its modules with the reader's roles in them, in one statement. */
export async function findOwnAuthority(
  db: Knex,
  actor: Actor,
  { at, lang }: { at: Date; lang: string },
): Promise<{ authority: OwnAuthority; modules: OwnModule[] }> {
  const standings = standingsOf(actor)
  const [row] = (await rowsOf(
    db,
    `select a.id, ${TITLE}, ${SHOWN_STATUS}, ${standings.sql}, ${USERS}) as users,
      ${USERS} and u.administrator) as administrators,
      ${USERS} and u.first_signed_in_at is null) as "neverSignedIn",
      coalesce(a.data_confirmed_at > cast(:at as timestamptz) - interval '1 year', false) as confirmed,
      (exists (select from authority_policy_areas p where p.authority_id = a.id)
        or exists (select from authority_economic_activities e where e.authority_id = a.id)
        or exists (select from authority_keywords k where k.authority_id = a.id)) as classified,
      (select coalesce(json_agg(module), '[]') from (${MODULES}) module) as modules
    from authorities a where a.id = :authority`,
    { ...standings.values, authority: actor.authorityId, reader: actor.id, titleFor: actor.language, at, lang },
  )) as [Omit<OwnAuthority, 'shownStatus'> & { shown_status: ShownStatus; modules: OwnModule[] }]
  const { shown_status: shownStatus, modules, ...authority } = row
  return { authority: { ...authority, shownStatus }, modules }
}

/** A module of the own authority, what the authority is in it, and what the reader is. */
export interface OwnModule {
  name: string
  role: 'authority' | 'coordinator'
  suspended: boolean
  mine: Role[]
  /** Roles that only one user of the authority holds (B14). */
  heldByOne: Role[]
  /** A coordinator is linked, or none is needed: the authority is one itself. */
  linked: boolean
}

const MODULES = `
  select coalesce(m.names ->> :lang, m.names ->> 'en') as name, g.role, g.status = 'suspended' as suspended,
    array(select r.role from user_roles r where r.user_id = :reader and r.module_id = m.id order by r.role) as mine,
    array(select r.role from users u join user_roles r on r.user_id = u.id
      where u.authority_id = g.authority_id and u.deleted_at is null and r.module_id = m.id
      group by r.role having count(*) = 1 order by r.role) as "heldByOne",
    g.role = 'coordinator' or exists (select from grant_coordinators l where l.grant_id = g.id) as linked
  from grants g join modules m on m.id = g.module_id
  where g.authority_id = a.id
  order by name, m.id`
