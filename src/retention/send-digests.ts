import type { Change } from '../platform/db/change.ts'
import { listDueDigests, sendDigest } from '../platform/mail/digest.ts'
import { BATCH, rule } from './rule.ts'

/** Sends one mail a day to those who want no more than that (D8): what was collected until the morning, whatever was missed before. */
export const sendDigests = rule<number>({
  name: 'sendDigests',
  after: '1 day',
  atOnce: 20,
  find: (db, at) => listDueDigests(db, at, BATCH),
  apply: sendThese,
})

async function sendThese(c: Change, users: number[]): Promise<number[]> {
  const done: number[] = []
  for (const user of users) if (await sendDigest(c.db, c.keys, c.at, user)) done.push(user)
  return done
}
