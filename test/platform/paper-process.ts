import type { AddressInfo } from 'node:net'
import type { Config } from '../../src/config.ts'
import { connect } from '../../src/platform/db/connection.ts'
import { paperSite } from './paper-pages.ts'

/** A web process of its own, for looking at its memory: told its settings, it says its port; asked, by how much it grew at most. */
export interface Order {
  start?: { config: Config; now: number }
  /** Begins to watch: what is in use, garbage left out, ten times a second. */
  watch?: boolean
}

let least = 0
let most = 0

process.on('message', ({ start, watch }: Order) => {
  if (start) return void begin(start)
  if (!watch) return void process.send?.({ grown: most - least })
  least = most = used()
  setInterval(() => (most = Math.max(most, used())), 100)
  process.send?.({})
})
process.on('disconnect', () => process.exit(0))

function used(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function begin({ config, now }: NonNullable<Order['start']>): Promise<void> {
  const clock = { now: () => new Date(now), advance: () => undefined, set: () => undefined }
  const site = await paperSite({ config, db: connect(config.databaseUrl ?? ''), clock, logged: [] })
  process.send?.({ port: (site.address() as AddressInfo).port })
}
