import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { packagedPostgres, type Postgres } from './postgres-binaries.ts'

export interface Embedded {
  /** The database `imi`, as its owner, who is no superuser. */
  url: string
  pid: number
  /** Stops the server, unless another process of the product still works with it. */
  stop(): Promise<void>
}

/** The name our connections bear, by which one process sees that another still needs the server. */
export const APPLICATION_NAME = 'open-imi'

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // a path below a deep directory would be too long for a socket
  shared_buffers: '128MB',
  max_connections: '100',
  max_wal_size: '512MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The rows of people have no place in a log file.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}

/**
 * Runs the packaged PostgreSQL with its data in `dir`, made at the first start: finds a server that runs there already, recovers what a
 * crash left. The server survives a kill of this process and is found again by the next one; a killed server is started again.
 * @throws Error with PostgreSQL's own words when it does not start
 */
export async function startEmbedded(dir: string, settings: Record<string, string> = {}): Promise<Embedded> {
  const postgres = await packagedPostgres()
  const cluster = join(dir, 'postgres')
  const place: Place = { postgres, cluster, password: passwordIn(dir), settings: { ...settings }, leaving: false }
  await createCluster(postgres, dir, cluster)
  await postgres.own(cluster)

  let presence = await stay(place, await untilRunning(place), revive)
  let reviving = Promise.resolve()
  function revive(): void {
    if (place.leaving) return
    reviving = untilRunning(place)
      .then(server => stay(place, server, revive))
      .then(again => void (presence = again))
      .catch(() => void setTimeout(revive, 1000))
  }
  return {
    url: addressOf(place, presence.server),
    pid: presence.server.pid,
    async stop() {
      place.leaving = true
      await reviving
      await presence.leave()
      await stopUnlessUsed(place)
    },
  }
}

interface Place {
  postgres: Postgres
  cluster: string
  password: string
  settings: Record<string, string>
  leaving: boolean
}

interface Server {
  pid: number
  port: number
}

async function untilRunning(place: Place): Promise<Server> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const server = await findRunning(place)
    if (server) {
      place.settings.port = String(server.port) // the pools of this process know it: started again, it must be there again
      return server
    }
    const refusal = isRunning(place) ? undefined : await start(place)
    if (Date.now() > deadline || place.leaving)
      throw new Error(refusal ?? `PostgreSQL in ${place.cluster} does not answer.`)
    await pause(refusal ? 500 : 100)
  }
}

/** One connection that is always there tells other processes that the server is needed, and this one that it is gone. */
async function stay(
  place: Place,
  server: Server,
  onGone: () => void,
): Promise<{ server: Server; leave(): Promise<void> }> {
  const client = new pg.Client({ connectionString: addressOf(place, server), application_name: APPLICATION_NAME })
  client.on('error', () => undefined)
  await client.connect()
  client.on('end', onGone)
  return { server, leave: () => client.end() }
}

const addressOf = ({ password }: Place, { port }: Server) => `postgres://imi:${password}@127.0.0.1:${port}/imi`

function passwordIn(dir: string): string {
  const file = join(dir, 'postgres-password')
  mkdirSync(dir, { recursive: true })
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, randomBytes(24).toString('hex'), { mode: 0o600 })
    if (!existsSync(file)) renameSync(draft, file)
  }
  return readFileSync(file, 'utf8').trim()
}

/** Made aside and put in place in one step: a kill in the middle leaves nothing half made. */
async function createCluster(postgres: Postgres, dir: string, cluster: string): Promise<void> {
  if (existsSync(cluster)) return
  const draft = mkdtempSync(join(dir, 'postgres-new-'))
  try {
    await postgres.own(draft)
    const text = '--encoding=UTF8 --locale-provider=icu --icu-locale=und --locale=C'.split(' ')
    const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${join(dir, 'postgres-password')}`]
    await postgres.run('initdb', [`--pgdata=${draft}`, ...text, ...access, '--no-instructions', '--no-sync'])
    if (!existsSync(cluster)) renameSync(draft, cluster)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** Answers PostgreSQL's own words when it refused. */
async function start({ postgres, cluster, settings }: Place): Promise<string | undefined> {
  const log = join(cluster, 'server.log')
  forgetKilled(cluster)
  const all = { port: String(await freePort()), ...SETTINGS, ...settings }
  const options = Object.entries(all).map(([name, value]) => `-c ${name}='${value}'`)
  try {
    await postgres.run('pg_ctl', ['start', '-w', '-t', '50', '-D', cluster, '-l', log, '-o', options.join(' ')])
    return undefined
  } catch {
    const words = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-3).join('\n') : ''
    return `PostgreSQL did not start. It says in ${log}:\n${words}`
  }
}

/** A killed server leaves its file behind; after a restart of the machine its number may be another program's. */
function forgetKilled(cluster: string): void {
  const pid = postmaster(cluster)?.pid
  if (pid && !existsSync(`/proc/${pid}`)) return // PostgreSQL sees by itself that nobody has this number
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

function isRunning({ postgres, cluster }: Place): boolean {
  const pid = postmaster(cluster)?.pid
  return pid !== undefined && postgres.isServer(pid, cluster)
}

async function findRunning(place: Place): Promise<Server | undefined> {
  const server = postmaster(place.cluster)
  return server?.ready && (await asSuperuser(place, createOwner)) ? server : undefined
}

/** The owner migrates and may make roles; like on a given server it is no superuser. */
async function createOwner(client: pg.Client, password: string): Promise<true> {
  const { rows } = await client.query("select 1 from pg_database where datname = 'imi'")
  if (rows.length > 0) return true
  await client.query(`do $$ begin create role imi login createrole createdb password '${password}';
    exception when duplicate_object or unique_violation then null; end $$`)
  await client.query('create database imi owner imi').catch((error: { code?: string }) => {
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
  return true
}

/** Undefined when nobody answers. */
async function asSuperuser<T>(
  { cluster, password }: Place,
  work: (client: pg.Client, password: string) => Promise<T>,
): Promise<T | undefined> {
  const port = postmaster(cluster)?.port
  if (!port) return undefined
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch {
    return undefined
  }
  return work(client, password).finally(() => client.end())
}

async function stopUnlessUsed(place: Place): Promise<void> {
  if (await asSuperuser(place, stillUsed)) return
  await place.postgres
    .run('pg_ctl', ['stop', '-w', '-t', '30', '-m', 'fast', '-D', place.cluster])
    .catch((error: unknown) => {
      if (isRunning(place)) throw error
    })
}

/** Our own connections need a moment to go after the pools are closed. */
async function stillUsed(client: pg.Client): Promise<boolean> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const { rows } = await client.query('select 1 from pg_stat_activity where application_name = $1', [
      APPLICATION_NAME,
    ])
    if (rows.length === 0) return false
    await pause(100)
  }
  return true
}

/** What the server wrote about itself: number, data, start, port, socket, address, memory, state. */
function postmaster(cluster: string): { pid: number; port: number; ready: boolean } | undefined {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (!address || typeof address === 'string') throw new Error('No free port on 127.0.0.1.')
  return address.port
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
