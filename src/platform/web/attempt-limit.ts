import { minutes } from '../clock.ts'

/** Says whether this network address may try once more, and counts it. */
export type AttemptLimit = (address: string, at: Date) => boolean

/**
 * How many tries one network address has in a while, at signing in unless told otherwise: more than a whole office needs, fewer
 * than a machine that guesses. Counted in the memory of one process, anew for each while.
 */
export function attemptLimit({ attempts = 300, within = minutes(5) } = {}): AttemptLimit {
  let since = 0
  const counts = new Map<string, number>()
  return (address, at) => {
    if (at.getTime() - since >= within) {
      since = at.getTime()
      counts.clear()
    }
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    return count <= attempts
  }
}
