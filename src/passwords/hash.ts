import argon2 from 'argon2'
import { Busy } from '../platform/errors.ts'
import { asHashed } from './rules.ts'

const OPTIONS = { type: argon2.argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const

/** Of a password nobody knows: an unknown username costs as much as a wrong password. */
const NOBODYS = '$argon2id$v=19$m=19456,p=1,t=2$K1hZ4Uq/55RUWAfI+UATFQ$o40QgP3y8SwHPcZoE2fmJSieJdc1aKL4onvixhz7N0s'

/** More at once would fill the thread pool that files and look-ups need as well. */
const AT_ONCE = 2
const IN_QUEUE = 40

/** argon2id of a password. @throws Busy when too many wait already */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => argon2.hash(asHashed(password), OPTIONS))

/** Whether this is the password; without a hash it is not, and takes as long. @throws Busy when too many wait already */
export async function isPassword(hash: string | undefined, password: string): Promise<boolean> {
  const same = await inTurn(() => argon2.verify(hash ?? NOBODYS, asHashed(password)))
  return same && hash !== undefined
}

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running += 1
  else if (waiting.length < IN_QUEUE) await new Promise<void>(resolve => waiting.push(resolve))
  else throw new Busy('Too many passwords are being checked')
  try {
    return await work()
  } finally {
    // The turn is handed on, so that nobody can slip in between.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
