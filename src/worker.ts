import { findActor } from './actor.ts'
import { type Config, readConfig } from './config.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { connect, type Database, findServer } from './platform/db/connection.ts'
import { migrate } from './platform/db/migrate.ts'
import { sealHistory } from './platform/db/seal-history.ts'
import { eraseImports } from './imports/index.ts'
import { loadTexts } from './platform/i18n/i18n.ts'
import { type JobsClock, startJobs } from './platform/jobs/boss.ts'
import { NIGHTLY_QUEUE } from './platform/jobs/install.ts'
import { type Log, makeLog } from './platform/log.ts'
import { deliver, type PostOffice } from './platform/mail/deliver.ts'
import { MAIL_QUEUE, type MailJob, requeueDue } from './platform/mail/queue.ts'
import { requeueTasks, runTask, TASK_QUEUE, type TaskJob, type TaskOffice } from './platform/jobs/tasks.ts'
import { mailTransport } from './platform/mail/transport.ts'
import { nightlyRules, runNightly } from './retention/index.ts'
import { taskWorks } from './tasks.ts'

const SWEEP_EVERY = 10_000
const SEAL_EVERY = 60_000
const ERASE_EVERY = 60_000
const AT_ONCE = 2

export interface Worker {
  /** Takes no new job, lets the running ones end their step (20 seconds at most). */
  stop(): Promise<void>
}

interface Around {
  db: Database
  config: Config
  clock: Clock
  log: Log
  /** The time by which jobs are polled for and nights begin; that of the machine when left out. */
  jobsClock?: JobsClock
}

/**
 * Does what waits in the queues, beside any number of other workers: inside the web process on one machine, in processes
 * of their own on many. It looks for due mails at the start and every ten seconds, so nothing depends on a single job; the
 * nightly work is done at the start as well, since nobody makes up for nights in which no worker ran.
 */
export async function startWorker(around: Around): Promise<Worker> {
  const { config, clock, log } = around
  const { app: db, purge } = around.db
  const texts = loadTexts({ strict: config.mode !== 'production' })
  const { keys, baseUrl, mailFrom } = config
  const office: PostOffice = {
    db,
    keys,
    clock,
    log,
    transport: mailTransport(config),
    stationery: { texts, baseUrl, mailFrom },
  }

  const jobs = await startJobs(db, log, around.jobsClock)
  const polling = { batchSize: AT_ONCE, pollingIntervalSeconds: 0.5, burstWhenBatchFull: true }
  await jobs.work<MailJob>(MAIL_QUEUE, polling, async batch => {
    await Promise.all(batch.map(job => deliver(office, job.data.id)))
  })
  let stopping = false
  // A long run that went on would want connections that are taken from it, and keep the process from ending.
  const goOn = () => !stopping
  const tasks: TaskOffice = { db, keys, clock, log, works: taskWorks, findActor }
  await jobs.work<TaskJob>(TASK_QUEUE, { batchSize: 1, pollingIntervalSeconds: 0.5 }, async batch => {
    for (const job of batch) await runTask(tasks, job.data.id, goOn)
  })
  await jobs.work(NIGHTLY_QUEUE, { batchSize: 1, pollingIntervalSeconds: 5 }, () =>
    runNightly({ db: purge, keys, clock, log, goOn }, nightlyRules(config)),
  )
  await jobs.send(NIGHTLY_QUEUE, {}, { singletonKey: 'start' })
  const sweep = repeat(SWEEP_EVERY, log, async () => {
    await requeueDue(db, jobs, clock.now())
    await requeueTasks(db, jobs)
  })
  const sealing = repeat(SEAL_EVERY, log, () => sealHistory({ db: purge, keys, at: clock.now(), goOn }))
  const erasing = repeat(ERASE_EVERY, log, () => eraseImports({ db, keys, clock }))
  return {
    async stop() {
      stopping = true
      await Promise.all([sweep.stop(), sealing.stop(), erasing.stop()])
      await jobs.stop({ graceful: true, close: false, timeout: 20_000 })
    },
  }
}

/** Now and then again, never twice at once; a failure (the database is away) waits for the next time. */
function repeat(every: number, log: Log, work: () => Promise<unknown>): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let running = Promise.resolve()
  const round = () => {
    running = work()
      .catch((error: unknown) => log.error('looking for what is due failed', { error }))
      .then(() => {
        if (!stopped) timer = setTimeout(round, every)
      })
  }
  round()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** `npm run worker`: a worker in a process of its own. */
async function run(): Promise<void> {
  const config = readConfig()
  const log = makeLog(config.logLevel)
  const server = await findServer(config)
  await migrate(server.url)
  const db = connect(server.url, { poolSize: 5 })
  const worker = await startWorker({ db, config, clock: systemClock, log })
  log.info('worker started')

  const stop = async () => {
    await worker.stop()
    await db.close()
    await server.release()
    log.info('worker stopped')
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
}

if (import.meta.main) await run()
