import type { Knex } from 'knex'
import { rowsOf } from './platform/db/statement.ts'
import type { Actor, AuthorityKind, Role, Territory } from './policy.ts'

/** What the sessions table and its joins know of one visit: the stage of signing in and, behind it, the actor. */
export interface Visit {
  stage: 'code' | 'change' | 'full'
  createdAt: Date
  seenAt: Date
  notice: Notice | null
  resume: string | null
  userId: number
  actor: Actor
}

/** A message for the next page only: a locale key and its values. */
export interface Notice {
  kind: 'success' | 'info' | 'warning'
  key: string
  values: Record<string, string | number>
}

const ACTOR = `
    u.id, u.given_name, u.family_name, u.email, u.language, u.administrator, u.imi_administrator, u.data_administrator,
    a.id as authority_id, a.official_name, a.official_language, a.country, a.kind, a.status,
    d.region, d.all_modules,
    (select coalesce(array_agg(module_id), '{}') from delegation_modules where authority_id = a.id) as delegated,
    (select coalesce(array_agg(module_id), '{}') from user_data_modules where user_id = u.id) as chosen,
    (select coalesce(json_agg(json_build_object('moduleId', r.module_id, 'role', r.role)), '[]')
       from user_roles r where r.user_id = u.id) as roles`

const AUTHORITY = `
  join authorities a on a.id = u.authority_id and a.status <> 'to validate'
  left join delegations d on d.authority_id = a.id`

const VISIT = `
  select s.stage, s.created_at, s.seen_at, s.notice, s.resume, ${ACTOR}
  from sessions s
  join users u on u.id = s.user_id and u.deleted_at is null ${AUTHORITY}
  where s.id_hash = :idHash and s.seen_at > :idleSince and s.created_at > :openedSince
    and (s.stage <> 'full' or not u.password_temporary)`

interface VisitRow extends ActorRow {
  stage: Visit['stage']
  created_at: Date
  seen_at: Date
  notice: Notice | null
  resume: string | null
}

interface ActorRow {
  id: number
  given_name: string
  family_name: string
  email: string
  language: string
  administrator: boolean
  imi_administrator: boolean
  data_administrator: 'none' | 'all' | 'chosen'
  authority_id: number
  official_name: string
  official_language: string
  country: string
  kind: AuthorityKind
  status: string
  region: string | null
  all_modules: boolean | null
  delegated: number[]
  chosen: number[]
  roles: { moduleId: number; role: Role }[]
}

/** The visit behind a session id's digest, unless it has been idle or open too long: one statement. */
export async function findVisit(
  db: Knex,
  idHash: string,
  limits: { idleSince: Date; openedSince: Date },
): Promise<Visit | undefined> {
  const [row] = await rowsOf<VisitRow>(db, VISIT, { idHash, ...limits })
  if (!row) return undefined
  const { stage, created_at: createdAt, seen_at: seenAt, notice, resume } = row
  return { stage, createdAt, seenAt, notice, resume, userId: row.id, actor: actorFrom(row) }
}

/** A user as actor, for work that goes on after the visit: with the rights of this moment, not of the moment it was asked for. */
export async function findActor(db: Knex, userId: number): Promise<Actor | undefined> {
  const [row] = await rowsOf<ActorRow>(
    db,
    `select ${ACTOR} from users u ${AUTHORITY} where u.id = :userId and u.deleted_at is null`,
    { userId },
  )
  return row && actorFrom(row)
}

function actorFrom(row: ActorRow): Actor {
  const deactivated = row.status === 'deactivated'
  return {
    id: row.id,
    name: `${row.given_name} ${row.family_name}`,
    email: row.email,
    language: row.language,
    authorityId: row.authority_id,
    authorityName: row.official_name,
    authorityLanguage: row.official_language,
    country: row.country,
    kind: row.kind,
    deactivated,
    administrator: row.administrator,
    imiAdministrator: row.imi_administrator,
    manages: deactivated ? null : territoryOf(row),
    roles: row.roles,
  }
}

/** The delegation of the authority, cut down to the modules for which this person, one of its administrators, is data administrator. */
function territoryOf(row: ActorRow): Territory | null {
  if (!row.administrator || row.data_administrator === 'none') return null
  const national = row.kind === 'national coordinator'
  if (!national && row.all_modules === null) return null
  const given: Territory['modules'] = national || row.all_modules ? 'all' : row.delegated
  const own: Territory['modules'] = row.data_administrator === 'all' ? 'all' : row.chosen
  const modules = intersection(given, own)
  // Who was narrowed to what the delegation does not hold (any more) manages nothing.
  if (modules.length === 0) return null
  return { country: row.country, region: national ? null : row.region, modules }
}

function intersection(one: Territory['modules'], other: Territory['modules']): Territory['modules'] {
  if (one === 'all') return other
  if (other === 'all') return one
  return one.filter(id => other.includes(id))
}
