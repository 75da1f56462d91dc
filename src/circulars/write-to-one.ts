import { listByNumber } from '../bulk/index.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import type { TaskWork } from '../platform/jobs/tasks.ts'
import type { CircularText } from './circular.ts'
import { circularMail } from './emails.ts'
import { readText } from './queries.ts'
import { addressesOf, type Addressed } from './recipients.ts'
import { assertNoUsername } from './send-circular.ts'

/**
 * Writes to one authority of a circular, to whom it then has and the sender then may address: one mail for each. Throws
 * RuleBroken when the authority is out of reach, not active, has nobody to write to, or has got a user whose username is in the text.
 */
export const writeToOne: TaskWork = async (c, actor, payload, parameters) => {
  const { authority: id } = payload as { authority: number }
  const { circular } = parameters as { circular: number }
  const text = await readText(c.db, circular)
  const addressed = await addressesOf(c.db, actor, text, await listByNumber(c.db, actor, [id]))
  const [one] = addressed
  if (!one) throw new RuleBroken('circulars:reason.outside')
  if (one.reason) throw new RuleBroken(one.reason)
  await assertNoUsername(c, actor, text, [id])
  await writeToAll(c, circular, text, one, actor.authorityName)
  const administrators = one.administrators.map(person => person.id)
  const subject = { type: 'authority', id, authorityId: id }
  await c.record('authority.written', subject, { circular, contact: one.contact, administrators })
}

async function writeToAll(
  c: Change,
  circular: number,
  text: CircularText,
  { authority, contact, administrators }: Addressed,
  from: string,
): Promise<void> {
  const people = administrators.map(({ id, email, language }) => ({ user: id as number | null, email, language }))
  const all = contact ? [await contactOf(c, authority.id), ...people] : people
  for (const { user, ...to } of all) {
    const [row] = await c
      .db('circular_recipients')
      .insert({ circular_id: circular, authority_id: authority.id, user_id: user })
      .returning<{ id: number }[]>('id')
    await c.send(circularMail(to, text, { from, authority, recipient: row?.id ?? 0 }))
  }
}

async function contactOf(c: Change, id: number): Promise<{ user: null; email: string; language: string }> {
  const row = await c
    .db('authorities')
    .where({ id })
    .first<{ email: string; language: string }>({ email: 'email', language: 'official_language' })
  return { user: null, ...row }
}
