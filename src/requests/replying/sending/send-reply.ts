import type { Change } from '../../../platform/db/change.ts'
import { RuleBroken } from '../../../platform/errors.ts'
import { moveAttachments } from '../../attachments/attach.ts'
import type { ImiRequest } from '../../request.ts'
import { takeStep } from '../../take-step.ts'
import { type Draft, holdWork } from '../draft.ts'
import { endDraft } from './end-draft.ts'
import { madeUp, mistakesOf, type MadeUp, type ReplyKind } from './reply.ts'

/**
 * Sends the draft as a partial or full reply, or lays it before the coordinator that approves replies. What it says is kept as it is
 * for good; a later date that was proposed falls away.
 * @throws RuleBroken when something is missing or the request is not being worked on now; Overtaken when the draft is not the one shown
 */
export async function sendReply(
  c: Change,
  request: ImiRequest,
  { kind, version, language }: { kind: ReplyKind; version: number; language: string },
): Promise<void> {
  const work = await holdWork(c, request, version)
  const reply = madeUp(kind, work)
  const [mistake] = mistakesOf(kind, reply)
  if (mistake) throw new RuleBroken(mistake.key, { values: mistake.values ?? {} })
  const { to } = await takeStep(c, request.id, kind === 'full' ? 'replyFully' : 'replyPartly', {
    set: { later_date: null, later_reason: null },
  })
  const state = to === 'reply awaiting approval' ? 'awaiting approval' : 'sent'
  const id = await keepReply(c, request.id, { kind, state, draft: work.draft, language, reply })
  await moveAttachments(c, { partId: request.id, side: 'responder' }, { from: 'draft', to: state, replyId: id })
  if (state === 'sent') await endDraft(c, request.id, id)
}

interface Kept {
  kind: ReplyKind
  state: 'awaiting approval' | 'sent'
  draft: Draft
  language: string
  reply: MadeUp
}

async function keepReply(c: Change, part_id: number, { kind, state, draft, language, reply }: Kept): Promise<number> {
  const [row] = await c
    .db('request_replies')
    .insert({
      part_id,
      kind,
      state,
      general_comments: draft.generalComments,
      language: draft.language ?? language,
      authority_id: c.actor.authorityId,
      user_id: c.actor.id,
      made_at: c.at,
      sent_at: state === 'sent' ? c.at : null,
    })
    .returning<{ id: number }[]>('id')
  const reply_id = row?.id ?? 0
  const rows = reply.sends.map(({ asked, answer: { value, cannot, comment } }) => ({
    reply_id,
    question_id: asked.id,
    value,
    cannot,
    comment,
  }))
  if (rows.length > 0) await c.db('request_reply_answers').insert(rows)
  return reply_id
}
