import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { loadReference } from '../../seeds/reference/load.ts'
import { connectAsOwner } from '../../src/platform/db/connection.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { unpackChromium } from './chromium.ts'
import { dropDatabase, madeOnce } from './templates.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: string
    databaseTemplate: string
    /** What the demo world's database is called in this run, once somebody has asked for it. */
    demoTemplate: string
  }
}

const ROOT = join(import.meta.dirname, '../..')

/** Nothing of a test is worth a wait for the disk. */
const CARELESS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
}

/** One server for all test files, and one migrated database with the reference data for each of them to be copied from. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL_TEST
  const server = given ? undefined : await startEmbedded(join(ROOT, 'var/test'), CARELESS)
  const url = given ?? server?.url ?? ''
  await dropLeftovers(url)
  project.provide('databaseServer', url)
  project.provide('databaseTemplate', await makeTemplate(url))
  const demo = `imi_test_${Math.floor(Date.now() / 1000)}_${process.pid}_demo`
  project.provide('demoTemplate', demo)
  await unpackChromium()
  return async () => {
    await dropDatabase(url, demo)
    await server?.stop()
  }
}

/** Another schema or other reference data is another template. */
const makeTemplate = (url: string): Promise<string> => madeOnce(url, { name: `imi_template_${digest()}`, fill })

/** Databases that a killed run left behind more than an hour ago. */
async function dropLeftovers(url: string): Promise<void> {
  const owner = connectAsOwner(url)
  try {
    const names = await owner('pg_database').where('datname', 'like', 'imi\\_test\\_%').pluck<string[]>('datname')
    const hourAgo = Date.now() / 1000 - 3600
    for (const name of names.filter(one => Number(one.split('_')[2]) < hourAgo))
      await owner.raw('drop database if exists ?? with (force)', [name])
  } finally {
    await owner.destroy()
  }
}

async function fill(url: string): Promise<void> {
  await migrate(url)
  const owner = connectAsOwner(url)
  await loadReference(owner).finally(() => owner.destroy())
}

/** Another schema or other reference data is another template. */
function digest(): string {
  const files = globSync(['migrations/*.ts', 'seeds/reference/**/*.ts', 'src/platform/{jobs,db}/*.ts'], {
    cwd: ROOT,
  }).sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update(readFileSync(join(ROOT, file)))
  return hash.digest('hex').slice(0, 12)
}
