import { nameIn } from '../../modules/index.ts'
import { type Ctx, sendPage } from '../../platform/web/page.ts'
import { get } from '../../platform/web/route.ts'
import { editorsOf, editorsText } from '../editing.ts'
import { findRequest, type FoundRequest } from '../queries.ts'
import { trailTo } from '../trail.ts'
import { isOpen } from '../workflow.ts'
import { actsOn, isActing } from './acts.ts'
import { numbersToApprove, readContent } from './content-queries.ts'
import { shownContent, subjectRows } from './content.ts'
import { listHistory } from './history-queries.ts'
import { shownLine } from './history.ts'
import { listAllocated, listContacts, shownContacts } from './management.ts'
import { listWhoCanAct, nextText } from './next.ts'
import { listed } from '../words.ts'
import { overviewRows, type Reader, readerOf, type Standing, standingOf, tagsOf } from './overview.ts'
import type { PartInReach } from './parts.ts'
import { protectionWaits } from './protection.ts'
import { howItStands } from './standing.ts'
import { findNote } from './writing/note.ts'
import { writingRoutes } from './writing/routes.ts'

export const pageRoutes = [
  get<FoundRequest>('/requests/:id', { can: 'request.see', on: findRequest }, sendRequest),
  get<FoundRequest>('/requests/:id/management', { can: 'request.see', on: findRequest }, async ctx => {
    const { subject: request, db, actor } = ctx
    const { whole, shown, stands, reader } = await howItStands(ctx)
    const [first = {}, ...others] = await listContacts(db, shown)
    sendTab(ctx, 'management', stands, {
      rows: overviewRows(request, stands, whole, reader),
      allocated: await listAllocated(db, actor, request),
      contacts: [
        ...shownContacts(first, reader),
        ...others.flatMap(({ responder, coordinator }) =>
          shownContacts({ ...(responder && { responder }), ...(coordinator && { coordinator }) }, reader),
        ),
      ],
    })
  }),
  get<FoundRequest>('/requests/:id/history', { can: 'request.see', on: findRequest }, async ctx => {
    const { subject: request, db, actor } = ctx
    const { whole, shown, stands, reader } = await howItStands(ctx)
    const ids = shown.map(({ id }) => id)
    const lines = await listHistory(db, actor, request, ids)
    sendTab(ctx, 'history', stands, {
      lines: lines.map(line => shownLine(line, whole ? request.number : null, reader)),
    })
  }),
  ...writingRoutes,
]

const tabs = ['request', 'management', 'history'] as const
type Tab = (typeof tabs)[number]

/** One tab of a request's page, with the head that all of them share. */
function sendTab(ctx: Ctx<FoundRequest>, tab: Tab, stands: Standing, fields: object): void {
  const { subject: request, t, lang } = ctx
  const head = {
    module: nameIn(request.moduleNames, lang),
    tags: tagsOf(request, stands, readerOf(ctx)),
    label: t('requests:tabs.label'),
    actions: [{ href: `/requests/${request.id}/report`, label: t('reporting:link') }],
    tabs: tabs.map(one => ({
      href: one === 'request' ? `/requests/${request.id}` : `/requests/${request.id}/${one}`,
      label: t(`requests:tab.${one}`),
      current: one === tab,
    })),
  }
  const name = t('requests:page.title', { number: request.number })
  const title = ['requests:page.tabTitle', { request: name, tab: t(`requests:tab.${tab}`) }] as const
  sendPage(ctx, `requests/${tab}`, { title, trail: trailTo(ctx, request) }, { head: { ...head, name }, ...fields })
}

async function sendRequest(ctx: Ctx<FoundRequest>): Promise<void> {
  const { subject: request, db, t, actor } = ctx
  const { whole, shown, stands, reader, parts } = await howItStands(ctx)
  const acting = isActing(actor, request, parts)
  const [editors, people, note, waits] = await Promise.all([
    editorsOf(db, request.id, actor, ctx.at),
    acting ? [] : listWhoCanAct(db, actor, request, stands.turn),
    findNote(db, request.id, actor.authorityId),
    protectionWaits(db, actor, request, reader),
  ])
  const content = await contentFor(ctx, shown, reader)
  const acts = actsOn(actor, request, parts, { t, which: whole ? 'whole' : 'all' })
  sendTab(ctx, 'request', stands, {
    editors: editorsText(editors, reader),
    next: {
      text: nextText(request, stands, reader),
      people: people.length > 0 ? [t('requests:next.people', { names: listed(ctx.lang, people) })] : [],
      ask: { href: `/requests/${request.id}/management`, label: t('requests:next.ask') },
    },
    waits,
    acts,
    rows: overviewRows(request, stands, whole, reader),
    parts: parts.length > 1 ? shownParts(ctx, parts, whole, reader) : null,
    note: noteFor(ctx, note),
    content,
    limited: content ? null : await limitedTo(ctx),
  })
}

/** The content of the parts that this reader may see it of, with what is to be known of it. */
async function contentFor(
  ctx: Ctx<FoundRequest>,
  shown: readonly FoundRequest[],
  reader: Reader,
): Promise<object | null> {
  const { subject: request, t } = ctx
  const visible = shown.filter(part => ctx.may('request.seeContent', part))
  if (visible.length === 0) return null
  const ids = visible.map(({ id }) => id)
  const content = await readContent(ctx, request, ids, 'page')
  const { attachments, subject, ...rest } = shownContent(content, request, visible, reader)
  return {
    ...rest,
    subject: subjectRows(subject, reader),
    attachments: attachments.map(({ name, href, language, personal, by }) => [
      {
        text: name,
        ...(href && { href }),
        ...(personal && { tag: { color: 'warning', text: t('requests:content.personal') } }),
      },
      { text: language },
      { text: by },
    ]),
    notices: noticesOn(ctx, content.personal !== undefined),
    comment:
      isOpen('comment', request) && ctx.may('request.comment', request) ? `/requests/${request.id}/comments` : null,
  }
}

/** Why personal data are hidden, or that they are shown although they are blocked. */
function noticesOn({ subject: request, t, actor }: Ctx<FoundRequest>, opened: boolean): string[] {
  if (request.erasedAt) return [t('requests:content.erased')]
  if (request.blockedAt) return [opened ? t('requests:content.blockedOpen') : t('requests:content.blocked')]
  if (opened) return []
  const waits = request.responder?.id === actor.authorityId && request.acceptedAt === null
  return [waits ? t('requests:content.beforeAcceptance') : t('requests:content.withoutPersonal')]
}

/** What somebody without right to the content is told of it. */
async function limitedTo({ db, actor, subject: request, t, lang }: Ctx<FoundRequest>): Promise<string> {
  const numbers = await numbersToApprove(db, actor, request)
  return numbers
    ? t('requests:page.numbers', { numbers: listed(lang, numbers.map(String)) })
    : t('requests:page.limited')
}

/** The other parts, each with its own status; for whom they are one request, with what can be done with each. */
const shownParts = (ctx: Ctx<FoundRequest>, parts: readonly PartInReach[], whole: boolean, reader: Reader): object[] =>
  parts
    .filter(({ id }) => whole || id !== ctx.subject.id)
    .map(part => {
      const stands = standingOf(part, parts, false)
      const rows = overviewRows(part, stands, false, reader).slice(1)
      const acts = whole ? actsOn(ctx.actor, part, parts, { t: ctx.t, which: 'part' }) : []
      return {
        number: part.number,
        href: part.id === ctx.subject.id ? null : `/requests/${part.id}`,
        tags: tagsOf(part, stands, reader),
        rows,
        acts,
      }
    })

function noteFor(ctx: Ctx<FoundRequest>, note: { fileNumber: string; remark: string }): object | null {
  const { subject: request, t } = ctx
  const edit = ctx.may('request.note', request) ? `/requests/${request.id}/note` : null
  if (!edit && !note.fileNumber && !note.remark) return null
  const remark = ctx.may('request.seeContent', request)
  return {
    edit,
    rows: [
      ...(note.fileNumber ? [{ label: t('requests:note.fileNumber'), value: note.fileNumber }] : []),
      ...(remark && note.remark ? [{ label: t('requests:note.remark'), value: note.remark }] : []),
    ],
  }
}
