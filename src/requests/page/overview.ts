import type { Translate } from '../../platform/i18n/i18n.ts'
import { countryName, day, zoneOf } from '../../platform/i18n/names.ts'
import type { Actor } from '../../policy.ts'
import { today, written } from '../days.ts'
import { ACCEPTANCE_DAYS, type ImiRequest, type Party, URGENT_ACCEPTANCE_DAYS } from '../request.ts'
import { statusColor, statusText, turnText } from '../words.ts'
import { atWork, type Status, type Turn, turnOf, within } from '../workflow.ts'
import type { PartInReach } from './parts.ts'

/** Who reads a page of a request. */
export interface Reader {
  t: Translate
  lang: string
  country: string
  at: Date
}

export const readerOf = ({ t, lang, actor, at }: Omit<Reader, 'country'> & { actor: Actor }): Reader => ({
  t,
  lang,
  country: actor.country,
  at,
})

/** A text with the language that it is in. */
export interface Worded {
  text: string
  lang: string
}

/** Free text with who wrote it and when. */
export interface Quote extends Worded {
  by: string
}

/** A row of a description list. */
export interface Row {
  label: string
  value: string
  lang?: string
  href?: string
  note?: string
}

/** How a request stands: as the requester reads it where it has several parts. */
export interface Standing {
  status: Status
  turn: Turn
  mustBeGiven: boolean
}

/** Status and turn of one part, or of all parts together. With parts it is the requester's turn only when none is a responder's. */
export function standingOf(request: ImiRequest, parts: readonly PartInReach[], whole: boolean): Standing {
  const status = whole ? request.wholeStatus : request.shownStatus
  const counted = whole ? parts : parts.filter(({ id }) => id === request.id)
  const mustBeGiven = counted.some(part => part.mustBeGiven)
  return { status, turn: turnOf(status, mustBeGiven), mustBeGiven }
}

/** The marks beside the number: the status, urgent, overdue. */
export function tagsOf(request: ImiRequest, { status }: Standing, { t, country, at }: Reader): object[] {
  const late = isLate({ ...request, shownStatus: status }, country, at)
  return [
    { color: statusColor(status), text: statusText(t, status) },
    ...(request.urgent ? [{ color: 'danger', text: t('requests:page.urgent') }] : []),
    ...(late ? [{ color: 'warning', text: t('requests:page.late') }] : []),
  ]
}

/** Whether the agreed date has passed, or the time in which acceptance is expected. */
export function isLate(request: ImiRequest, country: string, at: Date): boolean {
  const { shownStatus, dueDate } = request
  if (shownStatus === 'sent') return (acceptanceBy(request) ?? at) < at
  const expected = within(atWork, shownStatus) || shownStatus === 'reply awaiting approval'
  return expected && dueDate !== null && dueDate < today(country, at)
}

/** Until when a request that arrived should be accepted. */
export function acceptanceBy({ arrivedAt, sentAt, urgent }: ImiRequest): Date | undefined {
  const arrived = arrivedAt ?? sentAt
  return arrived
    ? new Date(arrived.getTime() + (urgent ? URGENT_ACCEPTANCE_DAYS : ACCEPTANCE_DAYS) * 86_400_000)
    : undefined
}

/** What everybody whose business a request is may know of it: authorities, countries, dates, whose turn it is. */
export function overviewRows(request: ImiRequest, { status, turn }: Standing, whole: boolean, reader: Reader): Row[] {
  const { t } = reader
  return [
    ...partyRow(t('requests:page.requester'), request.requester, reader),
    ...(whole ? [] : partyRow(t('requests:page.responder'), request.responder, reader)),
    { label: t('requests:page.turn'), value: turnText(t, turn) },
    // Ready-made, so that a coordinator reads it in its own language. [001 5.1]
    ...(request.pleaseForward ? [{ label: t('requests:page.note'), value: t('drafting:pleaseForward') }] : []),
    ...dateRows(request, status, whole, reader),
  ]
}

export const partyRow = (label: string, side: Party | null, { lang }: Reader): Row[] =>
  side
    ? [
        {
          label,
          value: side.name,
          lang: side.language,
          note: countryName(lang, side.country),
          ...(side.deleted ? {} : { href: `/authorities/${side.id}` }),
        },
      ]
    : []

function dateRows(request: ImiRequest, status: Status, whole: boolean, { t, lang, country }: Reader): Row[] {
  const on = (label: string, date: string | null): Row[] => (date ? [{ label, value: written(lang, date) }] : [])
  const when = (label: string, at: Date | null | undefined): Row[] =>
    at ? [{ label, value: day(lang, zoneOf(country), at) }] : []
  const own = (rows: Row[]): Row[] => (whole ? [] : rows)
  return [
    ...when(t('requests:page.sentAt'), request.sentAt),
    ...when(t('requests:page.acceptanceBy'), status === 'sent' ? acceptanceBy(request) : null),
    ...on(t('requests:page.proposedDate'), request.proposedDate),
    ...own(when(t('requests:page.acceptedAt'), request.acceptedAt)),
    ...own(on(t('requests:page.dueDate'), request.dueDate)),
    ...own(on(t('requests:page.laterDate'), request.laterDate)),
    ...own(when(t('requests:page.answeredAt'), request.answeredAt)),
    ...when(t('requests:page.endedAt'), request.endedAt),
  ]
}
