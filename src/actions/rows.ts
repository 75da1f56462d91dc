import { number, zoneOf } from '../platform/i18n/names.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import type { Actor } from '../policy.ts'
import { dueDay } from '../platform/i18n/due-day.ts'
import type { ActionKind, Waiting } from './queries.ts'

const request = (id: number): string => `/requests/${id}`

const pages: Record<ActionKind, (id: number) => string> = {
  accept: request,
  allocate: request,
  answer: request,
  replyReturned: request,
  demanded: request,
  provide: request,
  approve: request,
  approveReply: request,
  opinion: request,
  returned: request,
  judge: request,
  partial: request,
  laterDate: request,
  declined: request,
  decided: request,
  help: request,
  erasure: id => `${request(id)}/erasure`,
  erasureDeclined: id => `${request(id)}/erasure`,
  dataSubject: id => `${request(id)}/data-protection`,
  refused: request,
  withdrawn: request,
  registration: id => `/registrations/${id}`,
  confirm: id => `/invitation-submissions/${id}/confirmation`,
  decide: id => `/invitation-submissions/${id}`,
  expiring: () => '/invitations?expiring=yes',
  keyword: () => '/keyword-proposals',
  confirmation: id => `/authorities/${id}/confirmation`,
  deletion: () => '/deletions',
  password: () => '/password',
}

interface Reader {
  t: Translate
  lang: string
  actor: Actor
  at: Date
}

/** One thing that waits, as cells of a table: what to do, with the way to it, and until when or since when. */
export function actionRow(waiting: Waiting, { t, lang, actor, at }: Reader): object[] {
  const { kind, id, name, lang: nameLang, count, since, due } = waiting
  const zone = zoneOf(actor.country)
  const text = t(`actions:item.${kind}`, { count, number: number(lang, count) })
  const when = dueDay(lang, zone, { day: due ?? since, at })
  return [
    { text, href: pages[kind](id), ...(name && { note: name, noteLang: nameLang }) },
    {
      text: due ? t('actions:due', when) : t('actions:since', when),
      ...(due && due <= at && { tag: { color: 'warning', text: t('actions:overdue') } }),
    },
  ]
}

/** The same by kind; the kind with the most urgent thing stands first. */
export function actionGroups(rows: readonly Waiting[], reader: Reader): object[] {
  return [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, members]) => ({
    kind,
    caption: reader.t(`actions:group.${kind}`),
    rows: members.map(member => actionRow(member, reader)),
  }))
}
