import type { Knex } from 'knex'
import type { Keyring } from '../secrets.ts'
import { DIGEST, type EmailRow } from './email.ts'
import { queue } from './queue.ts'

/** By the clock of Brussels: the digest of a day lists what was collected until then. */
const MORNING = '6 hours'
const ZONE = 'Europe/Brussels'

const collected = (db: Knex) =>
  db<EmailRow>('emails').where({ state: 'waiting', digest_id: null }).whereNotNull('digest_of')

/** Users for whom something has been waiting since before this morning: none twice on the same day, and none is forgotten after days without a run. */
export const listDueDigests = (db: Knex, at: Date, limit: number): Promise<number[]> =>
  collected(db)
    .whereRaw(
      `created_at < (date_trunc('day', (cast(? as timestamptz) at time zone '${ZONE}') - interval '${MORNING}')
         + interval '${MORNING}') at time zone '${ZONE}'`,
      [at],
    )
    .distinct('digest_of')
    .orderBy('digest_of')
    .limit(limit)
    .pluck('digest_of') as unknown as Promise<number[]>

/**
 * Queues one mail that lists all that is collected for a user, at the present address and in the present language (D8, H2).
 * What waits for somebody who is no longer a user is given up. False when nothing waits.
 */
export async function sendDigest(trx: Knex.Transaction, keys: Keyring, at: Date, userId: number): Promise<boolean> {
  const ids = await collected(trx).where({ digest_of: userId }).orderBy('id').forUpdate().pluck('id')
  if (ids.length === 0) return false
  const mails = trx<EmailRow>('emails').whereIn('id', ids)
  const reader = await trx('users')
    .where({ id: userId, deleted_at: null })
    .first<{ email: string; language: string } | undefined>('email', 'language')
  if (!reader) await mails.update({ state: 'failed', last_error: 'deleted' })
  else {
    const { email: to, language } = reader
    const about = { type: 'user', id: userId }
    const id = await queue(trx, keys, at, { to, language, template: DIGEST, values: {}, path: '/actions', about })
    await mails.update({ digest_id: id })
  }
  return true
}
