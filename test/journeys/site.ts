import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { inject } from 'vitest'
import { loadDemo } from '../../seeds/demo/load.ts'
import { buildApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import { connectAsOwner } from '../../src/platform/db/connection.ts'
import { isMigrated } from '../../src/platform/db/migrate.ts'
import { makeLog } from '../../src/platform/log.ts'
import { startWorker } from '../../src/worker.ts'
import type { Nightly } from '../retention/nightly.ts'
import { TEST_KEYS, testClock, testConfig } from '../support/app.ts'
import { freshDatabase } from '../support/database.ts'
import { addressOf } from '../support/http.ts'
import { madeOnce } from '../support/templates.ts'

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

const demoTemplate = (now: Date): Promise<string> =>
  madeOnce(inject('databaseServer'), {
    name: inject('demoTemplate'),
    from: inject('databaseTemplate'),
    async fill(url) {
      const owner = connectAsOwner(url)
      await loadDemo(owner, { keys: TEST_KEYS, now }).finally(() => owner.destroy())
    },
  })
