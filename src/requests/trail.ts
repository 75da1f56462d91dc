import type { Translate } from '../platform/i18n/i18n.ts'
import type { FoundRequest } from './queries.ts'

interface Crumb {
  label: string
  href?: string
}

/** The way to a page of a request: the lists, the request, and what stands between. A draft is where it is edited. */
export const trailTo = (
  { t }: { t: Translate },
  { id, number, shownStatus }: Pick<FoundRequest, 'id' | 'number' | 'shownStatus'>,
  ...pages: Crumb[]
): Crumb[] => [
  { label: t('listing:menu'), href: '/requests' },
  {
    label: t('requests:page.title', { number }),
    href: shownStatus === 'draft' ? `/requests/${id}/editing` : `/requests/${id}`,
  },
  ...pages,
]
