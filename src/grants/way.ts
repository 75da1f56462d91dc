import type { Authority } from '../authorities/index.ts'
import type { Translate } from '../platform/i18n/i18n.ts'

interface Step {
  label: string
  href?: string
  lang?: string
}

/** The address of the tab Modules of an authority, from which grants are reached. */
export const tabOf = ({ id }: Pick<Authority, 'id'>): string => `/authorities/${id}/modules`

/** The way to a page about a grant: through its authority and the tab Modules. `last` is the locale key of the page's own name. */
export const trailTo = (authority: Authority, t: Translate, last: string): Step[] => [
  { label: t('layout:menu.authorities'), href: '/authorities' },
  { label: authority.officialName, href: `/authorities/${authority.id}`, lang: authority.officialLanguage },
  { label: t('authorities:tab.modules'), href: tabOf(authority) },
  { label: t(last) },
]
