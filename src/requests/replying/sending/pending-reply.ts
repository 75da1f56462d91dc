import type { Change } from '../../../platform/db/change.ts'
import { moveAttachments } from '../../attachments/attach.ts'
import { takeStep } from '../../take-step.ts'
import { endDraft } from './end-draft.ts'

/**
 * Approves the reply that waits, and sends it as it was made.
 * @throws RuleBroken when none waits any more
 */
export async function approveReply(c: Change, request: { id: number }): Promise<void> {
  // The step reads of the waiting reply whether it is partial.
  await takeStep(c, request.id, 'approveReply')
  const [reply] = await c
    .db('request_replies')
    .where({ part_id: request.id, state: 'awaiting approval' })
    .update({ state: 'sent', sent_at: c.at })
    .returning<{ id: number }[]>('id')
  if (!reply) throw new Error(`No reply waits for approval in part ${request.id}`)
  await moveAttachments(
    c,
    { partId: request.id, side: 'responder' },
    { from: 'awaiting approval', to: 'sent', replyId: reply.id },
  )
  await endDraft(c, request.id, reply.id)
}

/**
 * Returns the reply that waits to those who made it, who read why.
 * @throws RuleBroken when none waits any more
 */
export async function returnReply(
  c: Change,
  request: { id: number },
  { reason, language }: { reason: string; language: string },
): Promise<void> {
  await takeStep(c, request.id, 'returnReply', { note: reason, noteLanguage: language })
  await putBackReply(c, request.id, reason)
}

/**
 * Takes back the reply that waits, to change it.
 * @throws RuleBroken when none waits any more
 */
export async function takeBackReply(c: Change, request: { id: number }): Promise<void> {
  await takeStep(c, request.id, 'takeBackReply')
  await putBackReply(c, request.id)
}

/** The reply that waits for approval, if one does, is a draft again: its answers still are, its attachments become it. */
export async function putBackReply(c: Change, partId: number, reason?: string): Promise<void> {
  await c
    .db('request_replies')
    .where({ part_id: partId, state: 'awaiting approval' })
    .update({ state: 'returned', reason: reason ?? null })
  await moveAttachments(c, { partId, side: 'responder' }, { from: 'awaiting approval', to: 'draft' })
}
