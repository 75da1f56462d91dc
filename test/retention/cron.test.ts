import { TestClock } from 'pg-boss'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { minutes } from '../../src/platform/clock.ts'
import { connectAsOwner } from '../../src/platform/db/connection.ts'
import { makeLog } from '../../src/platform/log.ts'
import { queue } from '../../src/platform/mail/queue.ts'
import { startWorker } from '../../src/worker.ts'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, anAuthority, aUser } from '../support/factories.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

/** One time for the product, for pg-boss and for its statements in the database. */
async function oneTime(start: string) {
  const jobsClock = new TestClock(start)
  const url = new URL(w.db.url)
  url.searchParams.set('options', '-c pgboss.test_clock=on')
  const owner = connectAsOwner(url.href)
  const clock = { now: () => new Date(jobsClock.now()) }
  const log = makeLog('error', line => w.logged.push(line))
  const worker = await startWorker({ db: { ...w.db, app: owner }, config: w.config, clock, log, jobsClock })
  await w.knex.raw('grant select on all tables in schema pgboss to imi_app, imi_purge')
  // What a worker makes up for when it starts is done before time goes on.
  await jobsClock.tick(minutes(0.5))
  const states = () => w.knex.raw(`select state from pgboss.job where name = 'nightly'`)
  await vi.waitFor(async () => expect((await states()).rows).toEqual([{ state: 'completed' }]), { timeout: 10_000 })
  return {
    clock,
    /** Lets the hours go by until this moment, and a little more: long enough for the schedule and the queue to be looked at. */
    until: async (moment: string) => {
      await jobsClock.setTime(new Date(new Date(moment).getTime() - minutes(0.5)))
      for (let half = 0; half < 4; half += 1) await jobsClock.tick(minutes(0.5))
    },
    async stop() {
      await worker.stop()
      await owner.destroy()
    },
  }
}

test('time goes over half past one in Brussels: the schedule of pg-boss starts the night, which deletes what is due by then; at six the digests go', async () => {
  const nimic = await aNationalCoordinator(w.knex, 'SE')
  const reader = await aUser(w.knex, nimic)
  await w.knex('users').where({ id: reader.id }).update({ notifications: 'daily' })
  const deactivatedAt = new Date('2026-05-21T00:00:00Z')
  await anAuthority(w.knex, { officialName: 'Sommarverket', status: 'deactivated', deactivatedAt, managers: [nimic] })
  const time = await oneTime('2026-11-20T20:00:00Z')
  try {
    await time.until('2026-11-21T00:28:00Z')
    expect(await w.knex('tombstones')).toEqual([])

    await time.until('2026-11-21T00:30:00Z')
    await vi.waitFor(async () => expect(await w.knex('tombstones')).toHaveLength(1), { timeout: 10_000 })
    const [{ at }] = (await w.knex('audit_events').where({ event: 'authority.deleted' })) as [{ at: Date }]
    expect(at.getTime() - Date.parse('2026-11-21T00:30:00Z')).toBeLessThan(minutes(2))

    const values = { authority: 'A', module: 'M', changedBy: 'K' }
    const mail = { to: reader.email, language: 'en', template: 'grants/suspended', values }
    await w.db.app.transaction(trx => queue(trx, w.config.keys, time.clock.now(), mail))
    await time.until('2026-11-21T04:58:00Z')
    const digests = () => w.knex('emails').where({ template: 'digest/daily' })
    expect(await digests()).toEqual([])
    await time.until('2026-11-21T05:00:00Z')
    await vi.waitFor(async () => expect(await digests()).toHaveLength(1), { timeout: 10_000 })
    expect(w.logged.filter(line => line.includes('"error"'))).toEqual([])
  } finally {
    await time.stop()
  }
})
