import { z } from 'zod'
import { foldWords, LEVELS } from '../authorities/index.ts'
import { grantRoles } from '../modules/index.ts'
import { listQuery } from '../platform/web/list.ts'
import { passwordProblems } from '../users/index.ts'
import { lackings } from './lacking.ts'

/** A value out of a list whose members are known only later; anything longer is none of them. */
const code = z.string().max(40).catch('')
const module = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .catch('')
const role = z.enum(['', ...grantRoles]).catch('')

/** What Authorities > Search asks for (B10). */
export const authoritySearch = z.object({
  ...listQuery,
  country: code,
  module,
  role,
  region: code,
  policyArea: code,
  economicActivity: code,
  reads: code,
})
export type AuthoritySearch = z.output<typeof authoritySearch>

export const shownStatuses = ['toValidate', 'active', 'suspended', 'deactivated'] as const
/** The statuses one can ask for; `inUse` is active or suspended: where something is still to be put in order. */
export const askedStatuses = ['inUse', ...shownStatuses] as const
export const managedSorts = ['name', 'status', 'changed'] as const
export type ManagedSort = (typeof managedSorts)[number]
export const askedProblems = ['any', ...passwordProblems] as const

/** What Managed authorities asks for (B8): only one's own, unless one says otherwise. */
export const managedSearch = z.object({
  ...listQuery,
  mine: z.enum(['yes', 'no']).catch('yes'),
  status: z.enum(['', ...askedStatuses]).catch(''),
  module,
  role,
  level: z.enum(['', ...LEVELS]).catch(''),
  region: code,
  oneAdministrator: z.enum(['', 'yes']).catch(''),
  passwords: z.enum(['', ...askedProblems]).catch(''),
  lacking: z.enum(['', ...lackings]).catch(''),
  sort: z.enum(managedSorts).catch('name'),
})
export type ManagedSearch = z.output<typeof managedSearch>

const MOST_WORDS = 8

/** The words a search is for; undefined when something was typed that is no word at all, so that nothing can fit. */
export function wordsOf(q: string): string[] | undefined {
  const words = foldWords(q)
  if (q !== '' && words.length === 0) return undefined
  return words.slice(0, MOST_WORDS)
}
