/**
 * Which texts tell of waiting work and may be collected for the daily digest (D8): a whole folder of
 * `locales/<language>/emails.json`, or one text of it.
 */
const DIGESTIBLE = [
  'access/*',
  'authorities/changed-by-another',
  'authorities/keyword-decided',
  'authorities/keyword-proposed',
  'authorities/link-ended',
  'authorities/linked',
  'authorities/saved-over',
  'bulk/*',
  'grants/*',
  'invitations/confirmed',
  'invitations/nobody-validates',
  'invitations/refused',
  'invitations/registered',
  'invitations/rejected-by-another',
  'invitations/released',
  'invitations/still-waiting',
  'invitations/validated-by-another',
  'registers/*',
  'removal/*',
  'requests/*',
  'retention/*',
  'users/changed-by-manager',
] as const

/**
 * Those that never wait: passwords and codes, confirmations of addresses, warnings that somebody else may be at work with an
 * account, what visitors get, and texts that a digest could not repeat.
 */
const AT_ONCE = [
  'authorities/registered',
  'circulars/*',
  'digest/*',
  'invitations/invitation',
  'invitations/rejected',
  'invitations/reminder',
  'passwords/*',
  'profile/*',
  'sessions/*',
  'users/*',
] as const

/** Whether a digest may hold mails of this text. The one that names it whole decides before the one that names its folder. */
export const isDigestible = (template: string): boolean => isOf(DIGESTIBLE, template) && !isWhole(AT_ONCE, template)

/** Whether the lists above say what this text is. */
export const isListed = (template: string): boolean => isOf(DIGESTIBLE, template) || isOf(AT_ONCE, template)

const isWhole = (list: readonly string[], template: string): boolean => list.includes(template)

const isOf = (list: readonly string[], template: string): boolean =>
  isWhole(list, template) || list.includes(template.replace(/\/.*$/, '/*'))
