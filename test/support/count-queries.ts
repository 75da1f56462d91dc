import type { World } from './app.ts'

/** How many statements the application sends while something is done: a list must cost the same with 1 row and with 26. */
export async function countQueries(w: World, work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const heard = (): void => void (count += 1)
  w.db.app.on('query', heard)
  try {
    await work()
  } finally {
    w.db.app.removeListener('query', heard)
  }
  return count
}
