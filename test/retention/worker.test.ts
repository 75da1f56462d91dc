import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeLog } from '../../src/platform/log.ts'
import { startWorker } from '../../src/worker.ts'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, anAuthority } from '../support/factories.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

test('two workers that start make up for the nights that were missed, once', async () => {
  const nimic = await aNationalCoordinator(w.knex, 'SE')
  const deactivatedAt = new Date('2026-05-01T10:00:00Z')
  for (let n = 0; n < 3; n += 1) await anAuthority(w.knex, { status: 'deactivated', deactivatedAt, managers: [nimic] })
  const around = { db: w.db, config: w.config, clock: w.clock, log: makeLog('error') }
  const workers = await Promise.all([startWorker(around), startWorker(around)])
  await vi.waitFor(async () => expect(await w.knex('tombstones')).toHaveLength(3), { timeout: 15_000 })
  await Promise.all(workers.map(worker => worker.stop()))
  const events = await w.knex('audit_events').where({ event: 'retention.ran' })
  expect(events).toHaveLength(1)
  const schedules = await w.knex.raw('select name, cron, timezone from pgboss.schedule order by key')
  expect(schedules.rows).toEqual([
    { name: 'nightly', cron: '30 1 * * *', timezone: 'Europe/Brussels' },
    { name: 'nightly', cron: '0 6 * * *', timezone: 'Europe/Brussels' },
  ])
})
