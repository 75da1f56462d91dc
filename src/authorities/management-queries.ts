import type { Knex } from 'knex'
import type { Names } from '../modules/index.ts'
import { z } from 'zod'
import { rowsOf } from '../platform/db/statement.ts'
import { listQuery, type Page, paginate } from '../platform/web/list.ts'
import { nameAt } from './name-at.ts'

/** An authority that has to do with another one, with what one needs to reach it. */
export interface Neighbour {
  id: number
  name: string
  language: string
  email: string
  telephone: string
}

/** What the tab Managing information shows, without the history (B7, [000 3.1.3]). */
export interface Management {
  registeredAt: Date
  /** The day on which a deactivated authority is deleted (B13). */
  deletedOn: Date | null
  accessManagers: Neighbour[]
  validatingAuthority: Neighbour | null
  linkedAuthorities: Neighbour[]
  administrators: { name: string; email: string; telephone: string }[]
}

const NEIGHBOUR = `json_build_object('id', n.id, 'name', n.official_name, 'language', n.official_language, 'email', n.email,
  'telephone', n.telephone)`

const neighbours = (link: string, own: string, other: string): string => `
  (select coalesce(json_agg(${NEIGHBOUR} order by n.sort_name, n.id), '[]') from ${link} x join authorities n on n.id = x.${other}
    where x.${own} = a.id)`

const MANAGEMENT = `
  select a.registered_at as "registeredAt", (a.deactivated_at at time zone 'UTC' + interval '6 months') at time zone 'UTC' as "deletedOn",
    ${neighbours('authority_access_managers', 'authority_id', 'manager_id')} as "accessManagers",
    (select ${NEIGHBOUR} from authorities n where n.id = a.validating_authority_id) as "validatingAuthority",
    ${neighbours('linked_authorities', 'authority_id', 'observer_id')} as "linkedAuthorities",
    (select coalesce(json_agg(json_build_object('name', u.given_name || ' ' || u.family_name, 'email', u.email, 'telephone', u.telephone)
        order by u.family_name, u.given_name, u.id), '[]')
      from users u where u.authority_id = a.id and u.administrator and u.deleted_at is null) as administrators
  from authorities a where a.id = :id`

/** Who manages an authority, who sees its overview, and who administers it. */
export async function findManagement(db: Knex, id: number): Promise<Management> {
  const [management] = (await rowsOf(db, MANAGEMENT, { id })) as [Management]
  return management
}

/** What is shown of an authority's history: changes of the authority, of its modules, and that people came and went. */
export const historyEvents = [
  'authority.registered',
  'authority.handedIn',
  'authority.validated',
  'authority.edited',
  'authority.classified',
  'authority.confirmed',
  'authority.managerAdded',
  'authority.managerRemoved',
  'authority.linked',
  'authority.linkEnded',
  'authority.reminded',
  'authority.written',
  'register.added',
  'register.edited',
  'register.deleted',
  'keyword.proposed',
  'keyword.decided',
  'user.registered',
  'user.edited',
  'user.rolesChanged',
  'user.usernameChanged',
  'user.passwordReset',
  'user.reminded',
  'user.replaced',
  'user.deleted',
  'authority.deactivated',
  'authority.reactivated',
  'grant.coordinatorGone',
  'grant.given',
  'grant.settingsChanged',
  'grant.suspended',
  'grant.restored',
  'grant.roleChanged',
  'grant.coordinatorsChanged',
  'delegation.given',
  'delegation.widened',
  'delegation.narrowed',
  'delegation.takenBack',
  'accessManager.ended',
  'nationalCoordinator.registered',
  'nationalCoordinator.replaced',
  'nationalCoordinator.appointed',
  'request.forward',
] as const
export type HistoryEvent = (typeof historyEvents)[number]

/** One act in the history of an authority, with its values. */
export interface HistoryEntry {
  id: string
  at: Date
  event: HistoryEvent
  subjectId: number
  actor: string | null
  actorAuthority: string | null
  details: Record<string, unknown> | null
  /** Of the module that the act concerns. */
  moduleNames: Names | null
}

/** What of the history is asked for: acts of one kind, of one year, or all. */
export type HistorySearch = z.output<typeof historySearch>
export const historySearch = z.object({
  year: z
    .string()
    .regex(/^20\d\d$/)
    .or(z.literal(''))
    .catch(''),
  event: z.enum(historyEvents).or(z.literal('')).catch(''),
  after: listQuery.after,
  before: listQuery.before,
})

/** The years in which something was done to an authority, the latest first. */
export async function listHistoryYears(db: Knex, authorityId: number): Promise<number[]> {
  const [years] = await rowsOf<{ first: number | null; last: number | null }>(
    db,
    `select extract(year from min(at))::int as first, extract(year from max(at))::int as last
     from audit_events where authority_id = :authorityId`,
    { authorityId },
  )
  const { first, last } = years ?? {}
  return first && last ? Array.from({ length: last - first + 1 }, (_, i) => last - i) : []
}

/**
 * The history of updates of an authority, newest first [000 3.1.3]. What it has forwarded its own people read only (`own`): whoever
 * manages its access sees nothing of its requests.
 */
export function listHistory(
  db: Knex,
  authorityId: number,
  { own, ...ask }: { search: HistorySearch; path: string; own: boolean },
): Promise<Page<HistoryEntry>> {
  const { year, event } = ask.search
  const query = db('audit_events as e')
    .leftJoin('audit_values as v', 'v.event_id', 'e.id')
    .leftJoin('users as u', 'u.id', 'e.actor_id')
    .leftJoin('authorities as by', 'by.id', 'e.actor_authority_id')
    .joinRaw(`left join modules m on m.code = v.details->>'module'`)
    .where('e.authority_id', authorityId)
    .whereIn('e.event', event ? [event] : historyEvents)
    .select({
      id: 'e.id',
      at: 'e.at',
      event: 'e.event',
      subjectId: 'e.subject_id',
      actor: db.raw(`coalesce(${nameAt('u', 'e.at', 'e.actor_id')}, e.actor_name)`),
      actorAuthority: db.raw(
        `coalesce(by.official_name, (select t.official_name from tombstones t where t.authority_id = e.actor_authority_id))`,
      ),
      details: 'v.details',
      moduleNames: 'm.names',
    })
  if (!own) void query.whereNot('e.event', 'request.forward')
  if (year) void query.whereBetween('e.at', [`${year}-01-01T00:00:00Z`, `${year}-12-31T23:59:59.999Z`])
  return paginate<HistoryEntry>(query, {
    ...ask,
    sort: [{ column: 'e.id', field: 'id', type: 'integer', descending: true }],
  })
}

/** Where one person's leaving would stop an authority (B14, [001 4]). */
export interface Thin {
  onlyAdministrator: boolean
  /** Modules of the catalogue in the reader's language, with the roles that one user holds. */
  heldByOne: { module: string; roles: string[] }[]
}

const THIN = `
  select (select count(*) = 1 from users u where u.authority_id = :id and u.administrator and u.deleted_at is null)
      as "onlyAdministrator",
    (select coalesce(json_agg(json_build_object('module', m.module, 'roles', m.roles) order by m.module), '[]') from (
      select module, json_agg(role order by role) as roles from (
        select coalesce(m.names->>:lang, m.names->>'en') as module, r.role
        from users u join user_roles r on r.user_id = u.id join modules m on m.id = r.module_id
          join grants g on g.module_id = m.id and g.authority_id = u.authority_id
        where u.authority_id = :id and u.deleted_at is null
        group by m.id, r.role having count(*) = 1) alone
      group by module) m) as "heldByOne"`

/** In SQL: how many roles in modules of an authority joined as `a` one user holds alone (B14). */
export const HELD_BY_ONE = `
  (select count(*)::int from (
    select from users u join user_roles r on r.user_id = u.id
      join grants g on g.module_id = r.module_id and g.authority_id = u.authority_id
    where u.authority_id = a.id and u.deleted_at is null
    group by r.module_id, r.role having count(*) = 1) alone)`

/** Finds whether an authority has one administrator only, or a role in a module with one holder. */
export async function findThin(db: Knex, lang: string, id: number): Promise<Thin> {
  const [thin] = (await rowsOf(db, THIN, { id, lang })) as [Thin]
  return thin
}
