import { nameIn } from '../modules/index.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { moment, zoneOf } from '../platform/i18n/names.ts'
import type { Action, Actor, Subject } from '../policy.ts'
import type { Authority } from '../authorities/index.ts'
import { type FoundGrant, type Grant, isByItself, settingsOf, standingsIn } from './grant.ts'

/** Who reads the tab, and what they may do. */
export interface TabReader {
  t: Translate
  lang: string
  actor: Actor
  may(action: Action, subject: Subject): boolean
}

/** An act on a grant as the tab leads to it. */
interface Way {
  can: Action
  path: string
  /** Whether there is anything to do for this grant. */
  when: (grant: FoundGrant) => boolean
}

const ways = {
  settings: {
    can: 'grant.editSettings',
    path: 'settings',
    when: grant => settingsOf(grant.workflow, grant.role).length > 0,
  },
  coordinators: { can: 'grant.linkCoordinators', path: 'coordinators', when: grant => !isByItself(grant) },
  suspend: {
    can: 'grant.suspend',
    path: 'suspension',
    when: grant => grant.status === 'active' && !isByItself(grant),
  },
  restore: {
    can: 'grant.restore',
    path: 'restoration',
    when: grant => grant.status === 'suspended' && grant.authority.status === 'active',
  },
  role: { can: 'grant.changeRole', path: 'role', when: grant => !isByItself(grant) },
} as const satisfies Record<string, Way>

/** A grant as the tab Modules shows it: its settings only to whom they concern, acts only where they are open. */
export function shownGrant(grant: Grant, authority: Authority, reader: TabReader): object {
  const { t, lang, actor } = reader
  const found = { ...grant, authority, standings: standingsIn(actor, authority.standings, grant.moduleId) }
  return {
    id: grant.id,
    name: nameIn(grant.moduleNames, lang),
    tags: [
      { color: 'neutral', text: t(`grants:role.${grant.role}`) },
      { color: grant.status === 'active' ? 'success' : 'warning', text: t(`grants:status.${grant.status}`) },
    ],
    rows: rowsOf(found, reader),
    acts: [
      ...(grant.workflow === 'requests'
        ? [{ href: `/modules/${grant.moduleId}/questions`, label: t('modules:questions.link') }]
        : []),
      ...(Object.keys(ways) as (keyof typeof ways)[])
        .filter(way => ways[way].when(found) && reader.may(ways[way].can, found))
        .map(way => ({ href: `/grants/${grant.id}/${ways[way].path}`, label: t(`grants:act.${way}`) })),
    ],
  }
}

function rowsOf(grant: FoundGrant, reader: TabReader): object[] {
  const { t, lang } = reader
  const keywords = grant.keywords.map(names => nameIn(names, lang))
  const settings = settingsOf(grant.workflow, grant.role).map(setting => ({
    label: t(`grants:setting.${setting}`),
    value: grant[setting] ? t('grants:yes') : t('grants:no'),
  }))
  const sees = reader.may('grant.seeSettings', grant)
  return [
    ...suspensionRows(grant, sees, reader),
    ...coordinatorRows(grant, reader),
    ...(keywords.length > 0 ? [{ label: t('grants:keywords'), values: keywords }] : []),
    ...(sees ? settings : []),
  ]
}

/** Since when is everybody's business; why, only that of those who see the settings. */
function suspensionRows({ suspendedAt, suspensionReason }: FoundGrant, sees: boolean, reader: TabReader): object[] {
  const { t, lang, actor } = reader
  if (!suspendedAt) return []
  const since = { label: t('grants:suspendedSince'), value: moment(lang, zoneOf(actor.country), suspendedAt) }
  const why = { label: t('grants:suspensionReason'), value: suspensionReason }
  return sees && suspensionReason ? [since, why] : [since]
}

function coordinatorRows(grant: FoundGrant, { t }: TabReader): object[] {
  const label = t('grants:coordinator')
  if (grant.coordinators.length > 0)
    return grant.coordinators.map(({ id, name, language }) => ({
      label,
      value: name,
      lang: language,
      href: `/authorities/${id}`,
    }))
  return [{ label, value: t(isByItself(grant) ? 'grants:coordinator.itself' : 'grants:coordinator.none') }]
}
