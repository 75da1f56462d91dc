import { handInAuthority } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { FormValue } from '../../platform/web/form.ts'
import { handInUser, type Registration } from '../../users/index.ts'
import { waitsForValidation } from '../emails.ts'
import { findInviterOffice } from '../offices.ts'
import { steps } from '../workflow.ts'
import type { Entry } from './code-queries.ts'
import type { StepName } from './steps.ts'

const LETS_IN = ['open', 'correct'] as const
const subject = ({ invitationId, inviterId }: Entry) => ({
  type: 'invitation',
  id: invitationId,
  authorityId: inviterId,
})

/** Whether the code lets its holder enter or correct a registration. */
export const letsIn = ({ standing }: Entry): boolean => (LETS_IN as readonly string[]).includes(standing)

/** Keeps what was entered in one step, so that interrupted work goes on with the code (E5). */
export async function keepStep(
  c: Change,
  entry: Entry,
  step: StepName,
  { typed, others }: { typed: Record<string, FormValue>; others: readonly string[] },
): Promise<void> {
  const changed = await c
    .db('invitations')
    .where({ id: entry.invitationId })
    .whereIn('status', [...steps.handIn.from, ...steps.handInAgain.from])
    .update({
      entered: c.db.raw(`(coalesce(entered, '{}') - cast(? as text[])) || cast(? as jsonb)`, [
        others as string[],
        JSON.stringify({ ...typed, [`step_${step}`]: 'yes' }),
      ]),
    })
  if (changed === 0) throw new RuleBroken('invitations:changedMeanwhile')
  await c.record('registration.entered', subject(entry), { step })
}

/**
 * Hands a registration in (E5): the authority waits for validation, the code is used, and the inviter is told.
 * @throws RuleBroken when the code lets nobody in any more, or the e-mail address is another user's
 * @returns the username, to be shown once and noted
 */
export async function handIn(
  c: Change,
  entry: Entry,
  { authority, firstUser }: Pick<Registration, 'authority' | 'firstUser'>,
): Promise<void> {
  const again = entry.standing === 'correct'
  const step = again ? steps.handInAgain : steps.handIn
  const [held] = await c
    .db('invitations')
    .where({ id: entry.invitationId })
    .whereIn('status', step.from)
    .forUpdate()
    .select<{ id: number }[]>('id')
  if (!held) throw new RuleBroken('invitations:changedMeanwhile')
  const { id: authorityId } = await handInAuthority(c, authority)
  const { username } = await handInUser(c, authorityId, firstUser, entry.username)
  const [row] = (await c
    .db('invitations')
    .where({ id: entry.invitationId })
    .update({
      status: step.to,
      authority_id: authorityId,
      username,
      registered_at: c.at,
      inviter_reminded_at: null,
      national_told_at: null,
      decided_by: null,
      decided_at: null,
      reason: null,
      may_hand_in_again: false,
    })
    .returning('*')) as [Parameters<typeof waitsForValidation>[1] & { inviter_id: number; invited_by: number | null }]
  await c.record('registration.handedIn', subject(entry), { authority: authorityId, again })
  const { person, office } = await findInviterOffice(c.db, row)
  await c.send(waitsForValidation(person ?? office, row, false))
}
