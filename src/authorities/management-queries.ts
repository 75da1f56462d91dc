import type { Knex } from 'knex'
import type { Names } from '../modules/index.ts'
import { type Page, paginate } from '../platform/web/list.ts'

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
  select a.registered_at as "registeredAt", a.deactivated_at + interval '6 months' as "deletedOn",
    ${neighbours('authority_access_managers', 'authority_id', 'manager_id')} as "accessManagers",
    (select ${NEIGHBOUR} from authorities n where n.id = a.validating_authority_id) as "validatingAuthority",
    ${neighbours('linked_authorities', 'authority_id', 'observer_id')} as "linkedAuthorities",
    (select coalesce(json_agg(json_build_object('name', u.given_name || ' ' || u.family_name, 'email', u.email, 'telephone', u.telephone)
        order by u.family_name, u.given_name, u.id), '[]')
      from users u where u.authority_id = a.id and u.administrator and u.deleted_at is null) as administrators
  from authorities a where a.id = ?`

/** Who manages an authority, who sees its overview, and who administers it. */
export async function findManagement(db: Knex, id: number): Promise<Management> {
  const found = await db.raw<{ rows: [Management] }>(MANAGEMENT, [id])
  return found.rows[0]
}

/** What is shown of an authority's history: changes of the authority, of its modules, and that people came and went. */
export const historyEvents = [
  'authority.registered',
  'authority.edited',
  'authority.classified',
  'user.registered',
  'grant.given',
  'grant.settingsChanged',
  'grant.suspended',
  'grant.restored',
  'grant.roleChanged',
  'grant.coordinatorsChanged',
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

/** The history of updates of an authority, newest first [000 3.1.3]. */
export function listHistory(
  db: Knex,
  authorityId: number,
  ask: { search: { after: string; before: string }; path: string },
): Promise<Page<HistoryEntry>> {
  const query = db('audit_events as e')
    .leftJoin('audit_values as v', 'v.event_id', 'e.id')
    .leftJoin('users as u', 'u.id', 'e.actor_id')
    .leftJoin('authorities as by', 'by.id', 'e.actor_authority_id')
    .joinRaw(`left join modules m on m.code = v.details->>'module'`)
    .where('e.authority_id', authorityId)
    .whereIn('e.event', historyEvents)
    .select({
      id: 'e.id',
      at: 'e.at',
      event: 'e.event',
      subjectId: 'e.subject_id',
      actor: db.raw(`coalesce(u.given_name || ' ' || u.family_name, e.actor_name)`),
      actorAuthority: 'by.official_name',
      details: 'v.details',
      moduleNames: 'm.names',
    })
  return paginate<HistoryEntry>(query, {
    ...ask,
    sort: [{ column: 'e.id', field: 'id', type: 'integer', descending: true }],
  })
}
