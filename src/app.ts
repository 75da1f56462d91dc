import express from 'express'
import helmet from 'helmet'
import type { Config } from './config.ts'
import { explainRefusal } from './help/index.ts'
import { menu } from './menu.ts'
import type { Clock } from './platform/clock.ts'
import type { Database } from './platform/db/connection.ts'
import { filesOf } from './platform/files/files.ts'
import { loadTexts, offered, translatorsOf } from './platform/i18n/i18n.ts'
import { type Log, logRequests } from './platform/log.ts'
import { loadAssets } from './platform/web/assets.ts'
import { csrf } from './platform/web/csrf.ts'
import { errorPages, notFound, refuseNul } from './platform/web/errors.ts'
import { health } from './platform/web/health.ts'
import type { Kernel } from './platform/web/page.ts'
import { mount, type Route } from './platform/web/route.ts'
import { sessions } from './platform/web/session.ts'
import { visits } from './platform/web/visit.ts'
import { loadViews } from './platform/web/views.ts'
import { routes } from './routes.ts'

export interface Parts {
  config: Config
  db: Database
  clock: Clock
  log: Log
  ready: () => Promise<boolean>
  /** What is mounted, where it is not the product: the platform's own tests bring theirs. */
  pages?: readonly Route[]
}

/** The web application, without a port: the middleware in its order, on one screen. */
export function buildApp(parts: Parts): express.Express {
  const kernel = buildKernel(parts)
  const { config, log } = parts
  const secure = config.baseUrl.startsWith('https:')
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')
  // The scheme is that of BASE_URL, whatever a proxy in front forgets to say: it decides whether a cookie is safe to send.
  Object.defineProperty(app.request, 'secure', { get: () => secure })
  app.use(logRequests(log))
  app.use(health(parts.ready))
  app.use('/static', kernel.assets.serve)
  app.use(securityHeaders(secure))
  app.use(express.urlencoded({ extended: false, limit: '512kb', parameterLimit: 5000 }))
  app.use(sessions({ db: kernel.db, clock: parts.clock, keys: config.keys, secure }))
  app.use(visits)
  app.use(refuseNul)
  mount(app, kernel, parts.pages ?? routes(config))
  app.use(notFound)
  app.use(errorPages(kernel))
  return app
}

function buildKernel({ config, db, clock, log }: Parts): Kernel {
  const translators = translatorsOf(loadTexts({ strict: config.mode !== 'production' }))
  return {
    config,
    db: db.app,
    clock,
    log,
    keys: config.keys,
    files: filesOf(config),
    views: loadViews(),
    assets: loadAssets(),
    csrf: csrf(config.keys, { secure: config.baseUrl.startsWith('https:') }),
    translator: lang => translators[offered(lang)],
    menu,
    explain: explainRefusal,
  }
}

const securityHeaders = (secure: boolean) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  })
