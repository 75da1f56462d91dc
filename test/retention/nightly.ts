import { makeLog } from '../../src/platform/log.ts'
import { nightlyRules, runNightly } from '../../src/retention/index.ts'
import type { World } from '../support/app.ts'

/** What a night needs to know of the world of a test. */
export type Nightly = Pick<World, 'db' | 'config' | 'clock' | 'logged'>

/** One night in the world of a test, at the time of its clock. */
export const night = (w: Nightly): Promise<void> =>
  runNightly(
    { db: w.db.purge, keys: w.config.keys, clock: w.clock, log: makeLog('info', line => w.logged.push(line)) },
    nightlyRules(w.config),
  )

/** Goes through the nights between now and this day, one after the other. */
export async function nightsUntil(w: World, day: string): Promise<void> {
  const end = new Date(day)
  while (w.clock.now() < end) {
    w.clock.advance(Math.min(86_400_000, end.getTime() - w.clock.now().getTime()))
    await night(w)
  }
}
