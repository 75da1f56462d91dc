import type { Actor } from '../policy.ts'

/** What an access manager may do for others: all modules or chosen ones, in the country or one region of it (C8). */
export interface Delegation {
  modules: 'all' | readonly number[]
  region: string | null
}

/** An authority that is named on a page. */
export interface Named {
  id: number
  name: string
  language: string
}

/** A delegation as the history keeps it: modules by their codes. */
export interface RecordedDelegation {
  delegatedModules: readonly string[]
  region: string | null
}

export type DelegationAct = 'given' | 'widened' | 'narrowed' | 'takenBack'

export interface DelegationChange {
  before: RecordedDelegation
  after: RecordedDelegation
  /** How many authorities of record lost this access manager, and how many of them the national coordinator took over. */
  authorities: number
  takenOver: number
  /** Administrators who became data administrators, or stopped being it. */
  people: number[]
}

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'delegation.given': DelegationChange
    'delegation.widened': DelegationChange
    'delegation.narrowed': DelegationChange
    'delegation.takenBack': DelegationChange
    'accessManager.ended': { manager: number; takenOverBy: number | null; validating: boolean }
  }
}

/** The modules of a delegation, out of the catalogue. */
export const modulesIn = ({ modules }: Delegation, catalogue: readonly number[]): number[] =>
  modules === 'all' ? [...catalogue] : catalogue.filter(id => modules.includes(id))

export function isSame(one: Delegation | null, other: Delegation | null): boolean {
  if (!one || !other) return one === other
  const list = ({ modules }: Delegation) =>
    modules === 'all' ? 'all' : [...modules].toSorted((first, second) => first - second).join()
  return one.region === other.region && list(one) === list(other)
}

/** Whether an access manager keeps everything it has when its delegation becomes another one. */
function keepsAll(before: Delegation, after: Delegation): boolean {
  const place = after.region === null || after.region === before.region
  const { modules } = before
  const kept = after.modules === 'all' ? [] : after.modules
  return place && (after.modules === 'all' || (modules !== 'all' && modules.every(id => kept.includes(id))))
}

/** What is done to an access manager when its delegation becomes another one. */
export function actOf(before: Delegation | null, after: Delegation | null): DelegationAct {
  if (!before) return 'given'
  if (!after) return 'takenBack'
  return keepsAll(before, after) ? 'widened' : 'narrowed'
}

/**
 * Whether this person may decide about everything that changes: somebody whose own role is narrowed to chosen modules gives and
 * takes these only (spec/roles.md: nobody acts on a module outside their standing).
 */
export function mayDecide(actor: Actor, before: Delegation | null, after: Delegation | null): boolean {
  const own = actor.manages?.modules ?? []
  if (own === 'all') return true
  const touched = [before, after].flatMap(delegation => (delegation ? [delegation.modules] : []))
  return touched.every(modules => modules !== 'all' && modules.every(id => own.includes(id)))
}
