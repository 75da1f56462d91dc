import { nameIn, type Names } from '../modules/index.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import type { HistoryEntry } from './management-queries.ts'

interface Rights {
  administrator?: boolean
  imiAdministrator?: boolean
  dataAdministrator?: string
  dataModules?: string[]
  roles?: string[]
}

interface Reader {
  t: Translate
  lang: string
  modules: readonly { code: string; names: Names }[]
}

/** What an act changed of a user: which fields, and which rights. What stands in the fields is in no history. */
export function userLines({ event, details }: HistoryEntry, reader: Reader): string[] {
  if (!event.startsWith('user.')) return []
  const { t } = reader
  const {
    before,
    after,
    fields,
    holders = [],
    requests,
  } = (details ?? {}) as {
    before?: Rights
    after?: Rights
    fields?: string[]
    holders?: string[]
    requests?: { by: number; count: number }
  }
  const edited = fields?.map(field => t(`users:historyField.${field}`)).join(', ')
  const now = event === 'user.registered' ? (details as Rights | null) : after
  return [
    ...(edited ? [t('authorities:history.fields', { fields: edited })] : []),
    ...rights(now ?? {}, before ?? {}, reader).map(right => t('authorities:history.rightGiven', { right })),
    ...rights(before ?? {}, now ?? {}, reader).map(right => t('authorities:history.rightTaken', { right })),
    ...holders.map(holder => holderLine(holder, reader)),
    ...(requests ? [t('authorities:history.requestsTakenOver', { count: requests.count, number: requests.by })] : []),
  ]
}

/** The rights that stand in these and not in those, in words. */
function rights(these: Rights, those: Rights, reader: Reader): string[] {
  const { t, lang, modules } = reader
  const moduleName = (code: string) => nameIn(modules.find(module => module.code === code)?.names ?? { en: code }, lang)
  const scope = these.dataAdministrator
  const roles = (these.roles ?? []).filter(role => !those.roles?.includes(role))
  const chosen = (these.dataModules ?? []).filter(code => !those.dataModules?.includes(code))
  return [
    ...(these.administrator ? [t('users:right.administrator')] : []),
    ...(scope && scope !== 'none' ? [t(`users:right.dataAdministrator.${scope}`)] : []),
    ...chosen.map(code =>
      t('users:list.rolesInModule', { module: moduleName(code), roles: t('users:roles.dataModule') }),
    ),
    ...(these.imiAdministrator ? [t('users:right.imiAdministrator')] : []),
    ...roles.map(role => roleInWords(role, reader)),
  ]
}

/** "code: role" as the reader reads it. */
function roleInWords(text: string, { t, lang, modules }: Reader): string {
  const [code = '', role = ''] = text.split(': ')
  const module = nameIn(modules.find(one => one.code === code)?.names ?? { en: code }, lang)
  return t('users:list.rolesInModule', { module, roles: t(`users:role.${role.replace(' ', '')}`) })
}

/** "code: role: number or off": who took a role over that would have had no holder. */
function holderLine(text: string, reader: Reader): string {
  const [code = '', role = '', by = ''] = text.split(': ')
  const right = roleInWords(`${code}: ${role}`, reader)
  return by === 'off'
    ? reader.t('authorities:history.switchedOff', { right })
    : reader.t('authorities:history.takenOver', { right, number: by })
}
