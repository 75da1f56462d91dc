import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { makeLog } from './platform/log.ts'

const config = readConfig()
const app = buildApp({ config, log: makeLog(config.logLevel), ready: () => Promise.resolve(true) })
const server = app.listen(config.port, config.host, () => process.stdout.write(`IMI: ${config.baseUrl}\n`))
process.once('SIGTERM', () => server.close())
