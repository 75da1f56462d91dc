import type { Server } from 'node:http'
import { demoAccounts, loadDemo } from '../seeds/demo/load.ts'
import { buildApp } from './app.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { prepareDatabase } from './migrate.ts'
import { systemClock } from './platform/clock.ts'
import { connect, connectAsOwner, findServer } from './platform/db/connection.ts'
import { isMigrated } from './platform/db/migrate.ts'
import { makeLog } from './platform/log.ts'
import { startWorker } from './worker.ts'

/** What has to be undone when the process ends, the latest first. */
const open: (() => Promise<void>)[] = []
let ending = false

const starting = start()
process.on('SIGTERM', end)
process.on('SIGINT', end)
await starting.catch(async (error: unknown) => {
  process.stderr.write(`${sentence(error)}\n`)
  await close()
  process.exit(1)
})

async function start(): Promise<void> {
  const config = readConfig()
  const log = makeLog(config.logLevel)
  process.on('unhandledRejection', error => log.error('unhandled rejection', { error }))
  if (config.assumed.length > 0) print(`Not set, so assumed: ${config.assumed.join('  ')}`)

  const server = await findServer(config)
  open.push(server.release)
  if (ending) return
  await prepareDatabase(server.url)
  if (config.mode !== 'production') await prepareDemo(server.url, config)
  const db = connect(server.url)
  open.push(() => db.close())

  const worker = await startWorker({ db, config, clock: systemClock, log })
  open.push(() => worker.stop())
  if (ending) return

  const app = buildApp({
    config,
    db,
    clock: systemClock,
    log,
    ready: async () => !ending && (await isMigrated(db.app)),
  })
  if (ending) return
  const web = await listen(app, config)
  open.push(() => drain(web))
  print(`IMI (${config.mode}) answers at ${config.baseUrl}`)
  if (config.mode === 'demo') print(demoAccounts())
}

/** An empty register becomes the demo's small Europe; what was entered since is kept. */
async function prepareDemo(url: string, { keys }: Config): Promise<void> {
  const owner = connectAsOwner(url)
  await loadDemo(owner, { keys, now: systemClock.now() }).finally(() => owner.destroy())
}

/** SIGTERM, SIGINT: answers what was asked, then closes. npm passes Ctrl-C on a second time, so only a later one forces. */
let firstSignal = 0
function end(): void {
  if (ending) {
    if (Date.now() - firstSignal > 1000) process.exit(1)
    return
  }
  ending = true
  firstSignal = Date.now()
  void starting
    .catch(() => undefined)
    .then(close)
    .then(() => process.exit(0))
}

async function close(): Promise<void> {
  for (let undo = open.pop(); undo; undo = open.pop())
    await undo().catch((error: unknown) => process.stderr.write(`${sentence(error)}\n`))
}

function listen(app: ReturnType<typeof buildApp>, { port, host }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const web = app.listen(port, host, error => (error ? reject(error) : resolve(web)))
  })
}

/** Takes no new visitor, answers those who wait, and after ten seconds leaves the rest. */
async function drain(web: Server): Promise<void> {
  const idle = setInterval(() => web.closeIdleConnections(), 100)
  const limit = setTimeout(() => web.closeAllConnections(), 10_000)
  await new Promise(resolve => web.close(resolve))
  clearInterval(idle)
  clearTimeout(limit)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function sentence(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  const { code, message, port } = error as { code?: string; message: string; port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Stop it, or set PORT to another number.`
  if (code === 'EACCES' && port) return `Port ${port} is not allowed here. Set PORT to a number above 1023.`
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '28P01' || code === '3D000')
    return `The database does not let us in: ${message || code}. Check DATABASE_URL and that PostgreSQL runs.`
  return message
}
