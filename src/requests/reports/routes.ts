import { nameIn } from '../../modules/index.ts'
import type { Document } from '../../platform/documents/document.ts'
import { freshForm } from '../../platform/web/form.ts'
import { type Crumb, type Ctx, sendPage } from '../../platform/web/page.ts'
import { get } from '../../platform/web/route.ts'
import { printedBy, sendPdf } from '../../platform/web/send-document.ts'
import { readContent } from '../page/content-queries.ts'
import { shownContent } from '../page/content.ts'
import { listHistory } from '../page/history-queries.ts'
import { shownLine } from '../page/history.ts'
import { written } from '../days.ts'
import { overviewRows } from '../page/overview.ts'
import { howItStands } from '../page/standing.ts'
import { findNote } from '../page/writing/note.ts'
import { findRequest, type FoundRequest } from '../queries.ts'
import { trailTo } from '../trail.ts'
import { statusText } from '../words.ts'
import { type Chapter, chaptersFor, chosenChapters, queryOf } from './choice.ts'
import { type Reported, requestReport } from './report.ts'

const access = { can: 'request.see', on: findRequest } as const

export const reportRoutes = [
  get<FoundRequest>('/requests/:id/report', access, ctx => {
    const { subject: request, actor, t } = ctx
    const offered = chaptersFor(actor, request)
    const chapters = offered.filter(chapter => chapter !== 'personal')
    const options = chapters.map(value => ({ value, label: t(`reporting:chapter.${value}`) }))
    const form = freshForm(`/requests/${request.id}/report/page`, { extent: 'full', include: chapters })
    const fields = { form, options, personal: offered.includes('personal'), back: `/requests/${request.id}` }
    sendPage(ctx, 'requests/report', { title: titleOf(request), trail: trailOf(ctx) }, fields)
  }),
  get<FoundRequest>('/requests/:id/report/page', access, async ctx => {
    const chosen = choiceOf(ctx)
    const document = await reportOf(ctx, chosen)
    const pdf = `/requests/${ctx.subject.id}/report/pdf?${queryOf(ctx.req.query, chosen)}`
    const title = ['reporting:document.title', { number: ctx.subject.number }] as const
    sendPage(ctx, 'documents/document', { title, trail: trailOf(ctx) }, { document, pdf })
  }),
  get<FoundRequest>('/requests/:id/report/pdf', access, async ctx => {
    const document = await reportOf(ctx, choiceOf(ctx))
    await sendPdf(ctx, document, ctx.t('reporting:document.file', { number: ctx.subject.number }))
  }),
]

const titleOf = ({ number }: FoundRequest) => ['reporting:title', { number }] as const

const trailOf = (ctx: Ctx<FoundRequest>): Crumb[] =>
  trailTo(ctx, ctx.subject, { href: `/requests/${ctx.subject.id}/report`, label: ctx.t('reporting:link') })

const choiceOf = ({ req, actor, subject }: Ctx<FoundRequest>): Chapter[] =>
  chosenChapters(req.query, chaptersFor(actor, subject))

const CONTENT: readonly Chapter[] = ['questions', 'answers', 'drafts', 'comments', 'attachments']

/** What the page shows, and nothing more, without what was not chosen: that is not even selected where it is about a person. */
async function reportOf(ctx: Ctx<FoundRequest>, chosen: readonly Chapter[]): Promise<Document> {
  const { subject: request, db, actor, t, lang } = ctx
  const { parts, shown, whole, stands, reader } = await howItStands(ctx)
  const ids = shown.map(({ id }) => id)
  const visible = shown.filter(part => ctx.may('request.seeContent', part))
  const where = chosen.includes('personal') ? 'report' : undefined
  const wanted = visible.length > 0 && CONTENT.some(chapter => chosen.includes(chapter))
  const content = wanted
    ? await readContent(
        ctx,
        request,
        visible.map(({ id }) => id),
        where,
      )
    : null
  const history = chosen.includes('history') ? await listHistory(db, actor, request, ids) : []
  const said: Reported = {
    number: request.number,
    module: nameIn(request.moduleNames, lang),
    status: statusText(t, stands.status),
    overview: overviewRows(request, stands, whole, reader),
    parts: parts.map(({ number, responder, shownStatus, dueDate }) => ({
      number,
      responder: responder?.name ?? '',
      lang: responder?.language ?? lang,
      status: statusText(t, shownStatus),
      due: dueDate ? written(lang, dueDate) : '',
    })),
    note: visible.length > 0 ? await findNote(db, request.id, actor.authorityId) : null,
    content: content && shownContent(content, request, visible, reader),
    history: history.map(line => shownLine(line, whole ? request.number : null, reader)),
  }
  return requestReport(said, chosen, t, printedBy(ctx))
}
