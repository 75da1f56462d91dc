import { nameIn } from '../../modules/index.ts'
import type { CsvValue } from '../../platform/csv.ts'
import { dueDay } from '../../platform/i18n/due-day.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import { countryName, zoneOf } from '../../platform/i18n/names.ts'
import type { Actor } from '../../policy.ts'
import { noonOf } from '../days.ts'
import type { Party } from '../request.ts'
import { statusColor, statusText, turnText } from '../words.ts'
import type { ListName } from './forms.ts'
import type { ListedRequest } from './listed.ts'

/** Who reads a list, and when. */
export interface Reader {
  t: Translate
  lang: string
  actor: Pick<Actor, 'authorityId' | 'country'>
  at: Date
}

/** A request as one row of a list: its number, the other authority or both, module, status, whose turn it is, until when. */
export function requestRow(request: ListedRequest, list: ListName, reader: Reader): object[] {
  const { t, lang } = reader
  const { requester, responder, whole, readStatus } = request
  const parties =
    list === 'own'
      ? [partyCell(whole ? responder : requester, reader)]
      : [partyCell(requester, reader), partyCell(responder, reader)]
  return [
    {
      text: request.number,
      href: `/requests/${request.id}`,
      tags: request.urgent ? [{ color: 'danger', text: t('listing:urgentMark') }] : [],
      ...(list === 'own' && { note: directionText(request, t) }),
    },
    ...parties,
    { text: nameIn(request.moduleNames, lang) },
    { text: '', tag: { color: statusColor(readStatus), text: statusText(t, readStatus) } },
    { text: turnText(t, request.turn) },
    dueCell(request, reader),
  ]
}

function directionText({ whole, parts }: ListedRequest, t: Translate): string {
  if (!whole) return t('listing:received')
  return parts > 1 ? t('listing:sentInParts', { count: parts }) : t('listing:sent')
}

function partyCell(party: Party | null, { t, lang }: Reader): object {
  if (!party) return { text: t('listing:noResponder') }
  const country = countryName(lang, party.country)
  return {
    text: party.name,
    lang: party.language,
    note: party.deleted ? t('listing:deleted', { country }) : country,
  }
}

/** When acceptance or the answer is due, in words; nothing where nothing is awaited. */
function dueCell({ dueDay: date, readStatus, lateAt }: ListedRequest, { t, lang, actor, at }: Reader): object {
  if (!date) return { text: '' }
  const when = dueDay(lang, zoneOf(actor.country), { day: noonOf(date), at })
  return {
    text: readStatus === 'sent' ? t('listing:acceptBy', when) : t('listing:answerBy', when),
    ...(lateAt < at && { tag: { color: 'warning', text: t('listing:overdueMark') } }),
  }
}

/** What stands over the columns of the file. */
export const csvHeading = (t: Translate): string[] => [
  t('listing:head.number'),
  t('listing:csv.direction'),
  t('listing:head.requester'),
  t('listing:csv.requesterCountry'),
  t('listing:head.responder'),
  t('listing:csv.responderCountry'),
  t('listing:head.module'),
  t('listing:head.status'),
  t('listing:head.turn'),
  t('listing:csv.sent'),
  t('listing:head.due'),
  t('listing:overdueMark'),
  t('listing:urgentMark'),
]

/** A request as one line of that file, with no more than the list shows. */
export function csvRow(request: ListedRequest, list: ListName, { t, lang, at }: Reader): CsvValue[] {
  const { requester, responder, readStatus } = request
  return [
    request.number,
    list === 'own' ? directionText(request, t) : '',
    requester.name,
    countryName(lang, requester.country),
    responder?.name,
    responder ? countryName(lang, responder.country) : '',
    nameIn(request.moduleNames, lang),
    statusText(t, readStatus),
    turnText(t, request.turn),
    request.sentAt?.toISOString().slice(0, 10),
    request.dueDay,
    request.lateAt < at ? t('listing:yes') : '',
    request.urgent ? t('listing:yes') : '',
  ]
}
