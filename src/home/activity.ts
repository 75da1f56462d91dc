import type { Translate } from '../platform/i18n/i18n.ts'
import { moment, zoneOf } from '../platform/i18n/names.ts'
import type { Actor } from '../policy.ts'
import { type Activity, doneText, statusColor, statusText } from '../requests/index.ts'

/** What goes on in the requests of the reader's authority, as tables: how many in each status, and what happened last. */
export function activityOf(
  { counts, events }: Activity,
  { t, lang, actor }: { t: Translate; lang: string; actor: Actor },
): { counts: object[]; events: object[] } {
  const statuses = [...new Set(counts.map(({ status }) => status))]
  const cell = (status: string, side: 'sent' | 'received'): object => {
    const count = counts.find(one => one.status === status && one.side === side)?.count
    const href = `/requests?side=${side}&status=${encodeURIComponent(status)}`
    return { text: String(count ?? 0), numeric: true, ...(count && { href }) }
  }
  return {
    counts: statuses.map(status => [
      { text: '', tag: { color: statusColor(status), text: statusText(t, status) } },
      cell(status, 'sent'),
      cell(status, 'received'),
    ]),
    events: events.map(({ partId, number, step, at, authority, language }) => [
      { text: number, href: `/requests/${partId}` },
      { text: doneText(t, step) },
      authority ? { text: authority, lang: language } : { text: '' },
      { text: moment(lang, zoneOf(actor.country), at) },
    ]),
  }
}
