import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Knex } from 'knex'
import { loadScale } from '../../seeds/scale/load.ts'
import { prepareDatabase } from '../../src/migrate.ts'
import { connect, connectAsOwner, findServer } from '../../src/platform/db/connection.ts'
import type { Actor } from '../../src/policy.ts'
import { authoritySearch, managedSearch } from '../../src/search/forms.ts'
import { searchManaged } from '../../src/search/managed-queries.ts'
import { searchUsers } from '../../src/search/people-queries.ts'
import { searchAuthorities } from '../../src/search/queries.ts'

/*
 * npm run bench -- --search: how long the searches take, in milliseconds: from asking the database to its answer, and of that what
 * PostgreSQL's own process worked, which says the same on a machine that does other things too (Linux only). --scale <number of authorities>; --database <address> instead of an own one in var/bench-search, filled when empty.
 */
const { scale, database } = parseArgs({
  options: { search: { type: 'boolean' }, scale: { type: 'string', default: '120000' }, database: { type: 'string' } },
}).values
const AT = new Date()
const NOW = { at: AT, profile: 'imi' } as const
const ROUNDS = 40
const server = await findServer({
  databaseUrl: database,
  varDir: join(import.meta.dirname, '../../var/bench-search'),
})
try {
  await bench(server.url)
} finally {
  await server.release()
}

interface Values {
  countries: string[]
  modules: string[]
  regions: { code: string; country: string }[]
  policyAreas: string[]
  activities: string[]
  languages: string[]
  words: string[]
  cities: string[]
}

async function bench(url: string): Promise<void> {
  await prepareDatabase(url)
  const owner = connectAsOwner(url)
  const db = connect(url, { poolSize: 1 })
  try {
    await fill(owner)
    const values = await survey(owner)
    const actor = await nationalCoordinator(owner, 'DE')
    const [backend] = (await db.app.raw<{ rows: { pid: number }[] }>('select pg_backend_pid() as pid')).rows
    const head = ['p50', 'p95', 'most', 'worked', 'p95', 'most'].map(text => text.padStart(8)).join('')
    process.stdout.write(`${'query'.padEnd(40)}${head}\n`)
    for (const [name, ask] of Object.entries(queries(db.app, actor, dice(values))))
      await measure(name, ask, backend?.pid ?? 0)
  } finally {
    await db.close()
    await owner.destroy()
  }
}

async function measure(name: string, ask: () => Promise<unknown>, pid: number): Promise<void> {
  for (let n = 0; n < 8; n += 1) await ask()
  const times: number[] = []
  const worked: number[] = []
  for (let n = 0; n < ROUNDS * (name.startsWith('any') ? 10 : 1); n += 1) {
    const [began, work] = [performance.now(), workOf(pid)]
    await ask()
    times.push(performance.now() - began)
    worked.push(workOf(pid) - work)
  }
  const figures = [...percentiles(times), ...percentiles(worked)].map(figure => figure.toFixed(1).padStart(8))
  process.stdout.write(`${name.padEnd(40)}${figures.join('')}\n`)
}

function percentiles(times: number[]): number[] {
  const sorted = times.toSorted((one, other) => one - other)
  return [0.5, 0.95, 1].map(share => sorted[Math.ceil(sorted.length * share) - 1] ?? 0)
}

/** Milliseconds for which the process had a processor. */
function workOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return 0
  }
}

/** A made-up Europe in which some people are blocked and some passwords have expired. */
async function fill(db: Knex): Promise<void> {
  const keys = { current: 'bench', keys: { bench: Buffer.alloc(32, 7) } }
  if (await db('authorities').first('id')) return
  await loadScale(db, { count: Number(scale), keys, now: AT, tell: () => undefined })
  await db.raw('update users set blocked_at = now() where id % 499 = 0')
  await db.raw(`update users set password_set_at = now() - interval '1 year' where id % 37 = 0`)
  await db.raw(`update authority_changes set at = at - authority_id % 5000 * interval '1 hour'`)
  for (const table of ['users', 'authority_changes']) await db.raw('vacuum (analyze) ??', [table])
}

async function survey(db: Knex): Promise<Values> {
  const common = await db.raw<{ rows: { word: string }[] }>(
    `select word from ts_stat('select words from authority_search') where word not like '^%' order by ndoc desc limit 150`,
  )
  return {
    countries: await db('countries').whereNot('code', 'EU').pluck('code'),
    modules: (await db('modules').pluck<number[]>('id')).map(String),
    regions: await db('regions').select('code', 'country'),
    policyAreas: await db('policy_areas').pluck('code'),
    activities: await db('economic_activities').pluck('code'),
    languages: await db
      .with('spoken', db('countries').select(db.raw('distinct unnest(languages) as code')))
      .from('spoken')
      .pluck('code'),
    words: common.rows.map(({ word }) => word),
    cities: await db('authorities').distinct('city').limit(200).pluck('city'),
  }
}

async function nationalCoordinator(db: Knex, country: string): Promise<Actor> {
  const authority = await db('authorities').where({ country, kind: 'national coordinator' }).first()
  return {
    ...{
      id: 0,
      name: '',
      email: '',
      language: 'en',
      authorityId: authority.id,
      authorityName: '',
      authorityLanguage: 'de',
    },
    ...{ country, kind: 'national coordinator', deactivated: false, administrator: true, imiAdministrator: false },
    ...{ manages: { country, region: null, modules: 'all' }, roles: [] },
  }
}

/** Always the same throws. */
function dice(values: Values) {
  let state = 42
  const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below
  const one = <T>(list: readonly T[]): T => list[next(list.length)] as T
  return { values, next, one }
}

function queries(db: Knex, actor: Actor, { values, next, one }: ReturnType<typeof dice>) {
  const general = (ask: () => object) => () => searchAuthorities(db, 'en', authoritySearch.parse(ask()))
  const managed = (ask: () => object) => () =>
    searchManaged(db, actor, managedSearch.parse({ mine: 'no', ...ask() }), NOW)
  const people = (ask: () => string) => () => searchUsers(db, actor, managedSearch.parse({ mine: 'no', q: ask() }), NOW)
  const maybe = <T extends object>(ask: () => T): object => (next(3) === 0 ? ask() : {})
  const regional = (): object => {
    const { code, country } = one(values.regions)
    return { country, region: code }
  }
  const word = (): string => one(values.words)
  const start = (): string => word().slice(0, 1 + next(4))
  const anyWords = (): object => ({ q: [word(), start(), one(values.cities), word()].slice(next(4)).join(' ') })
  const place = (): object => ({ after: key([String.fromCharCode(97 + next(26)), '1']) })
  const anySort = (): object => ({ sort: one(['name', 'status', 'changed']) })
  return {
    'search: nothing': general(() => ({})),
    'search: nothing, deep': general(place),
    'search: common word': general(() => ({ q: word() })),
    'search: one letter': general(() => ({ q: word().slice(0, 1) })),
    'search: three letters': general(() => ({ q: word().slice(0, 3) })),
    'search: two common words': general(() => ({ q: `${word()} ${word()}` })),
    'search: words that rarely meet': general(() => ({ q: `${word()} ${start()} ${word()} ${word()}` })),
    'search: place': general(() => ({ q: one(values.cities) })),
    'search: word and country': general(() => ({ q: word(), country: one(values.countries) })),
    'search: word and country, deep': general(() => ({ q: start(), country: one(values.countries), ...place() })),
    'search: country and module': general(() => ({ country: one(values.countries), module: one(values.modules) })),
    'search: module, coordinators': general(() => ({ module: one(values.modules), role: 'coordinator' })),
    'search: coordinators': general(() => ({ role: 'coordinator' })),
    'search: region and word': general(() => ({ ...regional(), q: start() })),
    'search: policy area and activity': general(() => ({
      policyArea: one(values.policyAreas),
      economicActivity: one(values.activities),
    })),
    'search: language and word': general(() => ({ reads: one(values.languages), q: word() })),
    'any combination of the search': general(() => ({
      ...maybe(anyWords),
      ...maybe(() => ({ country: one(values.countries) })),
      ...maybe(() => ({ module: one(values.modules) })),
      ...maybe(() => ({ role: one(['authority', 'coordinator']) })),
      ...maybe(regional),
      ...maybe(() => ({ policyArea: one(values.policyAreas) })),
      ...maybe(() => ({ economicActivity: one(values.activities) })),
      ...maybe(() => ({ reads: one(values.languages) })),
      ...maybe(place),
    })),
    'managed: mine': managed(() => ({ mine: 'yes' })),
    'managed: country': managed(() => ({})),
    'managed: common word': managed(() => ({ q: word() })),
    'managed: by status': managed(() => ({ sort: 'status' })),
    'managed: by last change': managed(() => ({ sort: 'changed' })),
    'managed: suspended': managed(() => ({ status: 'suspended', ...anySort() })),
    'managed: coordinators of a module': managed(() => ({
      module: one(values.modules),
      role: 'coordinator',
      ...anySort(),
    })),
    'managed: region and level': managed(() => ({ region: one(germanRegions(values)), level: 'local', ...anySort() })),
    'managed: one administrator': managed(() => ({ oneAdministrator: 'yes', ...anySort() })),
    'managed: blocked': managed(() => ({ passwords: 'blocked', ...anySort() })),
    'managed: temporary expired (nobody)': managed(() => ({ passwords: 'temporaryExpired', ...anySort() })),
    'any combination of managed': managed(() => ({
      ...maybe(anyWords),
      ...maybe(() => ({ mine: 'yes' })),
      ...maybe(() => ({ module: one(values.modules) })),
      ...maybe(() => ({ role: one(['authority', 'coordinator']) })),
      ...maybe(() => ({ region: one(germanRegions(values)) })),
      ...maybe(() => ({ level: one(['national', 'regional', 'local']) })),
      ...maybe(() => ({ status: one(['toValidate', 'active', 'suspended', 'deactivated']) })),
      ...maybe(() => ({ oneAdministrator: 'yes' })),
      ...maybe(() => ({ passwords: one(['any', 'blocked', 'expired', 'temporaryExpired']) })),
      ...anySort(),
    })),
    'users: given name': people(() => one(['Anna', 'Thomas', 'Sabine', 'Peter'])),
    'users: one letter': people(() => one(['a', 's', 'm', 'k'])),
    'users: name and username': people(() => `${one(['Anna', 'Thomas', 'Sabine'])} p0${next(9)}`),
    'users: nobody': people(word),
  }
}

function germanRegions({ regions }: Values): string[] {
  return regions.filter(({ country }) => country === 'DE').map(({ code }) => code)
}

function key(values: string[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}
