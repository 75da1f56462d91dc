import express from 'express'
import type { Config } from './config.ts'
import type { Log } from './platform/log.ts'
import { logRequests } from './platform/log.ts'
import { health } from './platform/web/health.ts'

export interface Parts {
  config: Config
  log: Log
  ready: () => Promise<boolean>
}

/** The web application, without a port. */
export function buildApp({ config, log, ready }: Parts): express.Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.use(logRequests(log))
  app.use(health(ready))
  app.get('/', (_req, res) => {
    res.send('<!doctype html><html lang="en"><title>IMI</title><h1>IMI</h1></html>')
  })
  return app
}
