import { nameIn } from '../../modules/index.ts'
import { actorInWords } from '../../platform/i18n/actor-name.ts'
import { languageName } from '../../platform/i18n/names.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import type { Action, Subject } from '../../policy.ts'
import type { Given, GivenRights } from '../roles/given-rights.ts'
import type { GivenRole } from '../roles/queries.ts'
import { MAIL_COLORS, PASSWORD_COLORS, type Reader, when } from '../rows.ts'
import { passwordState, type PasswordMail, type User } from '../user.ts'
import type { Deletion } from './delete-user.ts'

/** The states of an account, as tags beside the name. */
export function tagsOf(user: User, { t, at, profile }: Reader): object[] {
  const password = passwordState(user, at, profile)
  return [
    { color: user.status === 'new' ? 'info' : 'success', text: t(`users:status.${user.status}`) },
    {
      color: PASSWORD_COLORS[password],
      text: t('users:user.passwordTag', { state: t(`users:password.${password}`) }),
    },
  ]
}

/** What is known of a user, and how their account stands (D5). */
export function accountRows(user: User, mail: PasswordMail | null, reader: Reader): object[] {
  const { t, lang, at, profile } = reader
  const password = passwordState(user, at, profile)
  return [
    {
      label: t('users:username.authority'),
      value: user.authorityName,
      lang: user.authorityLanguage,
      href: `/authorities/${user.authorityId}`,
    },
    { label: t('users:user.email'), value: user.email },
    { label: t('users:username.telephone'), value: user.telephone },
    { label: t('users:username.speaks'), value: languageName(lang, user.language) },
    { label: t('users:username.label'), value: user.username },
    { label: t('users:user.registered'), value: when(user.registeredAt, reader) },
    {
      label: t('users:column.password'),
      tag: { color: PASSWORD_COLORS[password], text: t(`users:password.${password}`) },
      note: t('users:user.passwordSince', { at: when(user.blockedAt ?? user.passwordSetAt, reader) }),
    },
    {
      label: t('users:column.lastSignIn'),
      value: user.lastSignedInAt ? when(user.lastSignedInAt, reader) : t('users:list.never'),
    },
    mailRow(mail, reader),
  ]
}

function mailRow(mail: PasswordMail | null, reader: Reader): object {
  const { t } = reader
  const label = t('users:column.mail')
  if (!mail) return { label, value: t('users:mail.none') }
  const reason = mail.state === 'refused' || mail.state === 'failed' ? mail.error : null
  return {
    label,
    tag: { color: MAIL_COLORS[mail.state], text: t(`users:mail.${mail.state}`) },
    note: [when(mail.at, reader), reason].filter(Boolean).join(' · '),
  }
}

/** The rights of a user, with who gave each and when (D3, [001 4]). */
export function rightRows(user: User, own: GivenRights, given: readonly GivenRole[], reader: Reader): object[][] {
  const { t, lang } = reader
  const everywhere = [
    ...(user.administrator ? [[t('users:right.administrator'), own.administrator] as const] : []),
    ...(user.dataAdministrator === 'none'
      ? []
      : [[t(`users:right.dataAdministrator.${user.dataAdministrator}`), own.dataAdministrator] as const]),
    ...(user.imiAdministrator ? [[t('users:right.imiAdministrator'), own.imiAdministrator] as const] : []),
  ]
  return [
    ...everywhere.map(([right, act]) => rightRow(right, '', act, reader)),
    ...given.map(({ role, moduleNames, givenBy: by, givenByAuthority: authority, givenAt: at }) =>
      rightRow(t(`users:roleLabel.${role.replace(' ', '')}`), nameIn(moduleNames, lang), { by, authority, at }, reader),
    ),
  ]
}

const rightRow = (right: string, module: string, given: Given | null, reader: Reader): object[] => [
  { text: right },
  { text: module },
  { text: given?.by ? actorInWords(given.by, reader.t) : '', ...(given?.authority && { note: given.authority }) },
  { text: given ? when(given.at, reader) : '' },
]

interface Act {
  href: string
  label: string
}

/** The acts that this person may do to the user now: no button leads to a refusal. */
export function actsOn(
  user: User,
  may: (action: Action, subject: Subject) => boolean,
  t: Translate,
  { isSelf, refusal }: { isSelf: boolean; refusal: Deletion['refusal'] },
): { main: Act[]; signIn: Act[]; end: Act[] } {
  const act = (path: string, label: string, open: boolean): Act[] =>
    open ? [{ href: `/users/${user.id}/${path}`, label }] : []
  return {
    main: [
      ...act('edit', t('users:user.edit'), may('user.edit', user)),
      ...act('roles', t('users:user.roles'), may('user.changeRoles', user)),
    ],
    signIn: [
      ...act('username', t('users:user.username'), true),
      ...act('username/change', t('users:user.changeUsername'), may('user.changeUsername', user)),
      ...act('password-reset', t('users:user.reset'), may('user.resetPassword', user)),
      ...act('reminder', t('users:user.remind'), user.status === 'new' && may('user.remind', user)),
    ],
    end: [
      ...act('replacement', t('users:user.replace'), !isSelf && may('user.replace', user)),
      ...act('deletion', t('users:user.delete'), refusal === null && may('user.delete', user)),
    ],
  }
}
