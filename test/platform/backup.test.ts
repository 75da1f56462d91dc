import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { DEMO_PASSWORD, DEMO_SECURITY_CODE } from '../../seeds/demo/load.ts'
import { buildApp } from '../../src/app.ts'
import { connect, type Database } from '../../src/platform/db/connection.ts'
import { isMigrated } from '../../src/platform/db/migrate.ts'
import { sealHistory } from '../../src/platform/db/seal-history.ts'
import { verifyHistory } from '../../src/platform/db/verify-history.ts'
import { makeLog } from '../../src/platform/log.ts'
import { charactersFor, enterPassword } from '../sessions/support.ts'
import { TEST_KEYS, testClock, testConfig } from '../support/app.ts'
import { browser } from '../support/browser.ts'
import { freshDatabase } from '../support/database.ts'
import { demoTemplate } from '../support/demo-world.ts'
import { databaseAt, dropDatabase } from '../support/templates.ts'
import { looking, shape } from './shape.ts'

const run = promisify(execFile)

/** The commands as docs/operations.md tells them to whoever runs Open IMI. */
const operations = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8')
const [dump = '', restore = ''] = ['pg_dump', 'pg_restore'].map(
  tool => new RegExp(`\`(${tool} [^\`]+)\``).exec(operations)?.[1],
)

/** Why there is nothing here to back up with: the tools come with a server, and must not be older than it. */
async function whyNoTools(): Promise<string | undefined> {
  const [{ major }] = await looking(inject('databaseServer'), async knex => {
    const { rows } = await knex.raw<{ rows: [{ major: number }] }>(
      `select current_setting('server_version_num')::int / 10000 as major`,
    )
    return rows
  })
  for (const tool of ['pg_dump', 'pg_restore']) {
    const said = await run(tool, ['--version']).catch(() => undefined)
    const version = Number(/ (\d+)/.exec(said?.stdout ?? '')?.[1])
    if (!(version >= major)) return `${tool} ${version || 'is not installed'}, the server is PostgreSQL ${major}`
  }
  return undefined
}

const missing = await whyNoTools()
const clock = testClock()

describe.skipIf(missing)(`a backup${missing ? `: ${missing}` : ''}`, () => {
  let db: Database
  let restored: Database
  const name = `imi_test_${Math.floor(Date.now() / 1000)}_${randomBytes(6).toString('hex')}`
  const folder = mkdtempSync(join(tmpdir(), 'imi-backup-'))
  beforeAll(async () => {
    db = await freshDatabase(await demoTemplate(clock.now()))
    await sealHistory({ db: db.purge, keys: TEST_KEYS, at: clock.now() })
    const server = inject('databaseServer')
    await looking(server, knex => knex.raw('create database ??', [name]))
    restored = connect(databaseAt(server, name))
    for (const [command, DATABASE_URL] of [
      [dump, db.url],
      [restore, restored.url],
    ] as const)
      await run('sh', ['-ec', command], { cwd: folder, env: { PATH: process.env.PATH, DATABASE_URL } })
  })
  afterAll(async () => {
    await restored.close()
    await dropDatabase(inject('databaseServer'), name)
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('brings back every row, right, rule and counter', async () => {
    expect(await shape(restored.url)).toEqual(await shape(db.url))
    expect(await contents(restored.url)).toEqual(await contents(db.url))
  })

  test('the product works on it: the history is whole, and who could sign in can', async () => {
    expect(await isMigrated(restored.app)).toBe(true)
    const findings = await verifyHistory(restored.app, TEST_KEYS)
    expect(findings.breaks).toEqual([])
    expect(findings.events).toBeGreaterThan(100)

    const config = { ...testConfig(), databaseUrl: restored.url }
    const app = buildApp({ config, db: restored, clock, log: makeLog('error'), ready: () => isMigrated(restored.app) })
    const code = await enterPassword(browser(app, { clock }), 'se-nimic', DEMO_PASSWORD)
    const home = await code.submit('Sign in', charactersFor(code, DEMO_SECURITY_CODE))
    expect(home.text).toContain('Ingrid Lindqvist')
  })
})

/** What stands in each table, as a number of rows and a digest of them, and where each counter stands. */
const contents = (url: string): Promise<string[]> =>
  looking(url, async knex => {
    const { rows: tables } = await knex.raw<{ rows: { name: string }[] }>(`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`)
    const lines: string[] = []
    for (const { name } of tables) {
      const { rows } = await knex.raw<{ rows: [{ line: string }] }>(
        `select concat_ws(' ', ?::text, count(*), md5(string_agg(t::text, '|' order by t::text))) as line from ${name} t`,
        [name],
      )
      lines.push(rows[0].line)
    }
    const { rows: counters } = await knex.raw<{ rows: { line: string }[] }>(
      `select format('%s.%s %s', schemaname, sequencename, last_value) as line from pg_sequences order by 1`,
    )
    return [...lines, ...counters.map(({ line }) => line)]
  })
