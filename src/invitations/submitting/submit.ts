import { findSimilarNames } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { closeRejections } from '../due.ts'
import { type BadLine, COUNTED_WITHIN, type Judged, MOST_AT_ONCE, type Reason, type Wish } from '../invitation.ts'
import { sendInvitation } from '../send.ts'
import { steps } from '../workflow.ts'
import { judge, type Known } from './judge.ts'
import { correctRows, storeRows } from './rows.ts'

/**
 * Submits what was entered (E2): what nothing speaks against goes out or is held (E3), the rest stays with its reasons. Wishes
 * with an `id` are refused invitations that were corrected. `differentFrom` are authorities that the invited ones are not (B4).
 * @throws RuleBroken when there are others that they could be
 * @returns the number of the submission
 */
export async function submitInvitations(
  c: Change,
  actor: Actor,
  wishes: readonly Wish[],
  { known, differentFrom }: { known: Known; differentFrom: readonly number[] },
): Promise<number> {
  const judged = await judgeAlone(c, wishes, known)
  await assertOthers(c, actor, judged, differentFrom)
  const id = await insertSubmission(c, actor, [])
  await correctRows(
    c,
    id,
    judged.filter(wish => wish.id !== undefined),
  )
  await storeRows(
    c,
    { id, actor },
    judged.filter(wish => wish.id === undefined),
  )
  await sendOrHold(c, actor, id)
  return id
}

/** Keeps what a file says as drafts: nothing goes out before its preview was seen and submitted (quality.md). */
export async function importInvitations(
  c: Change,
  actor: Actor,
  { wishes, bad }: { wishes: readonly (Wish & { flaws?: Reason[] })[]; bad: BadLine[] },
  known: Known,
): Promise<number> {
  const judged = await judgeAlone(c, wishes, known)
  const id = await insertSubmission(c, actor, bad)
  await storeRows(c, { id, actor }, judged)
  const refused = judged.filter(({ reasons }) => reasons.length > 0).length
  const counts = { read: judged.length, refused, bad: bad.length }
  await c.record('invitations.imported', { type: 'invitation submission', id, authorityId: actor.authorityId }, counts)
  return id
}

/**
 * Submits the drafts of an import. What has happened since it was read counts: an address that is in use by now is refused.
 * @throws RuleBroken when it is submitted already, or when there are authorities that the invited ones could be
 */
export async function submitDrafts(
  c: Change,
  actor: Actor,
  id: number,
  { known, differentFrom }: { known: Known; differentFrom: readonly number[] },
): Promise<void> {
  const [draft] = await c
    .db('invitation_submissions')
    .where({ id, state: 'draft' })
    .forUpdate()
    .select<{ id: number }[]>('id')
  if (!draft) throw new RuleBroken('invitations:preview.submittedAlready')
  const judged = await judgeAlone(c, await listDrafts(c, id), known)
  await assertOthers(c, actor, judged, differentFrom)
  await correctRows(
    c,
    id,
    judged.filter(({ reasons }) => reasons.length > 0),
  )
  await sendOrHold(c, actor, id)
}

/** Judges while nobody else submits: two submissions of one address cannot both be right. */
async function judgeAlone(
  c: Change,
  wishes: readonly (Wish & { flaws?: Reason[] })[],
  known: Known,
): Promise<Judged[]> {
  await c.db.raw(`select pg_advisory_xact_lock(hashtext('invitations'))`)
  await closeRejections(c)
  return judge(c.db, c.at, wishes, known)
}

async function assertOthers(
  c: Change,
  actor: Actor,
  judged: readonly Judged[],
  differentFrom: readonly number[],
): Promise<void> {
  const names = judged.filter(({ reasons }) => reasons.length === 0).map(({ name }) => name)
  const similar = await findSimilarNames(c.db, actor.country, names)
  if (similar.some(({ id }) => !differentFrom.includes(id)))
    throw new RuleBroken('invitations:noneOfThese.missing', { field: 'noneOfThese' })
}

async function insertSubmission(c: Change, actor: Actor, bad: BadLine[]): Promise<number> {
  const row = { inviter_id: actor.authorityId, made_by: actor.id, made_at: c.at, state: 'draft' }
  const [made] = (await c
    .db('invitation_submissions')
    .insert({ ...row, bad_lines: JSON.stringify(bad) })
    .returning('id')) as [{ id: number }]
  return made.id
}

async function listDrafts(c: Change, submissionId: number): Promise<Wish[]> {
  return c
    .db('invitations as i')
    .where({ 'i.submission_id': submissionId, 'i.status': 'draft' })
    .orderBy('i.id')
    .select<Wish[]>(
      'i.id',
      'i.line',
      'i.email',
      'i.name',
      'i.language',
      c.db.raw('array(select module_id from invitation_modules m where m.invitation_id = i.id) as modules'),
    )
}

/** More than 100 at once, or within a day, are held as a whole; else every one goes out (E3) [001]. */
async function sendOrHold(c: Change, actor: Actor, id: number): Promise<void> {
  const drafts = c.db('invitations').where({ submission_id: id, status: 'draft' })
  const ids = await drafts.clone().orderBy('id').pluck<number[]>('id')
  const refused = await c.db('invitations').where({ submission_id: id, status: 'refused' }).pluck<number[]>('id')
  const held = ids.length > 0 && ids.length + (await countOfToday(c, actor.authorityId)) > MOST_AT_ONCE
  if (held) await drafts.clone().update({ status: steps.hold.to, submitted_at: c.at, invited_by: actor.id })
  else for (const one of ids) await sendInvitation(c, one, 'send')
  const counts = { submitted: ids.length, refused: refused.length }
  await c
    .db('invitation_submissions')
    .where({ id })
    .update({ ...counts, state: held ? 'held' : 'submitted', submitted_at: c.at })
  const subject = { type: 'invitation submission', id, authorityId: actor.authorityId }
  await c.record('invitations.submitted', subject, { ...counts, held })
}

async function countOfToday(c: Change, inviterId: number): Promise<number> {
  const since = new Date(c.at.getTime() - COUNTED_WITHIN)
  const [row] = (await c
    .db('invitations')
    .where({ inviter_id: inviterId })
    .where('submitted_at', '>', since)
    .whereNotIn('status', ['draft', 'refused'])
    .count('* as count')) as [{ count: string }]
  return Number(row.count)
}
