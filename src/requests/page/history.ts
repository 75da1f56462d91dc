import { moment, zoneOf } from '../../platform/i18n/names.ts'
import { partNumber } from '../request.ts'
import { doneText, statusText } from '../words.ts'
import type { HistoryLine } from './history-queries.ts'
import { written } from '../days.ts'
import type { Reader } from './overview.ts'

/** A transition in the reader's words: when, who, what, with its details. */
export interface ShownLine {
  at: string
  when: string
  who: string
  whoLang: string | null
  text: string
  details: string[]
  note: { text: string; lang: string } | null
}

/** Puts a line of the history into words; which part it concerns is said where there are several. */
export function shownLine(line: HistoryLine, number: string | null, reader: Reader): ShownLine {
  const { t, lang, country } = reader
  return {
    at: line.at.toISOString(),
    when: moment(lang, zoneOf(country), line.at),
    who: whoOf(line, reader),
    whoLang: line.name === null ? line.authorityLanguage : null,
    text: doneText(t, line.step),
    details: [
      ...(number === null || line.part === null
        ? []
        : [t('requests:history.part', { number: partNumber(number, line.part) })]),
      ...statusLines(line, reader),
      ...detailLines(line, reader),
    ],
    note: line.note ? { text: line.note, lang: line.noteLanguage ?? lang } : null,
  }
}

function whoOf({ name, authority, elsewhere }: HistoryLine, { t }: Reader): string {
  return name ?? authority ?? t(elsewhere ? 'requests:history.elsewhere' : 'requests:history.system')
}

const statusLines = ({ fromStatus, toStatus }: HistoryLine, { t }: Reader): string[] =>
  toStatus === null || fromStatus === toStatus
    ? []
    : [t('requests:history.status', { status: statusText(t, toStatus) })]

/** Facts that a step left beside its note: dates, to whom it went. */
function detailLines({ details, heir }: HistoryLine, { t, lang }: Reader): string[] {
  const { date, dueDate, proposedDate, to, kind, dueOn, requesterCoordinator, coordinator } = details
  const day = (value: unknown): string | undefined =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? written(lang, value) : undefined
  const [on, due, proposed, answer] = [day(date), day(dueDate), day(proposedDate), day(dueOn)]
  return [
    ...(typeof kind === 'string' ? [t(`protection:kind.${kind}`)] : []),
    ...(answer ? [t('requests:history.answerBy', { date: answer })] : []),
    ...(on ? [t('requests:history.date', { date: on })] : []),
    ...(due ? [t('requests:history.dueDate', { date: due })] : []),
    ...(proposed ? [t('requests:history.proposedDate', { date: proposed })] : []),
    ...(typeof to === 'string' && to ? [t('requests:history.to', { authority: to })] : []),
    ...(heir === null ? [] : [t('requests:history.heir', { name: heir })]),
    ...named('requests:history.requesterCoordinator', requesterCoordinator, t),
    ...named('requests:history.coordinator', coordinator, t),
  ]
}

/** Who coordinates from then on; nobody, where nobody could take the place. */
const named = (key: string, name: unknown, t: Reader['t']): string[] =>
  name === undefined ? [] : [t(key, { name: typeof name === 'string' ? name : t('requests:history.nobody') })]
