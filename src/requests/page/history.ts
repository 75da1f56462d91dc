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
    who: line.name ?? line.authority ?? t('requests:history.system'),
    text: doneText(t, line.step),
    details: [
      ...(number === null ? [] : [t('requests:history.part', { number: partNumber(number, line.part) })]),
      ...statusLines(line, reader),
      ...detailLines(line, reader),
    ],
    note: line.note ? { text: line.note, lang: line.noteLanguage ?? lang } : null,
  }
}

const statusLines = ({ fromStatus, toStatus }: HistoryLine, { t }: Reader): string[] =>
  fromStatus === toStatus ? [] : [t('requests:history.status', { status: statusText(t, toStatus) })]

/** Facts that a step left beside its note: dates, to whom it went. */
function detailLines({ details }: HistoryLine, { t, lang }: Reader): string[] {
  const { date, dueDate, proposedDate, to } = details
  const day = (value: unknown): string | undefined =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? written(lang, value) : undefined
  const [on, due, proposed] = [day(date), day(dueDate), day(proposedDate)]
  return [
    ...(on ? [t('requests:history.date', { date: on })] : []),
    ...(due ? [t('requests:history.dueDate', { date: due })] : []),
    ...(proposed ? [t('requests:history.proposedDate', { date: proposed })] : []),
    ...(typeof to === 'string' && to ? [t('requests:history.to', { authority: to })] : []),
  ]
}
