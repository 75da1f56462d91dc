import type { Translate } from '../platform/i18n/i18n.ts'
import type { ProtectionAct } from './protection/record-act.ts'
import type { Status, StepName, Turn } from './workflow.ts'
import { wordFor } from './workflow.ts'

/** A status in the reader's language. */
export const statusText = (t: Translate, status: Status): string => t(`requests:status.${wordFor(status)}`)

/** A step, or what was done about personal data, as a line of the history. */
export const doneText = (t: Translate, step: StepName | ProtectionAct): string => t(`requests:done.${step}`)

/** A step as a button: what to do. Steps of the system have none. */
export const actText = (t: Translate, step: StepName): string => t(`requests:act.${step}`)

/** Whose turn it is. */
export const turnText = (t: Translate, turn: Turn): string => t(`requests:turn.${wordFor(turn).replaceAll("'", '')}`)

type Color = 'neutral' | 'info' | 'success' | 'warning'

/** How a status is marked beside its words. */
export function statusColor(status: Status): Color {
  if (status === 'answered' || status === 'closed') return 'success'
  if (status === 'draft' || status.startsWith('closed') || status === 'withdrawn' || status === 'called back')
    return 'neutral'
  return status === 'refused' || status.startsWith('additional declined') ? 'warning' : 'info'
}

/** Names or numbers as one phrase: "1, 3 and 4". */
export const listed = (lang: string, names: readonly string[]): string =>
  new Intl.ListFormat(lang === 'en' ? 'en-GB' : lang, { type: 'conjunction' }).format(names)
