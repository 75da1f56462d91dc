import { form } from '../../../platform/web/form-route.ts'
import type { Ctx } from '../../../platform/web/page.ts'
import { languageOptions, languagesRead } from '../../languages.ts'
import { languageField } from '../../step-form.ts'
import { findRequest, type FoundRequest } from '../../queries.ts'
import { trailTo } from '../../trail.ts'
import { isOpen, wordFor } from '../../workflow.ts'
import { readerOf } from '../overview.ts'
import { commentForm, listComments, LONGEST_COMMENT, writeComment } from './comments.ts'
import { findNote, LONGEST_REMARK, noteForm, saveNote } from './note.ts'
import { shownComment } from './shown.ts'

export const writingRoutes = [
  ...form(
    '/requests/:id/comments',
    { can: 'request.comment', on: findRequest },
    {
      view: 'requests/comments',
      title: ({ number }) => ['requests:comment.title', { number }],
      trail: (request, ctx) => trailTo(ctx, request, { label: ctx.t('requests:comment.crumb') }),
      schema: async ctx => commentForm(await languageField(ctx)),
      fill: (_request, { actor }) => ({ language: actor.language }),
      offer: offerComments,
      submit: (c, request, wish) => writeComment(c, request, wish),
      done: (_result, { id, number }) => ({ to: `/requests/${id}`, notice: ['requests:comment.done', { number }] }),
    },
  ),
  ...form(
    '/requests/:id/note',
    { can: 'request.note', on: findRequest },
    {
      view: 'requests/note',
      title: ({ number }) => ['requests:note.title', { number }],
      trail: (request, ctx) => trailTo(ctx, request, { label: ctx.t('requests:note.heading') }),
      schema: noteForm,
      fill: async ({ id }, { db, actor }) => {
        const { version, ...note } = await findNote(db, id, actor.authorityId)
        return { ...note, version: String(version) }
      },
      offer: ({ subject }) => ({ most: LONGEST_REMARK, back: `/requests/${subject.id}` }),
      submit: (c, request, wish) => saveNote(c, request, wish),
      done: (_result, { id, number }) => ({ to: `/requests/${id}`, notice: ['requests:note.done', { number }] }),
    },
  ),
]

async function offerComments(ctx: Ctx<FoundRequest>): Promise<object> {
  const { subject: request, db, lang, t, actor } = ctx
  const other = actor.authorityId === request.requester.id ? request.responder : request.requester
  const [languages, comments, reads] = await Promise.all([
    languageOptions(db, lang),
    listComments(db, [request.id], actor.authorityId),
    languagesRead(db, lang, other?.id ?? 0),
  ])
  return {
    back: `/requests/${request.id}`,
    most: LONGEST_COMMENT,
    obstacle: isOpen('comment', request) ? undefined : t(`requests:notNow.${wordFor(request.shownStatus)}`),
    languages,
    reads,
    comments: comments.map(comment => shownComment(comment, readerOf(ctx))),
  }
}
