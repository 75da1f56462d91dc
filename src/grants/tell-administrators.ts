import type { Change } from '../platform/db/change.ts'
import type { Email } from '../platform/mail/email.ts'

/** Writes to every administrator of an authority, in their languages; the functional address is in copy once (H2). */
export async function tellAdministrators(
  c: Change,
  authorityId: number,
  write: (to: { email: string; language: string }, copy: string[]) => Email,
): Promise<void> {
  const people = await c
    .db('users')
    .where({ authority_id: authorityId, administrator: true, deleted_at: null })
    .orderBy('id')
    .select<{ email: string; language: string }[]>('email', 'language')
  const functional = await c.db('authorities').where({ id: authorityId }).pluck<string[]>('email')
  for (const [index, person] of people.entries()) await c.send(write(person, index === 0 ? functional : []))
}
