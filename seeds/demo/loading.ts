import type { Knex } from 'knex'
import { days } from '../../src/platform/clock.ts'
import type { Keyring } from '../../src/platform/secrets.ts'
import type { DemoAuthority } from './authority.ts'
import { demoUsers } from './users.ts'

/** What the parts of the demo world are loaded with. */
export interface Loading {
  db: Knex.Transaction
  keys: Keyring
  now: Date
  authorities: Map<string, number>
  modules: Map<string, number>
  passwordHash: string
  securityCode: string
  /** By username, once they stand. */
  users: Map<string, number>
}

export const SUSPENSION_REASON = 'The tasks of this area have moved to another authority.'

/** When a suspended module was suspended: before its authority was deactivated, else not long ago. */
export const suspendedAt = ({ state }: DemoAuthority, now: Date): Date =>
  state ? new Date(ago(now, state.deactivatedAgo).getTime() - days(1)) : daysAgo(now, 20)

export const daysAgo = (now: Date, count: number): Date => new Date(now.getTime() - days(count))

/** The administrator who acts for an authority: the first one written down. */
export function administratorOf(authority: string): string {
  const found = demoUsers.find(user => user.authority === authority && user.administrator)
  if (!found) throw new Error(`The demo world has no administrator of ${authority}`)
  return found.username
}

/** So many calendar months and days before. */
export function ago(now: Date, { months, days: count }: { months: number; days: number }): Date {
  const day = new Date(now.getTime() - days(count))
  day.setUTCMonth(day.getUTCMonth() - months)
  return day
}

export async function insertAll(db: Knex, table: string, rows: object[]): Promise<void> {
  if (rows.length > 0) await db(table).insert(rows)
}

export function idOf(ids: Map<string, number>, key: string): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`The demo world names ${key}, which it does not have`)
  return id
}
