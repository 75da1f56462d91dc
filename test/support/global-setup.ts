import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { loadReference } from '../../seeds/reference/load.ts'
import { connectAsOwner } from '../../src/platform/db/connection.ts'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { unpackChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServer: string
    databaseTemplate: string
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
  await unpackChromium()
  return async () => server?.stop()
}

async function makeTemplate(url: string): Promise<string> {
  const name = `imi_template_${digest()}`
  const owner = connectAsOwner(url)
  try {
    await owner.transaction(async trx => {
      await trx.raw(`select pg_advisory_xact_lock(hashtext('test template'))`)
      const found = await owner('pg_database').where({ datname: name }).first<object | undefined>('datname')
      if (found) return
      const draft = `${name}_draft`
      await owner.raw('drop database if exists ?? with (force)', [draft])
      await owner.raw('create database ??', [draft])
      await fill(databaseAt(url, draft))
      await owner.raw('alter database ?? rename to ??', [draft, name])
    })
  } finally {
    await owner.destroy()
  }
  return name
}

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

export function databaseAt(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
