import { findActor } from '../../actor.ts'
import { eraseHandedIn, lockAccess, validateAuthority } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { Forbidden, RuleBroken } from '../../platform/errors.ts'
import { type Action, type Actor, can } from '../../policy.ts'
import { type Registration, validateFirstUser } from '../../users/index.ts'
import { registrationDecided, registrationRejected } from '../emails.ts'
import type { Invitation } from '../invitation.ts'
import { findOffice } from '../offices.ts'
import { findRegistration } from '../queries.ts'
import { steps } from '../workflow.ts'
import { findDecision } from './queries.ts'

const subjectOf = ({ id, inviterId }: Invitation) => ({ type: 'invitation', id, authorityId: inviterId })

/**
 * Validates a registration with the data as they were corrected (E6) [000 2.2]: the authority is active, the inviter its access
 * manager and validating authority, and the first user gets the temporary password.
 * @throws RuleBroken when somebody else has decided meanwhile, says who and when; Forbidden when the right has ended; and what
 * validateAuthority throws
 */
export async function validateRegistration(
  c: Change,
  actor: Actor,
  invitation: Invitation,
  { authority, firstUser, differentFrom }: Registration,
): Promise<{ authorityId: number }> {
  const { inviterId, inviterName } = await findAgain(c, actor, 'registration.validate', invitation)
  const authorityId = await decide(c, actor, invitation, 'validate', { entered: null })
  const inviter = { id: inviterId, officialName: inviterName }
  const validated = await validateAuthority(c, { actor, inviter }, authorityId, { data: authority, differentFrom })
  await validateFirstUser(c, validated, firstUser)
  await c.record('registration.validated', subjectOf({ ...invitation, inviterId }), { authority: authorityId })
  await tellInviter(c, actor, { ...invitation, inviterId }, 'validated')
  return { authorityId }
}

/**
 * Rejects a registration (E6): the authority and its first user are erased, the address is free. Where it may be corrected, what was
 * entered is kept for 30 days. The person is told, and reads the reason with the code.
 * @throws RuleBroken when somebody else has decided meanwhile; Forbidden when the right has ended
 */
export async function rejectRegistration(
  c: Change,
  actor: Actor,
  invitation: Invitation,
  { reason, mayHandInAgain }: { reason: string; mayHandInAgain: boolean },
): Promise<void> {
  const kept = mayHandInAgain ? {} : { entered: null, username: null }
  const marks = { reason, may_hand_in_again: mayHandInAgain, ...kept }
  const now = await findAgain(c, actor, 'registration.reject', invitation)
  const authorityId = await decide(c, actor, invitation, 'reject', marks)
  await c.db('invitations').where({ id: invitation.id }).update({ authority_id: null })
  const entered = invitation.entered?.userEmail
  const own = typeof entered === 'string' ? entered.trim() : ''
  await eraseHandedIn(c, authorityId)
  await c.record('registration.rejected', subjectOf(now), { authority: authorityId, mayHandInAgain })
  await tellInviter(c, actor, now, 'rejected')
  const addresses = new Map([invitation.email, own].filter(Boolean).map(email => [email.toLowerCase(), email]))
  for (const email of addresses.values())
    await c.send(registrationRejected({ email, language: invitation.language }, invitation))
}

/** What the national coordinator decides in its stead, the inviter is told (roles.md: each act by who is not of record). */
async function tellInviter(
  c: Change,
  actor: Actor,
  invitation: Invitation,
  decision: 'validated' | 'rejected',
): Promise<void> {
  if (invitation.inviterId === actor.authorityId) return
  const inviter = await findOffice(c.db, { id: invitation.inviterId })
  if (inviter) await c.send(registrationDecided(inviter, invitation, { decision, by: actor.authorityName }))
}

/**
 * The registration as it stands behind the lock, and whether this person may still decide of it: when the inviter's delegation was
 * taken back or narrowed after the page was admitted, the invitation has passed to the national coordinator. Who is the inviter
 * then becomes access manager.
 */
async function findAgain(
  c: Change,
  actor: Actor,
  action: Action,
  { id, inviterCountry }: Invitation,
): Promise<Invitation> {
  await lockAccess(c.db, inviterCountry)
  const now = await findActor(c.db, actor.id)
  const invitation = now && (await findRegistration(c.db, now, id))
  if (!invitation || !can(now, action, invitation)) throw new Forbidden(action, invitation ?? { standings: [] })
  return invitation
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
