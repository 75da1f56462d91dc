import type { Knex } from 'knex'
import type { EmailRow } from './email.ts'

/** What became of a mail, in the words of its row; `reason` is what the server answered. */
export interface MailOutcome extends Pick<EmailRow, 'state' | 'template' | 'attempts'> {
  queuedAt: Date
  sentAt: Date | null
  reason: string | null
}

/**
 * What became of the last of these kinds of mail about each record, in one query for a whole list: "I have not received
 * the mail" is a common question ([001] 2, D5). A record that was never written about is absent.
 */
export async function lastMails(
  db: Knex,
  about: { type: string; ids: readonly number[] },
  templates: readonly string[],
): Promise<Map<number, MailOutcome>> {
  const rows = await db<EmailRow>('emails')
    .where('about_type', about.type)
    .whereIn('about_id', about.ids)
    .whereIn('template', templates)
    .distinctOn('about_id')
    .orderBy([{ column: 'about_id' }, { column: 'id', order: 'desc' }])
    .select('about_id', 'state', 'template', 'attempts', 'created_at', 'sent_at', 'last_error')
  return new Map(
    rows.map(({ about_id, state, template, attempts, created_at, sent_at, last_error }) => [
      about_id ?? 0,
      { state, template, attempts, queuedAt: created_at, sentAt: sent_at, reason: last_error },
    ]),
  )
}
