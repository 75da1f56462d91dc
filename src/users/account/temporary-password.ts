import type { Change } from '../../platform/db/change.ts'
import { PASSWORD_MAILS } from '../last-mail.ts'

/**
 * Puts a new temporary password in the place of everything that lets a user in: it unblocks, discards the security code, ends
 * every visit, and stops mails that would bring a password that is dead (D4). The username stays.
 */
export async function putTemporaryPassword(c: Change, userId: number, hash: string): Promise<void> {
  await c.db.raw(
    `insert into former_passwords (user_id, password_hash, set_at)
     select id, password_hash, password_set_at from users where id = ? and not password_temporary`,
    [userId],
  )
  await c.db('users').where({ id: userId }).update({
    password_hash: hash,
    password_temporary: true,
    password_set_at: c.at,
    security_code: null,
    code_positions: null,
    wrong_entries: 0,
    blocked_at: null,
  })
  await endVisits(c, userId)
  await stopPasswordMails(c, userId, 'replaced')
}

/** Ends every visit of a user. */
export async function endVisits(c: Change, userId: number): Promise<void> {
  await c.db('sessions').where({ user_id: userId }).delete()
}

/** Passwords that are no longer good are not sent: `reason` stands in the place of what a mail server would have said. */
export async function stopPasswordMails(c: Change, userId: number, reason: 'replaced' | 'deleted'): Promise<void> {
  await c
    .db('emails')
    .where({ about_type: 'user', about_id: userId, state: 'waiting' })
    .whereIn('template', PASSWORD_MAILS)
    .update({ state: 'failed', last_error: reason, secret: null })
}
