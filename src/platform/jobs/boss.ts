import type { Knex } from 'knex'
import { type Clock as JobsClock, fromKnex, PgBoss } from 'pg-boss'
import type { Log } from '../log.ts'

export type Jobs = PgBoss
export type { JobsClock }

// Its schema stands since the migration; it makes no connection of its own and needs no rights of the owner.
const SHARED = { supervise: false, migrate: false, createSchema: false, schedule: false, reindex: false } as const

/**
 * pg-boss on the application's own pool, for a worker: takes jobs, starts the nightly ones once whatever the number of workers, and
 * clears away jobs that are done or were left behind. `clock`: another time than that of the machine, for tests of nights.
 */
export async function startJobs(db: Knex, log: Log, clock?: JobsClock): Promise<Jobs> {
  const pool = { ...fromKnex(db), ...(clock && { setSessionStatements }) }
  const boss = new PgBoss({
    ...SHARED,
    db: pool,
    supervise: true,
    schedule: true,
    monitorVacuum: false,
    ...(clock && { clock }),
  })
  boss.on('error', error => log.error('jobs', { error }))
  return boss.start()
}

/** Whoever gives a clock has made every session of the database read it. */
const setSessionStatements = (): Promise<void> => Promise.resolve()

/**
 * Puts a job into a queue as part of a transaction. Only one job with the same key waits at a time. pg-boss sends only
 * when started, which costs four small reads here and opens nothing.
 */
export async function enqueue(trx: Knex.Transaction, queue: string, job: object, key: string): Promise<void> {
  const boss = new PgBoss({ ...SHARED, db: fromKnex(trx) })
  const failures: Error[] = []
  boss.on('error', error => failures.push(error))
  await boss.start()
  try {
    await boss.send(queue, job, { singletonKey: key })
  } finally {
    await boss.stop({ graceful: false, close: false })
  }
  if (failures[0]) throw failures[0]
}
