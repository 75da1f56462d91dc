import type { Chosen } from '../bulk/index.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import { startTask } from '../platform/jobs/tasks.ts'
import type { Actor } from '../policy.ts'
import type { CircularText } from './circular.ts'
import { findUsernames } from './usernames.ts'

/**
 * Sends an e-mail to chosen authorities (B11): a copy is kept, and each authority is written to by itself. Throws RuleBroken when
 * the text holds a username of one of them.
 * @returns the number of the kept copy
 */
export async function sendCircular(
  c: Change,
  actor: Actor,
  text: CircularText,
  chosen: readonly Chosen[],
): Promise<number> {
  await assertNoUsername(
    c,
    actor,
    text,
    chosen.map(({ id }) => id),
  )
  const id = await insertCircular(c, actor, text, chosen.length)
  const task = await startTask(c, {
    kind: 'circular',
    parameters: { circular: id },
    items: chosen.map(({ id: authority, officialName }) => ({ label: officialName, payload: { authority } })),
    back: `/circulars/${id}`,
  })
  await c.db('circulars').where({ id }).update({ task_id: task })
  const { toContact, toAdministrators } = text
  const subject = { type: 'circular', id, authorityId: actor.authorityId }
  await c.record('circular.sent', subject, { task, authorities: chosen.length, toContact, toAdministrators })
  return id
}

/** Throws RuleBroken when the text holds a username of these authorities; it says no more than that one is there. */
export async function assertNoUsername(
  c: Change,
  actor: Actor,
  { subject, body }: CircularText,
  authorities: readonly number[],
): Promise<void> {
  const found = await findUsernames(c.db, actor, authorities, `${subject}\n${body}`)
  if (found.length > 0) throw new RuleBroken('circulars:body.username', { field: 'body' })
}

async function insertCircular(c: Change, actor: Actor, text: CircularText, authorities: number): Promise<number> {
  const [row] = await c
    .db('circulars')
    .insert({
      authority_id: actor.authorityId,
      user_id: actor.id,
      sent_at: c.at,
      language: text.language,
      subject: text.subject,
      body: text.body,
      to_contact: text.toContact,
      to_administrators: text.toAdministrators,
      authorities,
    })
    .returning<{ id: number }[]>('id')
  return row?.id ?? 0
}
