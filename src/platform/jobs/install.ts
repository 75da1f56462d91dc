import pg from 'pg'
import { PgBoss } from 'pg-boss'

export const NIGHTLY_QUEUE = 'nightly'

/** By the clock of Brussels: when few people work, and in the morning, when the digests are due (D8). */
const NIGHTLY = { '': '30 1 * * *', morning: '0 6 * * *' }
const ZONE = 'Europe/Brussels'

/**
 * One line per queue. `short`: at most one waiting job per key. The records hold what must be done again, so a job itself
 * is never retried; what a killed worker leaves is cleared after two minutes.
 */
const QUEUES = {
  mail: { policy: 'short', retryLimit: 0, expireInSeconds: 120, deleteAfterSeconds: 3600 },
  // A task's job goes on as long as there is something to do; a second worker may join after five minutes.
  tasks: { policy: 'short', retryLimit: 0, expireInSeconds: 300, deleteAfterSeconds: 3600 },
  // Its rules ask what is due now, so a run that was killed is made up for by the next one.
  [NIGHTLY_QUEUE]: { policy: 'short', retryLimit: 0, expireInSeconds: 7200, deleteAfterSeconds: 86_400 },
} as const

/** Installs or updates pg-boss and its queues with the rights of the owner, and gives the application what it needs. */
export async function installJobs(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, supervise: false, schedule: false })
  const failures: Error[] = []
  boss.on('error', error => failures.push(error))
  await boss.start()
  try {
    for (const [name, options] of Object.entries(QUEUES)) {
      // createQueue leaves an existing queue as it is; a changed line above must reach it as well.
      const { policy, ...changeable } = options
      await boss.createQueue(name, { policy, ...changeable })
      await boss.updateQueue(name, changeable)
    }
    for (const [key, cron] of Object.entries(NIGHTLY)) await boss.schedule(NIGHTLY_QUEUE, cron, null, { tz: ZONE, key })
  } finally {
    await boss.stop({ graceful: false })
  }
  if (failures[0]) throw failures[0]
  await grantJobs(ownerUrl)
}

async function grantJobs(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`
      grant usage on schema pgboss to imi_app, imi_purge;
      grant select, insert, update, delete on all tables in schema pgboss to imi_app, imi_purge;
      grant usage on all sequences in schema pgboss to imi_app, imi_purge;
      grant execute on all functions in schema pgboss to imi_app, imi_purge;
    `)
  } finally {
    await client.end()
  }
}
