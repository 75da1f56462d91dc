import type { ActName, DemoAnswer } from './request.ts'
import { type Scene, step } from './scene.ts'

/** Answers as they are drafted, sent, approved and returned. */
export const replying: Partial<Record<ActName, (scene: Scene) => Promise<unknown>>> = {
  async saveAnswers(scene) {
    await step(scene)
    await saveDraft(scene)
  },
  replyPartly: scene => reply(scene, 'partial'),
  replyFully: scene => reply(scene, 'full'),
  async approveReply(scene) {
    await step(scene)
    await sendWaitingReply(scene)
  },
  async returnReply(scene) {
    await step(scene)
    await scene.c
      .db('request_replies')
      .where({ part_id: scene.partId, state: 'awaiting approval' })
      .update({ state: 'returned', reason: scene.act.note })
  },
}

async function reply(scene: Scene, kind: 'partial' | 'full'): Promise<void> {
  await saveDraft(scene)
  const { to } = await step(scene, { set: { later_date: null, later_reason: null } })
  await keepReply(scene, kind)
  if (to !== 'reply awaiting approval') await sendWaitingReply(scene)
}

interface AnswerRow {
  question_id: number
  value: string | null
  cannot: boolean
  comment: string
}

function answersOf({ act, questions }: Scene): AnswerRow[] {
  return Object.entries(act.answers ?? {}).map(([code, answer]: [string, DemoAnswer]) => {
    const question_id = questions.find(question => question.code === code)?.id
    if (question_id === undefined) throw new Error(`A demo request is answered on ${code}, which it does not ask`)
    const { value = null, cannot = false, comment = '' } = typeof answer === 'string' ? { value: answer } : answer
    return { question_id, value, cannot, comment }
  })
}

async function saveDraft(scene: Scene): Promise<void> {
  const { c, partId, act, request } = scene
  const edited = { edited_at: c.at, edited_by: c.actor.id }
  const rows = answersOf(scene).map(row => ({ ...row, ...edited }))
  if (rows.length > 0) await c.db('request_draft_answers').insert(rows).onConflict('question_id').merge()
  const draft = { general_comments: act.general ?? '', language: request.language, ...edited }
  await c
    .db('request_drafts')
    .insert({ part_id: partId, ...draft })
    .onConflict('part_id')
    .merge()
}

async function keepReply(scene: Scene, kind: 'partial' | 'full'): Promise<void> {
  const { c, partId, act, request } = scene
  const [row] = await c
    .db('request_replies')
    .insert({
      part_id: partId,
      kind,
      state: 'awaiting approval',
      general_comments: act.general ?? '',
      language: request.language,
      authority_id: c.actor.authorityId,
      user_id: c.actor.id,
      made_at: c.at,
    })
    .returning<{ id: number }[]>('id')
  const rows = answersOf(scene).map(answer => ({ ...answer, reply_id: row?.id }))
  if (rows.length > 0) await c.db('request_reply_answers').insert(rows)
}

/** What was sent is a draft no longer. */
async function sendWaitingReply({ c, partId }: Scene): Promise<void> {
  const [sent] = await c
    .db('request_replies')
    .where({ part_id: partId, state: 'awaiting approval' })
    .update({ state: 'sent', sent_at: c.at })
    .returning<{ id: number }[]>('id')
  const answered = c.db('request_reply_answers').where({ reply_id: sent?.id }).select('question_id')
  await c.db('request_draft_answers').whereIn('question_id', answered).delete()
  await c.db('request_drafts').where({ part_id: partId }).update({ general_comments: '' })
}
