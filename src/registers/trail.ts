import type { Translate } from '../platform/i18n/i18n.ts'
import type { Register } from './register.ts'

interface Crumb {
  label: string
  href: string
  lang?: string
}

/** The list of an authority's registers. */
export const listOf = (authorityId: number): string => `/authorities/${authorityId}/registers`

/** The way to a page about an entry: its authority, and what that lists. */
export const trailTo = (
  {
    authorityId,
    authorityName,
    authorityLanguage,
  }: Pick<Register, 'authorityId' | 'authorityName' | 'authorityLanguage'>,
  t: Translate,
): Crumb[] => [
  { label: authorityName, href: `/authorities/${authorityId}`, lang: authorityLanguage },
  { label: t('registers:ofAuthority.crumb'), href: listOf(authorityId) },
]
