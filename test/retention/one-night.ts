import { readConfig } from '../../src/config.ts'
import { connect } from '../../src/platform/db/connection.ts'
import { makeLog } from '../../src/platform/log.ts'
import { nightlyRules, runNightly } from '../../src/retention/index.ts'

/** A worker's night in a process of its own, at the time of its first argument, to be killed in the middle. */
const config = readConfig()
const db = connect(config.databaseUrl ?? '')
const clock = { now: () => new Date(process.argv[2] ?? '') }
process.send?.('begins')
await runNightly({ db: db.purge, keys: config.keys, clock, log: makeLog('error') }, nightlyRules(config))
await db.close()
