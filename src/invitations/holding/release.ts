import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { startTask, type TaskWork } from '../../platform/jobs/tasks.ts'
import type { Actor } from '../../policy.ts'
import { submissionConfirmed, submissionDecided } from '../emails.ts'
import type { Submission, Wish } from '../invitation.ts'
import { findOffice } from '../offices.ts'
import { sendInvitation } from '../send.ts'
import { steps, type SubmissionState } from '../workflow.ts'
import { judge } from '../submitting/judge.ts'

const subjectOf = ({ id, inviterId }: Submission) => ({ type: 'invitation submission', id, authorityId: inviterId })

/** The inviting access manager stands by a held submission; from now on the Commission decides (E3) [001]. @throws RuleBroken */
export async function confirmHeld(c: Change, actor: Actor, submission: Submission): Promise<void> {
  await take(c, submission, 'held', { state: 'confirmed', confirmed_by: actor.id, confirmed_at: c.at })
  const count = submission.counts.held ?? 0
  await c.record('invitations.confirmed', subjectOf(submission), { count })
  const commission = await findOffice(c.db, { kind: 'commission' })
  if (commission)
    await c.send(submissionConfirmed(commission, { ...submission, inviter: submission.inviterName, count }))
}

/**
 * The Commission releases a held submission: one by one they go out, and the 30 days start (E3) [001].
 * @throws RuleBroken when it was decided already
 * @returns the number of the task that sends them
 */
export async function releaseHeld(c: Change, actor: Actor, submission: Submission): Promise<number> {
  await take(c, submission, 'confirmed', { state: 'released', decided_by: actor.id, decided_at: c.at })
  const held = await c
    .db('invitations')
    .where({ submission_id: submission.id, status: 'held' })
    .orderBy('id')
    .select<{ id: number; email: string }[]>('id', 'email')
  const taskId = await startTask(c, {
    kind: 'releaseInvitations',
    items: held.map(({ id, email }) => ({ label: email, payload: { id } })),
    back: `/invitation-submissions/${submission.id}`,
  })
  await c.db('invitation_submissions').where({ id: submission.id }).update({ task_id: taskId })
  await c.record('invitations.released', subjectOf(submission), { count: held.length })
  await tellInviter(c, submission, 'released')
  return taskId
}

/** The Commission refuses a held submission; the reason is read by both sides (E3) [001]. @throws RuleBroken */
export async function refuseHeld(c: Change, actor: Actor, submission: Submission, reason: string): Promise<void> {
  await take(c, submission, 'confirmed', { state: 'refused', decided_by: actor.id, decided_at: c.at, reason })
  const count = await c
    .db('invitations')
    .where({ submission_id: submission.id })
    .whereIn('status', steps.refuseHeld.from)
    .update({ status: steps.refuseHeld.to, reasons: ['byCommission'] })
  await c.record('invitations.refused', subjectOf(submission), { count })
  await tellInviter(c, submission, 'refused')
}

/** Sends one released invitation; an address that came into use while it was held is refused instead. */
export const releaseWork: TaskWork = async (c, _actor, payload) => {
  const { id } = payload as { id: number }
  const invitation = (await c.db('invitations').where({ id, status: 'held' }).forUpdate().first()) as
    (Wish & { id: number }) | undefined
  if (!invitation) throw new RuleBroken('invitations:release.withdrawn')
  const wish = { ...invitation, modules: [1] }
  const [judged] = await judge(c.db, c.at, [wish], { languages: [wish.language], modules: [1] })
  const reasons = judged?.reasons ?? []
  if (reasons.length === 0) {
    await sendInvitation(c, id, 'release')
    return
  }
  await c.db('invitations').where({ id }).update({ status: steps.refuseHeld.to, reasons })
  await c.record('invitation.refused', { type: 'invitation', id }, { reasons })
}

async function take(c: Change, { id }: Submission, from: SubmissionState, marks: object): Promise<void> {
  const changed = await c.db('invitation_submissions').where({ id, state: from }).update(marks)
  if (changed === 0) throw new RuleBroken('invitations:submission.decidedAlready')
  if (!(await c.db('invitations').where({ submission_id: id, status: 'held' }).first('id')))
    throw new RuleBroken('invitations:submission.allWithdrawn')
}

async function tellInviter(c: Change, { id, inviterId }: Submission, decision: 'released' | 'refused'): Promise<void> {
  const inviter = await findOffice(c.db, { id: inviterId })
  if (inviter) await c.send(submissionDecided(inviter, id, decision))
}
