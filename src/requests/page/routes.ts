import { nameIn } from '../../modules/index.ts'
import { day } from '../../platform/i18n/names.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get } from '../../platform/web/route.ts'
import { editorsOf, editorsText } from '../editing.ts'
import { findRequest, type FoundRequest } from '../queries.ts'
import type { Party } from '../request.ts'
import { statusColor, statusText, turnText } from '../words.ts'
import { turnOf } from '../workflow.ts'

export const pageRoutes = [
  get<FoundRequest>('/requests/:id', { can: 'request.see', on: findRequest }, async ctx => {
    const request = ctx.subject
    const { t, lang, actor } = ctx
    const editors = await editorsOf(ctx.db, request.id, actor, ctx.at)
    const fields = {
      module: nameIn(request.moduleNames, lang),
      tags: [{ color: statusColor(request.shownStatus), text: statusText(t, request.shownStatus) }],
      editors: editorsText(editors, { t, lang, country: actor.country }),
      rows: overviewOf(request, ctx),
    }
    sendPage(ctx, 'requests/request', { title: ['requests:page.title', { number: request.number }] }, fields)
  }),
]

function overviewOf(request: FoundRequest, { t, lang }: Ctx<unknown>): object[] {
  const party = (label: string, side: Party | null): object[] =>
    side
      ? [{ label, value: side.name, lang: side.language, ...(side.deleted ? {} : { href: `/authorities/${side.id}` }) }]
      : []
  const date = (label: string, value: string | null): object[] =>
    value ? [{ label, value: day(lang, 'UTC', new Date(`${value}T00:00:00Z`)) }] : []
  return [
    ...party(t('requests:page.requester'), request.requester),
    ...party(t('requests:page.responder'), request.responder),
    { label: t('requests:page.turn'), value: turnText(t, turnOf(request.shownStatus)) },
    ...date(t('requests:page.proposedDate'), request.proposedDate),
    ...date(t('requests:page.dueDate'), request.dueDate),
  ]
}
