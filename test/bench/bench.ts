import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../../src/config.ts'
import { prepareDatabase } from '../../src/migrate.ts'
import { connectAsOwner, findServer } from '../../src/platform/db/connection.ts'
import { loadScale } from '../../seeds/scale/load.ts'
import { CONNECTIONS, type Load, load } from './load.ts'
import { type BenchPage, benchPages } from './pages.ts'
import { record, type Recording } from './record.ts'
import { startApp, startBare } from './servers.ts'

/*
 * npm run bench: requests per second of the application and of the bare server, page by page, on the same database in the same
 * minute. Only the ratios mean anything on another machine. --quick for a look; --only <part of a page's name>;
 * --database <address> instead of an own one in var/bench (it is filled when it is empty). --search measures the searches instead,
 * as ./search.ts says.
 */
const { quick, database, only, search } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    database: { type: 'string' },
    only: { type: 'string' },
    search: { type: 'boolean', default: false },
    scale: { type: 'string' },
  },
}).values
const SCALE = database && quick ? 300 : 12_000
const ROUNDS = quick ? 1 : 5
const MS = quick ? 300 : 1200
/** A server runs for weeks: what is measured is code that Node has compiled, which comes after some thousand requests. */
const WARM_MS = quick ? 150 : 5000

const TRANSACTION = /^(begin|commit)\b/i
const HEAD = ['page', 'app', 'bare', 'ratio', 'p50 ms', 'p95 ms', 'queries', 'bytes']
const varDir = join(import.meta.dirname, '../../var/bench')
if (search) await import('./search.ts')
else await benchPagesOn(await findServer({ databaseUrl: database, varDir }))

async function benchPagesOn(server: Awaited<ReturnType<typeof findServer>>): Promise<void> {
  try {
    await bench(server.url)
  } finally {
    await server.release()
  }
}

async function bench(url: string): Promise<void> {
  const settings = productionSettings(url)
  const config = readConfig(settings)
  await prepareDatabase(url)
  const owner = connectAsOwner(url)
  try {
    const { n } = await owner('authorities')
      .count<{ n: number }[]>('* as n')
      .then(([row]) => row ?? { n: 0 })
    if (n === 0) await loadScale(owner, { count: SCALE, keys: config.keys, now: new Date(), tell: () => undefined })
    await owner('sessions').delete()
    const pages = (await benchPages(owner, config.keys)).filter(({ name }) => name.includes(only ?? ''))
    const recordings = await record(config, url, pages)
    const recorded = pages.filter(page => page.recorded).map(page => recordings.get(page) as Recording)
    const app = await startApp(settings)
    const bare = await startBare({ url, recordings: recorded })
    try {
      process.stdout.write(`${n || SCALE} authorities, ${CONNECTIONS} connections, requests per second\n${row(HEAD)}\n`)
      for (const page of pages) print(page, recordings.get(page), await compare(page, app.port, bare.port))
    } finally {
      await Promise.all([app.stop(), bare.stop()])
    }
  } finally {
    await owner.destroy()
  }
}

/** As in production, with a key of its own, no mail to send, and a proxy's word for where a request comes from. */
function productionSettings(url: string): Record<string, string> {
  return {
    IMI_MODE: 'production',
    DATABASE_URL: url,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'no-reply@bench.example',
    IMI_SECRET: `bench:${randomBytes(32).fill(7).toString('base64')}`,
    BASE_URL: 'http://127.0.0.1',
    TRUST_PROXY: '1',
    VAR_DIR: varDir,
  }
}

interface Comparison {
  app: Load
  bare: Load
  ratio: number
}

/** In turns, so that what else the machine does meets both; of the rounds the one with the middle ratio counts. */
async function compare(page: BenchPage, appPort: number, barePort: number): Promise<Comparison> {
  const toApp = { ...page, port: appPort }
  const toBare = { ...page, port: barePort, request: page.toBare ?? page.request }
  for (const target of [toApp, toBare]) await load(target, { ms: WARM_MS })
  const rounds: Comparison[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const app = await load(toApp, { ms: MS })
    const bare = await load(toBare, { ms: MS })
    rounds.push({ app, bare, ratio: app.perSecond / bare.perSecond })
  }
  rounds.sort((one, other) => one.ratio - other.ratio)
  return rounds[Math.floor(rounds.length / 2)] as Comparison
}

function print(page: BenchPage, recording: Recording | undefined, { app, bare, ratio }: Comparison): void {
  const percentile = (share: number): string => (app.times[Math.floor(app.times.length * share)] ?? 0).toFixed(1)
  const counts = [app.perSecond, bare.perSecond].map(Math.round)
  const asked = recording?.statements.filter(({ text }) => !TRANSACTION.test(text)) ?? []
  const cost = [asked.length, Buffer.byteLength(recording?.body ?? '')]
  const cells = [page.name, ...counts, ratio.toFixed(2), percentile(0.5), percentile(0.95), ...cost]
  process.stdout.write(`${row(cells.map(String))}\n`)
}

function row([name = '', ...figures]: string[]): string {
  return name.padEnd(22) + figures.map(figure => figure.padStart(9)).join('')
}
