import { z } from 'zod'
import { foldWords } from '../authorities/index.ts'
import { listQuery } from '../platform/web/list.ts'

/** What Authorities > Search asks for in its first form (B10). */
export const authoritySearch = z.object({
  ...listQuery,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .catch(''),
  module: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .catch(''),
})
export type AuthoritySearch = z.output<typeof authoritySearch>

export const shownStatuses = ['toValidate', 'active', 'suspended', 'deactivated'] as const

/** What Managed authorities asks for in its first form (B8): only one's own, unless one says otherwise. */
export const managedSearch = z.object({
  q: listQuery.q,
  mine: z.enum(['yes', 'no']).catch('yes'),
  status: z.enum(['', ...shownStatuses]).catch(''),
  after: listQuery.after,
  before: listQuery.before,
})
export type ManagedSearch = z.output<typeof managedSearch>

const MOST_WORDS = 8

/** The words a search is for; undefined when something was typed that is no word at all, so that nothing can fit. */
export function wordsOf(q: string): string[] | undefined {
  const words = foldWords(q)
  if (q !== '' && words.length === 0) return undefined
  return words.slice(0, MOST_WORDS)
}
