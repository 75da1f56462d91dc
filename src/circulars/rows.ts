import type { Translate } from '../platform/i18n/i18n.ts'
import { moment, number, zoneOf } from '../platform/i18n/names.ts'
import type { Circular } from './circular.ts'
import type { Delivery } from './queries.ts'

interface Reader {
  t: Translate
  lang: string
  actor: { country: string }
}

const COLORS = { waiting: 'info', sent: 'success', refused: 'danger', failed: 'danger' } as const

/** A circular as one row of the list: subject, when, by whom, to how many. */
export const circularRow = (circular: Omit<Circular, 'standings'>, { t, lang, actor }: Reader): object[] => [
  { text: circular.subject, lang: circular.language, href: `/circulars/${circular.id}` },
  { text: moment(lang, zoneOf(actor.country), circular.sentAt) },
  { text: circular.sender ?? t('circulars:formerUser') },
  { text: number(lang, circular.authorities), numeric: true },
]

/** A recipient as one row: authority, address, what became of the mail and why. */
export const deliveryRow = (delivery: Delivery, { t, lang, actor }: Reader): object[] => [
  { text: delivery.authorityName, lang: delivery.authorityLanguage, href: `/authorities/${delivery.authorityId}` },
  {
    text: delivery.address ?? t('circulars:anAdministrator'),
    note: delivery.person ? t('circulars:to.administrator') : t('circulars:to.contact'),
  },
  {
    text: '',
    tag: { color: COLORS[delivery.state], text: t(`circulars:state.${delivery.state}`) },
    ...(delivery.error && { note: delivery.error, noteLang: 'en' }),
  },
  { text: moment(lang, zoneOf(actor.country), delivery.at) },
]
