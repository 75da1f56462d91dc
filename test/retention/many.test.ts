import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadScale } from '../../seeds/scale/load.ts'
import { world, type World } from '../support/app.ts'
import { theCommission } from '../support/factories.ts'
import { night } from './nightly.ts'

/** 120,000 with AUTHORITIES=120000, of which 1,000 are due; fewer here, by the same code. Requests have rules of their own. */
const AUTHORITIES = Number(process.env.AUTHORITIES ?? 2400)
const DUE = Math.floor(AUTHORITIES / 120)
const SECONDS = 60

let w: World
beforeAll(async () => {
  w = await world()
  await theCommission(w.knex)
  const work = { count: AUTHORITIES, requestsEach: 0, keys: w.config.keys, now: w.clock.now(), tell: () => undefined }
  await loadScale(w.knex, work)
  const some = w.knex('authorities').where({ status: 'deactivated' }).orderBy('id').limit(DUE).select('id')
  await w.knex('authorities').whereIn('id', some).update({ deactivated_at: '2026-05-01T10:00:00Z' })
}, 1_200_000)
afterAll(() => w.close())

const left = () => w.knex('authorities').where({ status: 'deactivated' }).where('deactivated_at', '<', '2026-05-20')

test(`a night deletes ${DUE} of ${AUTHORITIES} authorities within a minute`, { timeout: SECONDS * 2_000 }, async () => {
  expect(await left()).toHaveLength(DUE)
  const began = performance.now()
  await night(w)
  const took = (performance.now() - began) / 1000
  process.stdout.write(`a night with ${DUE} of ${AUTHORITIES} authorities due: ${took.toFixed(1)} s\n`)
  expect(await left()).toEqual([])
  expect(await w.knex('tombstones')).toHaveLength(DUE)
  expect(took).toBeLessThan(SECONDS)
})
