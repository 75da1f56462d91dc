import { Router } from 'express'

/** For whoever watches the machine: is the process alive, and may it be sent visitors. */
export function health(ready: () => Promise<boolean>): Router {
  const router = Router()
  router.get('/health/live', (_req, res) => {
    res.set('Cache-Control', 'no-store').json({ status: 'alive' })
  })
  router.get('/health/ready', async (_req, res) => {
    const yes = await within(2000, ready())
    res
      .set('Cache-Control', 'no-store')
      .status(yes ? 200 : 503)
      .json({ status: yes ? 'ready' : 'not ready' })
  })
  return router
}

/** A database that does not answer is one that is away. */
async function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), ms)
  try {
    return await Promise.race([answer.catch(() => false), late])
  } finally {
    clearTimeout(timer)
  }
}
