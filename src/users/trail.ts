import type { Translate } from '../platform/i18n/i18n.ts'
import type { User } from './user.ts'

interface Crumb {
  label: string
  href?: string
  lang?: string
}

/** The way to the users of an authority. */
export const trailToUsers = (
  t: Translate,
  authority: { id: number; name: string; language: string },
  here?: string,
): Crumb[] => [
  { label: t('layout:menu.authorities'), href: '/authorities' },
  { label: authority.name, href: `/authorities/${authority.id}`, lang: authority.language },
  { label: t('authorities:tab.users'), ...(here && { href: `/authorities/${authority.id}/users` }) },
  ...(here ? [{ label: here }] : []),
]

/** The way to a user, and to one page about them. */
export function trailToUser(t: Translate, user: User, here?: string): Crumb[] {
  const authority = { id: user.authorityId, name: user.authorityName, language: user.authorityLanguage }
  const to = trailToUsers(t, authority, user.name)
  return here ? [...to.slice(0, -1), { label: user.name, href: `/users/${user.id}` }, { label: here }] : to
}
