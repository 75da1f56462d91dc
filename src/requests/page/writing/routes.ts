import { byLabel, languageName } from '../../../platform/i18n/names.ts'
import { form } from '../../../platform/web/form-route.ts'
import type { Crumb, Ctx } from '../../../platform/web/page.ts'
import { listLanguages } from '../../../users/index.ts'
import { findRequest, type FoundRequest } from '../../queries.ts'
import { isOpen, wordFor } from '../../workflow.ts'
import { listed, readerOf } from '../overview.ts'
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
      trail: (request, ctx) => trailTo(ctx, request, 'requests:comment.crumb'),
      schema: async ({ db }) => commentForm(await listLanguages(db)),
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
      trail: (request, ctx) => trailTo(ctx, request, 'requests:note.heading'),
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

const trailTo = ({ t }: Ctx<unknown>, { id, number }: FoundRequest, page: string): Crumb[] => [
  { href: `/requests/${id}`, label: t('requests:page.title', { number }) },
  { label: t(page) },
]

async function offerComments(ctx: Ctx<FoundRequest>): Promise<object> {
  const { subject: request, db, lang, t, actor } = ctx
  const other = actor.authorityId === request.requester.id ? request.responder : request.requester
  const [languages, comments, reads] = await Promise.all([
    listLanguages(db),
    listComments(db, [request.id], actor.authorityId),
    languagesOf(ctx, other?.id ?? 0),
  ])
  return {
    back: `/requests/${request.id}`,
    most: LONGEST_COMMENT,
    obstacle: isOpen('comment', request) ? undefined : t(`requests:notNow.${wordFor(request.shownStatus)}`),
    languages: byLabel(
      lang,
      languages.map(value => ({ value, label: languageName(lang, value) })),
    ),
    reads,
    comments: comments.map(comment => shownComment(comment, readerOf(ctx))),
  }
}

async function languagesOf({ db, lang }: Ctx<unknown>, id: number): Promise<string> {
  const row = await db('authorities').where({ id }).first<{ languages: string[] } | undefined>('languages')
  return listed(
    lang,
    (row?.languages ?? []).map(code => languageName(lang, code)),
  )
}
