import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { loadDemo } from '../../seeds/demo/load.ts'
import { buildApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { connectAsOwner } from '../../src/platform/db/connection.ts'
import { isMigrated } from '../../src/platform/db/migrate.ts'
import { makeLog } from '../../src/platform/log.ts'
import { startWorker } from '../../src/worker.ts'
import { freshDatabase } from '../support/database.ts'
import { addressOf } from '../support/http.ts'

export interface DemoSite {
  baseURL: string
  close(): Promise<void>
}

/** The demo world as `npm start` shows it: the application and its worker at a free port, mails in a folder of its own. */
export async function demoSite(): Promise<DemoSite> {
  const db = await freshDatabase()
  const server = createServer()
  const baseURL = await addressOf(server)
  const varDir = join(import.meta.dirname, '../../var/journeys', String(process.pid))
  const keys = { current: 'test', keys: { test: Buffer.alloc(32, 7) } }
  const config: Config = {
    mode: 'demo',
    host: '127.0.0.1',
    port: 0,
    baseUrl: baseURL,
    databaseUrl: db.url,
    mailFrom: 'IMI <no-reply@imi.test>',
    trustProxy: false,
    keys,
    passwordProfile: 'imi',
    varDir,
    logLevel: 'error',
    assumed: [],
  }
  const owner = connectAsOwner(db.url)
  await loadDemo(owner, { keys, now: systemClock.now() }).finally(() => owner.destroy())
  const log = makeLog('error')
  const worker = await startWorker({ db, config, clock: systemClock, log })
  server.on('request', buildApp({ config, db, clock: systemClock, log, ready: () => isMigrated(db.app) }))
  return {
    baseURL,
    async close() {
      await new Promise(resolve => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await worker.stop()
      await db.close()
      rmSync(varDir, { recursive: true, force: true })
    },
  }
}
