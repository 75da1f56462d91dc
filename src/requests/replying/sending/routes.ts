import { z } from 'zod'
import type { Ctx } from '../../../platform/web/page.ts'
import type { Route } from '../../../platform/web/route.ts'
import { attachmentName } from '../../attachments/fields.ts'
import type { FoundRequest } from '../../queries.ts'
import { sightOf } from '../../visibility.ts'
import { listQuestions, workOn } from '../draft.ts'
import { nothing, reasonField } from '../../forms.ts'
import { listReplies, listReplyNumbers } from '../queries.ts'
import { readBeside } from '../reading.ts'
import { type ShownAnswer, shownAnswer } from '../shown.ts'
import { languageField, stepForm } from '../../step-form.ts'
import { approveReply, returnReply, takeBackReply } from './pending-reply.ts'
import { madeUp, mistakesOf, type ReplyKind } from './reply.ts'
import { sendReply } from './send-reply.ts'

/** Replies go out, or before the coordinator that approves them (spec/requests.md, the table). */
export const sendingRoutes: Route[] = [
  ...replyForm('partial'),
  ...replyForm('full'),

  ...stepForm('approveReply', {
    view: 'requests/reply-approval',
    schema: nothing,
    offer: pendingReply,
    submit: (c, request) => approveReply(c, request),
  }),

  ...stepForm('returnReply', {
    view: 'requests/reply-return',
    schema: async ctx =>
      z.object({ reason: reasonField('replying:return.missing'), language: await languageField(ctx) }),
    writes: true,
    submit: (c, request, value) => returnReply(c, request, value),
  }),

  ...stepForm('takeBackReply', {
    view: 'requests/sure',
    schema: nothing,
    submit: (c, request) => takeBackReply(c, request),
  }),
]

/** The page shows what will be sent, and names all that is missing at once. */
function replyForm(kind: ReplyKind): Route[] {
  return stepForm(kind === 'full' ? 'replyFully' : 'replyPartly', {
    view: 'requests/reply',
    schema: z.object({ version: z.coerce.number().int().min(0).max(2_147_483_647).catch(-1) }),
    check: async ({ db, subject: request }) =>
      mistakesOf(kind, madeUp(kind, await workOn(db, request))).map(mistake => ({ field: '', ...mistake })),
    fill: async (request, { db }) => ({ version: String((await workOn(db, request)).draft.version) }),
    offer: ctx => draftReply(ctx, kind),
    submit: (c, request, { version }, ctx) => sendReply(c, request, { kind, version, language: ctx.actor.language }),
  })
}

/** What would be sent, as the draft stands now. */
async function draftReply(ctx: Ctx<FoundRequest>, kind: ReplyKind): Promise<object> {
  const { db, t, lang, subject: request } = ctx
  const work = await workOn(db, request)
  const { personal, attachments } = await readBeside(ctx, work.questions, 'draft')
  const written = work.draft.language ?? ctx.actor.language
  const reply = madeUp(kind, work)
  const { draft, questions } = work
  return {
    kind,
    said: reply.sends.map(({ asked, answer }) => shownAnswer(asked, questions, answer, { t, lang, personal, written })),
    stays: reply.stays.map(({ number }) => number),
    missing: mistakesOf(kind, reply).map(({ key, values }) => t(key, values)),
    complete: reply.missing.length === 0,
    general: draft.generalComments ? { text: draft.generalComments, lang: written } : undefined,
    attachments: attachments
      .filter(({ state }) => state === 'draft')
      .map(one => attachmentName(one, t('attachments:one'))),
    answers: `/requests/${request.id}/answers`,
  }
}

/** The reply that waits, as far as this approver may see it: else the numbers of its questions only. */
async function pendingReply(ctx: Ctx<FoundRequest>): Promise<object> {
  const { db, t, lang, actor, subject: request } = ctx
  const sight = sightOf(actor, request)
  const back = { returning: `/requests/${request.id}/reply-return`, numbers: await listReplyNumbers(db, request.id) }
  const none = {
    ...back,
    said: undefined as ShownAnswer[] | undefined,
    kind: undefined,
    general: undefined,
    attachments: [],
  }
  if (!sight.draftAnswers) return none
  const replies = await listReplies(db, [request.id], { draftAnswers: true, side: 'responder' })
  const reply = replies.find(({ state }) => state === 'awaiting approval')
  if (!reply) return none
  const questions = await listQuestions(db, request)
  const { personal, attachments } = await readBeside(ctx, questions, 'draft')
  const reader = { t, lang, personal, written: reply.language }
  return {
    ...back,
    kind: reply.kind,
    said: reply.answers.flatMap(answer => {
      const asked = questions.find(({ id }) => id === answer.questionId)
      return asked ? [shownAnswer(asked, questions, answer, reader)] : []
    }),
    general: reply.generalComments ? { text: reply.generalComments, lang: reply.language } : undefined,
    attachments: attachments
      .filter(({ state }) => state === 'awaiting approval')
      .map(one => attachmentName(one, t('attachments:one'))),
  }
}
