import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'

/** What passes to the national coordinator when an access manager stops being one (spec/roles.md); all else stays where it is. */
const PASSED = ['draft', 'held', 'sent', 'registered'] as const

/**
 * Passes the running invitations of an authority on, when its delegation is taken back: codes already sent stay valid. Part of the
 * change that takes it back. Answers with how many there were.
 */
export async function passInvitationsOn(c: Change, from: number, to: number): Promise<number> {
  const count = await c
    .db('invitations')
    .where({ inviter_id: from })
    .whereIn('status', [...PASSED])
    .update({ inviter_id: to })
  await c
    .db('invitation_submissions')
    .where({ inviter_id: from })
    .whereIn('state', ['draft', 'held', 'confirmed'])
    .update({ inviter_id: to })
  if (count > 0)
    await c.record('invitations.passedOn', { type: 'authority', id: from, authorityId: from }, { from, to, count })
  return count
}

/** How many invitations would pass on: what the page says before the delegation is taken back. */
export async function countPassedOn(db: Knex, from: number): Promise<number> {
  const rows = (await db('invitations')
    .where({ inviter_id: from })
    .whereIn('status', [...PASSED])
    .count('* as count')) as {
    count: string
  }[]
  return Number(rows[0]?.count ?? 0)
}
