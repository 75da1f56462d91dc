import type { Knex } from 'knex'
import type { Change } from '../../platform/db/change.ts'
import type { Recorded } from '../protection/record-act.ts'
import { lockParts } from '../queries.ts'

/** What time does to requests: a line of the nightly table, one record after the other. */
export interface RequestNight {
  name: string
  /** After what time it happens, as PostgreSQL writes it. */
  after: string
  /** Numbers of requests or parts for which it is due. */
  find(db: Knex, at: Date): Promise<number[]>
  /** Does it, and answers whether it was still due. */
  apply(c: Change, id: number): Promise<boolean>
}

/** How many one look into the database brings. */
export const BATCH = 1000

/** So many calendar months or days before the moment `:at`, whatever the time zone of the database. */
export const before = (interval: string): string =>
  `((cast(:at as timestamptz) at time zone 'UTC' - interval '${interval}') at time zone 'UTC')`

/**
 * Finds what is due by a statement that gives numbers, and asks the same of one number once it is held: whoever acted meanwhile has
 * acted. The statement ends with its condition; `column` is the number in it.
 */
export function due(
  sql: string,
  column: string,
  more: (at: Date) => Record<string, Knex.Value> = () => ({}),
): { find: RequestNight['find']; still: (c: Change, id: number) => Promise<boolean> } {
  return {
    find: async (db, at) => {
      const found = await db.raw<{ rows: { id: number }[] }>(`${sql} order by ${column} limit ${BATCH}`, {
        at,
        ...more(at),
      })
      return found.rows.map(({ id }) => id)
    },
    still: async (c, id) => {
      const found = await c.db.raw<{ rows: unknown[] }>(`${sql} and ${column} = :id`, { at: c.at, id, ...more(c.at) })
      return found.rows.length > 0
    },
  }
}

/** Holds a request, whose every step waits for it. The history of acts keeps it under the number of its first part. */
export async function hold(c: Change, requestId: number): Promise<Recorded> {
  const parts = await lockParts(c.db, requestId)
  return { id: parts[0]?.id ?? 0, requestId, number: parts[0]?.number ?? '' }
}
