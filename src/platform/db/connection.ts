import knex, { type Knex } from 'knex'
import pg from 'pg'
import { APPLICATION_NAME, startEmbedded } from './embedded.ts'
import { namer, prepareOften } from './prepared.ts'

/** A database, through the eyes of those who work on it. Pages and jobs never see the owner's connection. */
export interface Database {
  /** What pages and jobs do, as the role imi_app. */
  app: Knex
  /** What the nightly rules of retention do, as the role imi_purge. */
  purge: Knex
  /** As the owner: for migrations, seeds and pg-boss' own tables. */
  url: string
  close(): Promise<void>
}

const { builtins } = pg.types
pg.types.setTypeParser(builtins.INT8, Number)
pg.types.setTypeParser(builtins.DATE, text => text)

/** Opens the pools for a server that is there; a connection is made when the first query asks for one. */
export function connect(url: string, { poolSize = 10 } = {}): Database {
  const app = pool(url, poolSize, 'imi_app')
  const purge = pool(url, Math.min(poolSize, 4), 'imi_purge')
  return {
    app,
    purge,
    url,
    async close() {
      await Promise.all([app.destroy(), purge.destroy()])
    },
  }
}

/** The owner's connection, for migrations, seeds and tools. Destroy it after use. */
export function connectAsOwner(url: string): Knex {
  return pool(url, 4)
}

export interface ServerChoice {
  databaseUrl?: string | undefined
  varDir: string
}

/** The server of DATABASE_URL, or the packaged one; `release` stops the packaged one if nobody else uses it. */
export async function findServer(choice: ServerChoice): Promise<{ url: string; release: () => Promise<void> }> {
  if (choice.databaseUrl) return { url: choice.databaseUrl, release: () => Promise.resolve() }
  const embedded = await startEmbedded(choice.varDir)
  return { url: embedded.url, release: () => embedded.stop() }
}

// Knex would print failures that it throws as well.
const silent = () => undefined

type Done = (error: Error | null | undefined, connection: pg.Client) => void

function pool(url: string, max: number, role?: 'imi_app' | 'imi_purge'): Knex {
  const name = namer()
  return knex({
    client: 'pg',
    connection: { connectionString: url, application_name: APPLICATION_NAME, keepAlive: true },
    log: { warn: silent, error: silent, deprecate: silent, debug: silent },
    acquireConnectionTimeout: 10_000,
    pool: {
      min: 0,
      max,
      afterCreate(connection: pg.Client, done: Done) {
        // A connection that dies while idle is taken out of the pool at its next use.
        connection.on('error', () => undefined)
        if (!role) return done(null, connection)
        prepareOften(connection, name)
        // Pages are many small statements: a plan spread over several processes costs more than it saves.
        const settings = `set role ${role}; set max_parallel_workers_per_gather = 0`
        connection.query(settings, error => done(error, connection))
      },
    },
  })
}
