import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { enqueue, type Jobs } from '../jobs/boss.ts'
import { type Keyring, seal, unseal } from '../secrets.ts'
import { isDigestible } from './digestible.ts'
import { assertSendable, type Email, type EmailRow, type Notifications } from './email.ts'

export const MAIL_QUEUE = 'mail'

export interface MailJob {
  id: number
}

/**
 * Queues a mail with the act it tells of (H3): its row and its job are written in the transaction of that act, so without
 * commit there is no mail. What somebody wants to read in one mail a day is collected without a job (D8); copies go out
 * all the same. Answers with the mail's number.
 */
export async function queue(trx: Knex.Transaction, keys: Keyring, at: Date, email: Email): Promise<number> {
  assertSendable(email)
  const reader = isDigestible(email.template) && !email.secret ? await findDigestReader(trx, email.to) : undefined
  if (reader === undefined) {
    const id = await write(trx, keys, at, email)
    await enqueue(trx, MAIL_QUEUE, { id } satisfies MailJob, String(id))
    return id
  }
  const { cc: [first, ...others] = [], ...alone } = email
  if (first) await queue(trx, keys, at, { ...email, to: first, cc: others })
  return write(trx, keys, at, alone, reader)
}

/** The user at this address, when they want one mail a day. */
async function findDigestReader(trx: Knex.Transaction, address: string): Promise<number | undefined> {
  const [id] = await trx('users')
    .whereRaw('lower(email) = lower(?)', [address])
    .where({ deleted_at: null, notifications: 'daily' satisfies Notifications })
    .pluck<number[]>('id')
  return id
}

async function write(
  trx: Knex.Transaction,
  keys: Keyring,
  at: Date,
  email: Email,
  digestOf: number | null = null,
): Promise<number> {
  const messageId = randomUUID()
  const [row] = (await trx<EmailRow>('emails')
    .insert({
      message_id: messageId,
      created_at: at,
      next_attempt_at: at,
      to_address: email.to,
      cc: (email.cc ?? []).filter(address => address.toLowerCase() !== email.to.toLowerCase()),
      language: email.language,
      template: email.template,
      values: email.values,
      path: email.path ?? '/',
      secret: email.secret ? seal(keys, JSON.stringify(email.secret), context(messageId)) : null,
      about_type: email.about?.type ?? null,
      about_id: email.about?.id ?? null,
      digest_of: digestOf,
    })
    .returning('id')) as [{ id: number }]
  return row.id
}

/** What only the person may read. Throws when the key is gone or the row was tampered with. */
export function secretOf(keys: Keyring, row: EmailRow): Record<string, string> {
  return row.secret ? (JSON.parse(unseal(keys, row.secret, context(row.message_id))) as Record<string, string>) : {}
}

const context = (messageId: string): string => `emails ${messageId}`

/**
 * Makes jobs anew for mails that are due: after a pause, after a crash, after the jobs were lost. A mail whose job still
 * waits gets no second one. Answers with how many were due.
 */
export async function requeueDue(db: Knex, jobs: Jobs, now: Date): Promise<number> {
  const due = await db<EmailRow>('emails')
    .where({ state: 'waiting', digest_of: null })
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .limit(500)
    .select('id')
  if (due.length === 0) return 0
  await jobs.insert(
    MAIL_QUEUE,
    due.map(({ id }) => ({ data: { id } satisfies MailJob, singletonKey: String(id) })),
  )
  return due.length
}
