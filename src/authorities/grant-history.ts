import type { Translate } from '../platform/i18n/i18n.ts'
import type { HistoryEntry } from './management-queries.ts'

type Values = Readonly<Record<string, unknown>>

/** What an act changed of a granted module, line by line, with old and new value. */
export function grantLines({ event, details }: HistoryEntry, t: Translate): string[] {
  if (!event.startsWith('grant.')) return []
  const { before = {}, after = {} } = (details ?? {}) as { before?: Values; after?: Values }
  return Object.keys({ ...before, ...after }).flatMap(name => {
    const [old, now] = [inWords(name, before[name], t), inWords(name, after[name], t)]
    if (old === now) return []
    const field = t(labelOf(name))
    // A reason is given anew each time, it does not replace another one.
    if (name === 'reason') return now === undefined ? [] : [t('authorities:history.value', { field, value: now })]
    const nothing = t('authorities:history.nothing')
    return [t('authorities:history.change', { field, before: old ?? nothing, after: now ?? nothing })]
  })
}

const labels: Readonly<Record<string, string>> = {
  role: 'grants:role.label',
  status: 'grants:status.label',
  reason: 'grants:suspensionReason',
  coordinators: 'grants:coordinators.legend',
}

const labelOf = (name: string): string => labels[name] ?? `grants:setting.${name}`

function inWords(name: string, value: unknown, t: Translate): string | undefined {
  if (typeof value === 'boolean') return value ? t('grants:yes') : t('grants:no')
  if (name === 'coordinators')
    return ((value ?? []) as { name: string }[]).map(coordinator => coordinator.name).join(', ') || undefined
  if (typeof value !== 'string' || value === '') return undefined
  if (name === 'role') return t(`grants:role.${value}`)
  return name === 'status' ? t(`grants:status.${value}`) : value
}
