import { moment, zoneOf } from '../platform/i18n/names.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { type ListedUser, passwordState, type PasswordState, statusOf } from './user.ts'

interface Reader {
  t: Translate
  lang: string
  at: Date
  country: string
}

const PASSWORD_COLORS = {
  temporary: 'info',
  temporaryExpired: 'warning',
  valid: 'success',
  expired: 'warning',
  blocked: 'danger',
} as const satisfies Record<PasswordState, string>

const MAIL_COLORS = { waiting: 'info', sent: 'success', refused: 'danger', failed: 'danger' } as const

/** A user as one row of the list: name, username, roles, status, password, last sign-in, last password mail (D5). */
export function userRow(user: ListedUser, reader: Reader): object[] {
  const { t, at } = reader
  const status = statusOf(user)
  const password = passwordState(user, at)
  return [
    { text: user.name, note: user.email },
    { text: user.username },
    { text: rolesOf(user, t) },
    { text: '', tag: { color: status === 'new' ? 'info' : 'success', text: t(`users:status.${status}`) } },
    { text: '', tag: { color: PASSWORD_COLORS[password], text: t(`users:password.${password}`) } },
    { text: user.lastSignedInAt ? when(user.lastSignedInAt, reader) : t('users:list.never') },
    mailCell(user, reader),
  ]
}

function rolesOf(user: ListedUser, t: Translate): string {
  const own = [
    ...(user.administrator ? [t('users:right.administrator')] : []),
    ...(user.dataAdministrator === 'none' ? [] : [t(`users:right.dataAdministrator.${user.dataAdministrator}`)]),
    ...(user.imiAdministrator ? [t('users:right.imiAdministrator')] : []),
  ]
  const inModules = user.roles.map(({ module, roles }) =>
    t('users:list.rolesInModule', {
      module,
      roles: roles.map(role => t(`users:role.${role.replace(' ', '')}`)).join(', '),
    }),
  )
  return [...own, ...inModules].join('; ') || t('users:right.basic')
}

function mailCell({ mail }: ListedUser, reader: Reader): object {
  const { t } = reader
  if (!mail) return { text: t('users:mail.none') }
  const reason = mail.state === 'refused' || mail.state === 'failed' ? mail.error : null
  return {
    text: '',
    tag: { color: MAIL_COLORS[mail.state], text: t(`users:mail.${mail.state}`) },
    note: reason ?? when(mail.at, reader),
    ...(reason && { noteLang: 'en' }),
  }
}

const when = (at: Date, { lang, country }: Reader): string => moment(lang, zoneOf(country), at)
