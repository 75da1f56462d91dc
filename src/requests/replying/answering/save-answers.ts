import type { Change } from '../../../platform/db/change.ts'
import type { ReceivedFile } from '../../../platform/files/receive.ts'
import { attachFiles, markAttachments, removeAttachments } from '../../attachments/attach.ts'
import { openPersonal } from '../../personal.ts'
import type { ImiRequest } from '../../request.ts'
import { takeStep } from '../../take-step.ts'
import { NO_ANSWER, saysTheSame } from '../answers.ts'
import { holdWork, type Work } from '../draft.ts'
import type { DraftWish } from './draft-form.ts'

/**
 * Saves the draft answers that the acting handlers of the responder share; nobody is told (spec/requests.md, Mail).
 * @throws Overtaken when a colleague has saved meanwhile; RuleBroken when the request is not being worked on now, or has too many files
 */
export async function saveAnswers(
  c: Change,
  request: ImiRequest,
  wish: DraftWish,
  files: readonly ReceivedFile[],
): Promise<void> {
  const { part, ...work } = await holdWork(c, request, wish.version)
  await takeStep(c, request.id, 'saveAnswers')
  await saveDraft(c, request.id, wish)
  await saveEach(c, work, wish)
  const to = { requestId: part.requestId, partId: part.id }
  await openPersonal(c.db, c.actor.authorityId ?? 0)
  await removeAttachments(c, to, wish.attachments.remove)
  await markAttachments(c, to, wish.attachments.marks)
  await attachFiles(c, to, files, wish.attachments.coming)
}

async function saveDraft(c: Change, part_id: number, { generalComments, language }: DraftWish): Promise<void> {
  const draft = { general_comments: generalComments, language, edited_at: c.at, edited_by: c.actor.id }
  await c
    .db('request_drafts')
    .insert({ part_id, ...draft })
    .onConflict('part_id')
    .merge({ ...draft, version: c.db.raw('request_drafts.version + 1') })
}

/** Only what differs from what was sent last is a draft. */
async function saveEach(c: Change, { questions, answers }: Work, wish: DraftWish): Promise<void> {
  for (const { id } of questions) {
    const answer = wish.answers.get(id)
    if (!answer || answers.frozen.has(id)) continue
    if (saysTheSame(answer, answers.fields.get(id))) continue
    const row = { ...answer, edited_at: c.at, edited_by: c.actor.id }
    if (saysTheSame(answer, NO_ANSWER) && !answers.own.has(id))
      await c.db('request_draft_answers').where({ question_id: id }).delete()
    else
      await c
        .db('request_draft_answers')
        .insert({ question_id: id, ...row })
        .onConflict('question_id')
        .merge(row)
  }
}
