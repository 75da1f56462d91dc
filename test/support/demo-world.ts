import { inject } from 'vitest'
import { loadDemo } from '../../seeds/demo/load.ts'
import { connectAsOwner } from '../../src/platform/db/connection.ts'
import { TEST_KEYS } from './app.ts'
import { madeOnce } from './templates.ts'

/** The database with the demo world to be copied from, filled once in a run. */
export const demoTemplate = (now: Date): Promise<string> =>
  madeOnce(inject('databaseServer'), {
    name: inject('demoTemplate'),
    from: inject('databaseTemplate'),
    async fill(url) {
      const owner = connectAsOwner(url)
      await loadDemo(owner, { keys: TEST_KEYS, now }).finally(() => owner.destroy())
    },
  })
