import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { buildApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import { isMigrated } from '../../src/platform/db/migrate.ts'
import { makeLog } from '../../src/platform/log.ts'
import { startWorker } from '../../src/worker.ts'
import type { Nightly } from '../retention/nightly.ts'
import { testClock, testConfig } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { demoTemplate } from '../support/demo-world.ts'
import { addressOf } from '../support/http.ts'

export interface DemoSite extends Nightly {
  baseURL: string
  close(): Promise<void>
}

/**
 * The demo world as `npm start` shows it, on the morning of the tests: the application and its worker at a free port, mails in
 * a folder of its own.
 */
export async function demoSite(): Promise<DemoSite> {
  const clock = testClock()
  const db = await freshDatabase(await demoTemplate(clock.now()))
  const server = createServer()
  const baseURL = await addressOf(server)
  const varDir = join(import.meta.dirname, '../../var/journeys', String(process.pid))
  const config: Config = { ...testConfig(), baseUrl: baseURL, databaseUrl: db.url, varDir, logLevel: 'error' }
  const logged: string[] = []
  const log = makeLog('error', line => logged.push(line))
  const worker = await startWorker({ db, config, clock, log })
  server.on('request', buildApp({ config, db, clock, log, ready: () => isMigrated(db.app) }))
  return {
    baseURL,
    db,
    config,
    clock,
    logged,
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
