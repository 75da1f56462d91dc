import { type Action, type Actor, can } from './policy.ts'
import type { Translate } from './platform/i18n/i18n.ts'
import type { MenuEntry } from './platform/web/page.ts'

interface Entry {
  href: string
  /** Addresses below it belong to it too. */
  under: RegExp
  label: string
  can: Action
}

const ACTIONS = /^\/actions(\/|$)/

/** The menu bar: an entry is drawn when the policy would let the actor in. */
const bar: readonly Entry[] = [
  { href: '/actions', under: ACTIONS, label: 'actions:title', can: 'action.list' },
  { href: '/requests', under: /^\/requests(?!\/new)(\/|$)/, label: 'listing:menu', can: 'request.list' },
  { href: '/requests/new', under: /^\/requests\/new$/, label: 'drafting:new.title', can: 'request.create' },
  { href: '/authorities', under: /^\/authorities(\/|$)/, label: 'layout:menu.authorities', can: 'authority.search' },
  { href: '/registers', under: /^\/registers(\/|$)/, label: 'layout:menu.registers', can: 'register.read' },
]

const administration: readonly Entry[] = [
  {
    href: '/managed-authorities',
    under: /^\/(managed-authorities|authorities\/import)/,
    label: 'layout:menu.managedAuthorities',
    can: 'authority.searchManaged',
  },
  {
    href: '/authorities/registration',
    under: /^\/authorities\/registration/,
    label: 'layout:menu.registerAuthority',
    can: 'authority.register',
  },
  { href: '/circulars/new', under: /^\/circulars/, label: 'circulars:new.title', can: 'circular.send' },
  { href: '/bulk-grants/new', under: /^\/bulk-grants/, label: 'bulk:grant.title', can: 'bulkGrant.start' },
  { href: '/bulk-reminders', under: /^\/bulk-reminders/, label: 'bulk:reminder.title', can: 'bulkReminder.start' },
  { href: '/invitations', under: /^\/invitation/, label: 'layout:menu.invitations', can: 'invitation.list' },
  { href: '/registrations', under: /^\/registrations/, label: 'layout:menu.registrations', can: 'registration.list' },
  {
    href: '/held-invitations',
    under: /^\/(held-invitations|invitation-submissions)/,
    label: 'layout:menu.heldInvitations',
    can: 'invitation.listHeld',
  },
  {
    href: '/delegations',
    under: /^\/(delegations|authorities\/\d+\/delegation$)/,
    label: 'access:list.title',
    can: 'delegation.list',
  },
  {
    href: '/national-coordinators',
    under: /^\/national-coordinators/,
    label: 'access:coordinators.title',
    can: 'nationalCoordinator.list',
  },
  { href: '/housekeeping', under: /^\/housekeeping/, label: 'actions:housekeeping.title', can: 'housekeeping.see' },
  { href: '/deletions', under: /^\/deletions/, label: 'retention:deletions.title', can: 'authority.listDeletions' },
  { href: '/nightly-work', under: /^\/nightly-work/, label: 'retention:nights.title', can: 'nightlyWork.see' },
  {
    href: '/keyword-proposals',
    under: /^\/keyword-proposals/,
    label: 'layout:menu.keywordProposals',
    can: 'keyword.decide',
  },
]

/** What this person finds in the menu, with the entry of the current page marked; `waiting` is how many actions wait, where it was asked. */
export function menu(actor: Actor, t: Translate, path: string, waiting = 0): MenuEntry[] {
  const show = (entries: readonly Entry[]): MenuEntry[] =>
    entries
      .filter(entry => can(actor, entry.can))
      .map(entry => ({ href: entry.href, label: t(entry.label), current: entry.under.test(path) }))
  const below = show(administration)
  const current = below.some(entry => entry.current)
  return [
    { href: '/', label: t('layout:menu.home'), current: path === '/' },
    ...show(bar).map(entry => ({
      ...entry,
      label:
        waiting > 0 && ACTIONS.test(entry.href)
          ? t('actions:menuCount', { title: entry.label, count: waiting })
          : entry.label,
      current: entry.current && !current,
    })),
    ...(below[0] ? [{ href: below[0].href, label: t('layout:menu.administration'), current, children: below }] : []),
  ]
}
