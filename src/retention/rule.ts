import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'

/** One line of the table of what is deleted, erased or told at night. */
export interface Rule<T = unknown> {
  name: string
  /** How long after what a record is due, as PostgreSQL writes it: the reason that stands in the history. */
  after: string
  /** How many are done in one transaction. */
  atOnce: number
  /** Some of what is due at this moment, however many nights were missed; none when all is done. */
  find(db: Knex, at: Date): Promise<T[]>
  /** Does it to those that are still due, and answers with them: safe to be asked twice. */
  apply(c: Change, due: T[]): Promise<T[]>
  /** Who is told of it, in the same transaction. */
  tell?(c: Change, done: T[]): Promise<void>
}

/** A rule for the table, whatever it is about. */
export const rule = <T>(of: Rule<T>): Rule => of as unknown as Rule

/** How many records one look into the database brings. */
export const BATCH = 1000
