import { nameIn } from '../modules/index.ts'
import { byLabel, languageName, moment, zoneOf } from '../platform/i18n/names.ts'
import type { PasswordProfile } from '../passwords/index.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { rolesField } from './roles/forms.ts'
import { canBeOff, holderField, type Orphan } from './roles/holders.ts'
import type { Colleague } from './roles/queries.ts'
import { type GrantedModule, rolesOf } from './roles/role.ts'
import { type ListedUser, passwordState, type PasswordState, statusOf } from './user.ts'

export interface Reader {
  t: Translate
  lang: string
  at: Date
  country: string
  profile: PasswordProfile
}

export const PASSWORD_COLORS = {
  temporary: 'info',
  temporaryExpired: 'warning',
  valid: 'success',
  expired: 'warning',
  blocked: 'danger',
} as const satisfies Record<PasswordState, string>

export const MAIL_COLORS = { waiting: 'info', sent: 'success', refused: 'danger', failed: 'danger' } as const

/** A user as one row of the list: name, username, roles, status, password, last sign-in, last password mail (D5). */
export function userRow(user: ListedUser, reader: Reader): object[] {
  const { t, at, profile } = reader
  const status = statusOf(user)
  const password = passwordState(user, at, profile)
  return [
    { text: user.name, href: `/users/${user.id}`, note: user.email },
    { text: user.username },
    { text: rolesInWords(user, t) },
    { text: '', tag: { color: status === 'new' ? 'info' : 'success', text: t(`users:status.${status}`) } },
    { text: '', tag: { color: PASSWORD_COLORS[password], text: t(`users:password.${password}`) } },
    { text: user.lastSignedInAt ? when(user.lastSignedInAt, reader) : t('users:list.never') },
    mailCell(user, reader),
  ]
}

function rolesInWords(user: ListedUser, t: Translate): string {
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

/** A moment as the reader's country writes it. */
export const when = (at: Date, { lang, country }: Reader): string => moment(lang, zoneOf(country), at)

/** The roles that can be given, module by module, as groups of checkboxes. */
export function roleGroups(modules: readonly GrantedModule[], { t, lang }: Pick<Reader, 't' | 'lang'>) {
  return modules.map(module => ({
    name: rolesField(module.id),
    legend: nameIn(module.names, lang),
    options: rolesOf(module).map(role => ({ value: role, label: t(`users:roleLabel.${role.replace(' ', '')}`) })),
  }))
}

/** Who can take over each role that would have no holder; or its settings are switched off, by who may set them. */
export function holderChoices(
  orphaned: readonly Orphan[],
  colleagues: readonly Colleague[],
  mayBeSet: readonly GrantedModule[],
  { t, lang }: Pick<Reader, 't' | 'lang'>,
) {
  return orphaned.map(orphan => {
    const { module, role } = orphan
    const options = [
      ...colleagues.map(({ id, name }) => ({ value: String(id), label: name })),
      ...(canBeOff(orphan, mayBeSet) ? [{ value: 'off', label: t(`users:holder.off.${role}`) }] : []),
    ]
    return {
      name: holderField(module, role),
      label: t(`users:holder.label.${role}`, { module: nameIn(module.names, lang) }),
      options,
      ...(options.length === 0 && { hint: t('users:holder.nobody') }),
    }
  })
}

/** Languages to choose from, by their name in the reader's. */
export const languageOptions = (lang: string, codes: readonly string[]) =>
  byLabel(
    lang,
    codes.map(value => ({ value, label: languageName(lang, value) })),
  )
