import type { Knex } from 'knex'
import {
  type Action,
  type Actor,
  type AuthorityStanding,
  authorityStandings,
  can,
  type Standing,
  whoCan,
} from './policy.ts'

/**
 * Standings in SQL: what the actor is to an authority `a` (spec/roles.md, "of" and "for"). The same pieces give a record its
 * standings and a list its filter, so the two cannot differ.
 */
export interface Standings {
  sql: string
  values: Record<string, Knex.Value>
}

const HOLDS = `exists (select 1 from grants g where g.authority_id = a.id and g.module_id = any(cast(:reachModules as int[])))`
const HOLDS_OTHER = `exists (select 1 from grants g where g.authority_id = a.id and not g.module_id = any(cast(:reachModules as int[])))`
const OF_RECORD = `exists (select 1 from authority_access_managers m where m.authority_id = a.id and m.manager_id = :reachAuthority)`

const VALIDATED = `a.status <> 'to validate'`
const WAITING = `a.status = 'to validate'`

/**
 * Upwards there is nothing: the Commission manages national coordinators, these the access managers, nobody the Commission. Until it
 * is validated an authority takes part in nothing (E5).
 */
function territory(actor: Actor, status = VALIDATED): string {
  if (actor.imiAdministrator) return `(${status} and a.kind = 'national coordinator')`
  if (!actor.manages) return 'false'
  const inPlace = `a.country = :reachCountry and (cast(:reachRegion as text) is null or a.region = :reachRegion)`
  const below =
    actor.kind === 'national coordinator'
      ? `a.kind = 'competent'`
      : `a.kind = 'competent' and not exists (select 1 from delegations d where d.authority_id = a.id)`
  return `(${status} and a.id <> :reachAuthority and ${below} and ${inPlace})`
}

function managerFor(actor: Actor, status = VALIDATED): string {
  if (!actor.manages || actor.manages.modules === 'all') return territory(actor, status)
  const beingGiven = `(${OF_RECORD} and not exists (select 1 from grants g where g.authority_id = a.id))`
  return `(${territory(actor, status)} and (${HOLDS} or ${beingGiven}))`
}

function managerForPeople(actor: Actor): string {
  if (!actor.manages || actor.manages.modules === 'all') return managerFor(actor)
  return `(${managerFor(actor)} and (${OF_RECORD} or not ${HOLDS_OTHER}))`
}

const always = (holds: boolean): string => (holds ? 'true' : 'false')

const pieces: Record<AuthorityStanding, (actor: Actor) => string> = {
  'signed in': () => 'true',
  member: () => 'a.id = :reachAuthority',
  self: () => 'false',
  administrator: actor => `(a.id = :reachAuthority and ${always(actor.administrator)})`,
  'access manager': actor => always(actor.manages !== null),
  grantor: actor => territory(actor),
  'manager for': actor => managerFor(actor),
  'manager for people': managerForPeople,
  // Who will manage it once it is validated reads it until then.
  'waiting manager': actor => managerFor(actor, WAITING),
  'manager of': actor => (actor.imiAdministrator ? territory(actor) : `(${managerFor(actor)} and ${OF_RECORD})`),
  // Nobody stands above the Commission: its administrators keep its name themselves.
  'validating manager': actor =>
    actor.kind === 'commission'
      ? `(${territory(actor)} or a.id = :reachAuthority and ${always(actor.administrator)})`
      : `(${managerFor(actor)} and a.validating_authority_id = :reachAuthority)`,
  'national coordinator': actor => (actor.kind === 'national coordinator' ? managerFor(actor) : 'false'),
  // What an authority has invited is no authority: the finder of an invitation says who its inviter is.
  inviter: () => 'false',
  // Decides only whether somebody writes requests at all.
  handler: () => 'false',
  'IMI administrator': actor => always(actor.imiAdministrator),
}

function valuesOf(actor: Actor): Standings['values'] {
  const modules = actor.manages && actor.manages.modules !== 'all' ? [...actor.manages.modules] : []
  return {
    reachAuthority: actor.authorityId,
    reachCountry: actor.manages?.country ?? '',
    reachRegion: actor.manages?.region ?? null,
    reachModules: modules,
  }
}

/** The column `standings` of a record whose authority is joined as `a`; `more` adds standings of the record itself. */
export function standingsOf(actor: Actor, more: Partial<Record<Standing, string>> = {}): Standings {
  const cases = Object.entries({
    ...Object.fromEntries(Object.entries(pieces).map(([s, of]) => [s, of(actor)])),
    ...more,
  })
    .filter(([, sql]) => sql !== 'false')
    .map(([standing, sql]) => `case when ${sql} then '${standing}' end`)
  return { sql: `array_remove(array[${cases.join(', ')}], null) as standings`, values: valuesOf(actor) }
}

/** The same for a query that Knex puts together. */
export function standingsColumn(db: Knex, actor: Actor, more: Partial<Record<Standing, string>> = {}): Knex.Raw {
  const { sql, values } = standingsOf(actor, more)
  return db.raw(sql, values)
}

/** Keeps of a list whose authority is joined as `a` what the actor may do this act to: nothing, where `can` says no to any standing. */
export function withinReach<T extends Knex.QueryBuilder>(query: T, actor: Actor, action: Action): T {
  const needed = whoCan(action)
  const enough = authorityStandings.filter(one => needed.includes(one) && can(actor, action, { standings: [one] }))
  const sql = ['false', ...enough.map(standing => pieces[standing](actor))]
  return query.whereRaw(`(${sql.join(' or ')})`, valuesOf(actor)) as T
}
