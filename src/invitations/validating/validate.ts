import { eraseHandedIn, validateAuthority } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { type Registration, validateFirstUser } from '../../users/index.ts'
import { registrationRejected } from '../emails.ts'
import type { Invitation } from '../invitation.ts'
import { steps } from '../workflow.ts'
import { findDecision } from './queries.ts'

const subjectOf = ({ id, inviterId }: Invitation) => ({ type: 'invitation', id, authorityId: inviterId })

/**
 * Validates a registration with the data as they were corrected (E6) [000 2.2]: the authority is active, the inviter its access
 * manager and validating authority, and the first user gets the temporary password.
 * @throws RuleBroken when somebody else has decided meanwhile, says who and when; and what validateAuthority throws
 */
export async function validateRegistration(
  c: Change,
  actor: Actor,
  invitation: Invitation,
  { authority, firstUser, differentFrom }: Registration,
): Promise<{ authorityId: number }> {
  const authorityId = await decide(c, actor, invitation, 'validate', { entered: null })
  const inviter = { id: invitation.inviterId, officialName: invitation.inviterName }
  const validated = await validateAuthority(c, { actor, inviter }, authorityId, { data: authority, differentFrom })
  await validateFirstUser(c, validated, firstUser)
  await c.record('registration.validated', subjectOf(invitation), { authority: authorityId })
  return { authorityId }
}

/**
 * Rejects a registration (E6): the authority and its first user are erased, the address is free. Where it may be corrected, what was
 * entered is kept for 30 days. The person is told, and reads the reason with the code.
 * @throws RuleBroken when somebody else has decided meanwhile
 */
export async function rejectRegistration(
  c: Change,
  actor: Actor,
  invitation: Invitation,
  { reason, mayHandInAgain }: { reason: string; mayHandInAgain: boolean },
): Promise<void> {
  const kept = mayHandInAgain ? {} : { entered: null, username: null }
  const marks = { reason, may_hand_in_again: mayHandInAgain, ...kept }
  const authorityId = await decide(c, actor, invitation, 'reject', marks)
  await c.db('invitations').where({ id: invitation.id }).update({ authority_id: null })
  const entered = invitation.entered?.userEmail
  const own = typeof entered === 'string' ? entered.trim() : ''
  await eraseHandedIn(c, authorityId)
  await c.record('registration.rejected', subjectOf(invitation), { authority: authorityId, mayHandInAgain })
  const addresses = new Map([invitation.email, own].filter(Boolean).map(email => [email.toLowerCase(), email]))
  for (const email of addresses.values())
    await c.send(registrationRejected({ email, language: invitation.language }, invitation))
}

/** One of two at once wins; the other is told who it was and when. */
async function decide(
  c: Change,
  actor: Actor,
  { id }: Invitation,
  step: 'validate' | 'reject',
  marks: object,
): Promise<number> {
  const [row] = (await c
    .db('invitations')
    .where({ id })
    .whereIn('status', steps[step].from)
    .update({ status: steps[step].to, decided_by: actor.id, decided_at: c.at, ...marks })
    .returning('authority_id')) as { authority_id: number }[]
  if (row) return row.authority_id
  const { key, values } = await findDecision(c.db, actor, id)
  throw new RuleBroken(key, { values })
}
