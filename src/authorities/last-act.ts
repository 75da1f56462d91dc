import type { Knex } from 'knex'
import { nameAt } from './name-at.ts'

/** The last of some acts: when it was, and who did it; where that was no user, `system:` and which one (actorInWords says it). */
export interface LastAct {
  at: Date
  by: string | null
}

/** Finds the last act of the history among those that are asked for, for somebody who was overtaken by it. */
export const findLastAct = (
  db: Knex,
  among: (acts: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<LastAct | undefined> =>
  among(db('audit_events as e').leftJoin('users as u', 'u.id', 'e.actor_id'))
    .orderBy('e.id', 'desc')
    .first<LastAct | undefined>('e.at', db.raw(`coalesce(${nameAt('u', 'e.at', 'e.actor_id')}, e.actor_name) as by`))
