import { afterAll, beforeAll, expect, test } from 'vitest'
import { nightlyRules, runNightly } from '../../src/retention/index.ts'
import { makeLog } from '../../src/platform/log.ts'
import { startWorker } from '../../src/worker.ts'
import { world, type World } from '../support/app.ts'
import { anAuthority, aNationalCoordinator } from '../support/factories.ts'

/** More than two steps of the rule that deletes. */
const DUE = 50

let w: World
beforeAll(async () => {
  w = await world()
  const managers = [await aNationalCoordinator(w.knex, 'SE')]
  const deactivatedAt = new Date('2026-05-01T10:00:00Z')
  for (let n = 0; n < DUE; n += 1) await anAuthority(w.knex, { status: 'deactivated', deactivatedAt, managers })
})
afterAll(() => w.close())

const deleted = async (): Promise<number> => (await w.knex('tombstones')).length

test('a night that is told to stop ends after its step; the next start does the rest, each once', async () => {
  const { config, clock } = w
  const log = makeLog('error')
  let steps = 0
  const goOn = () => (steps += 1) < 6
  await runNightly({ db: w.db.purge, keys: config.keys, clock, log, goOn }, nightlyRules(config))
  const first = await deleted()
  expect(first).toBeLessThan(DUE)

  const worker = await startWorker({ db: w.db, config, clock, log })
  await expect.poll(deleted, { timeout: 30_000 }).toBeGreaterThan(first)
  const told = performance.now()
  await worker.stop()
  expect(performance.now() - told).toBeLessThan(10_000)
  // Nothing is at work any more, so nothing keeps the process from ending.
  const pool = (w.db.purge.client as { pool: { numUsed(): number } }).pool
  expect(pool.numUsed()).toBe(0)

  await runNightly({ db: w.db.purge, keys: config.keys, clock, log }, nightlyRules(config))
  expect(await deleted()).toBe(DUE)
  const entries = await w.knex('audit_events').where({ event: 'retention.ran' }).pluck('id')
  expect(entries.length).toBeGreaterThan(1)
})
