import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Invitation, Submission } from '../invitation.ts'
import { sendInvitation } from '../send.ts'
import { steps } from '../workflow.ts'
import { judge } from './judge.ts'

const subjectOf = ({ id, inviterId }: Invitation) => ({ type: 'invitation', id, authorityId: inviterId })

/** Takes an invitation back: its code lets nobody in any more, what was entered with it is erased (E7). @throws RuleBroken */
export async function withdrawInvitation(c: Change, invitation: Invitation): Promise<void> {
  const changed = await c
    .db('invitations')
    .where({ id: invitation.id })
    .whereIn('status', steps.withdraw.from)
    .update({ status: steps.withdraw.to, entered: null })
  if (changed === 0) throw new RuleBroken('invitations:changedMeanwhile')
  await c.record('invitation.withdrawn', subjectOf(invitation), {})
}

/**
 * Sends an invitation again, with a new code and 30 new days; the old code is void (E4).
 * @throws RuleBroken when the address is in use by now, or when it can no longer be sent
 */
export async function sendAgain(c: Change, invitation: Invitation): Promise<void> {
  await c.db.raw(`select pg_advisory_xact_lock(hashtext('invitations'))`)
  const known = { languages: [invitation.language], modules: invitation.modules.map(({ id }) => id) }
  const wish = { ...invitation, line: 1, modules: known.modules }
  const [judged] = await judge(c.db, c.at, [wish], known)
  const [reason] = judged?.reasons ?? []
  if (reason) throw new RuleBroken(`invitations:reason.${reason}`)
  if (!(await sendInvitation(c, invitation.id, 'sendAgain'))) throw new RuleBroken('invitations:changedMeanwhile')
}

/** Deletes a draft or a refused invitation (E7). @throws RuleBroken */
export async function deleteInvitation(c: Change, invitation: Invitation): Promise<void> {
  const deleted = await c.db('invitations').where({ id: invitation.id }).whereIn('status', steps.delete.from).delete()
  if (deleted === 0) throw new RuleBroken('invitations:changedMeanwhile')
  await c.record('invitation.deleted', subjectOf(invitation), {})
}

/** Deletes everything of a submission that has not gone out: its drafts and what was refused. @throws RuleBroken */
export async function deleteUnsent(c: Change, { id, inviterId, state }: Submission): Promise<void> {
  const count = await c.db('invitations').where({ submission_id: id }).whereIn('status', steps.delete.from).delete()
  if (state === 'draft') await c.db('invitation_submissions').where({ id, state: 'draft' }).delete()
  else if (count === 0) throw new RuleBroken('invitations:changedMeanwhile')
  await c.record('invitations.deleted', { type: 'invitation submission', id, authorityId: inviterId }, { count })
}
