import type { Change } from '../../platform/db/change.ts'
import type { LockedPart } from '../queries.ts'
import { takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'
import { ended, isOpen, within } from '../workflow.ts'

/**
 * A part that was called back, refused or lost with its authority gives its questions back to the first part (spec/requests.md, Parts): its
 * responder is told, and, if it was past them already, has them to answer again; its unsent reply becomes draft answers. If the
 * first part has ended the questions stay unanswered and the requester is told.
 */
export async function returnQuestions(c: Change, part: LockedPart, parts: readonly LockedPart[]): Promise<void> {
  const first = parts.find(one => one.part === 1)
  if (!first || first.id === part.id) return
  if (within(ended, first.status)) {
    await tell(c, first.id, 'requesting handlers', 'questions-back')
    return
  }
  await c.db('request_questions').where({ part_id: part.id }).update({ part_id: first.id })
  if (!isOpen('regainQuestions', first)) {
    await tell(c, first.id, 'responding handlers', 'questions-back')
    return
  }
  await replyBackToDraft(c, first.id)
  await takeStep(c, first.id, 'regainQuestions')
}

/** What waited for approval is draft answers again, where nobody has written newer ones. */
export async function replyBackToDraft(c: Change, partId: number): Promise<void> {
  const [reply] = await c
    .db('request_replies')
    .where({ part_id: partId, state: 'awaiting approval' })
    .select<{ id: number; general_comments: string; language: string }[]>('id', 'general_comments', 'language')
  if (!reply) return
  await c.db('request_replies').where({ id: reply.id }).update({ state: 'returned' })
  await c.db.raw(
    `insert into request_draft_answers (question_id, value, cannot, comment, edited_at)
     select question_id, value, cannot, comment, ? from request_reply_answers where reply_id = ? on conflict do nothing`,
    [c.at, reply.id],
  )
  await c.db.raw(
    `insert into request_drafts (part_id, general_comments, language, edited_at) values (?, ?, ?, ?) on conflict do nothing`,
    [partId, reply.general_comments, reply.language, c.at],
  )
}
