import { type Module, nameIn, rolesIn } from '../modules/index.ts'
import { actorInWords } from '../platform/i18n/actor-name.ts'
import type { Translate } from '../platform/i18n/i18n.ts'
import { countryName, day, zoneOf } from '../platform/i18n/names.ts'
import type { Actor, AuthorityKind, Role, Standing } from '../policy.ts'
import type { Given } from '../users/index.ts'
import type { ModuleRights, Named, OwnRights } from './rights-queries.ts'

interface Reader {
  t: Translate
  lang: string
  actor: Actor
}

/** A right in words: what it is called, what it lets one do, and who gave it. */
export interface ShownRight {
  label: string
  value: string
  note: string
}

/** What the reader is beside the roles in modules (D3). [001 4] */
export function ownRights(rights: OwnRights, modules: readonly Module[], reader: Reader): ShownRight[] {
  const { t, actor } = reader
  const shown = [right('basic', givenText(rights.registered, reader, 'registered'), reader)]
  if (actor.administrator) shown.push(right('administrator', givenText(rights.administrator, reader), reader))
  if (actor.manages) {
    const { label, value } = right('dataAdministrator', '', reader)
    const where = t('profile:rights.where', territoryOf(rights, modules, reader))
    shown.push({ label, value: `${value} ${where}`, note: delegationText(rights, reader) })
  }
  if (actor.imiAdministrator) shown.push(right('imiAdministrator', givenText(rights.imiAdministrator, reader), reader))
  return shown
}

type OwnRight = 'basic' | 'administrator' | 'dataAdministrator' | 'imiAdministrator'

const right = (name: OwnRight, note: string, { t }: Reader): ShownRight => ({
  label: t(`profile:right.${name}`),
  value: t(`profile:rightGives.${name}`),
  note,
})

function territoryOf({ region }: OwnRights, modules: readonly Module[], { t, lang, actor }: Reader) {
  const manages = actor.manages?.modules ?? []
  const names = modules.filter(({ id }) => manages === 'all' || manages.includes(id))
  return {
    place: actor.manages?.region && region ? region : countryName(lang, actor.country),
    modules: manages === 'all' ? t('profile:rights.allModules') : names.map(one => nameIn(one.names, lang)).join(', '),
  }
}

/** Every administrator of an access manager is data administrator from the day of the delegation (spec/roles.md). */
function delegationText({ delegatedAt }: OwnRights, reader: Reader): string {
  const { t, actor } = reader
  if (actor.kind === 'national coordinator') return t('profile:given.national')
  if (!delegatedAt) return t('profile:given.unknown')
  return t('profile:given.delegated', {
    country: countryName(reader.lang, actor.country),
    day: dayOf(delegatedAt, reader),
  })
}

/** Who gave something and when, in one sentence; what was done before there was a history says so. */
function givenText(given: Given | null, reader: Reader, how: 'given' | 'registered' | 'withModule' = 'given'): string {
  const { t } = reader
  if (!given) return t('profile:given.unknown')
  const name = given.by && actorInWords(given.by, t)
  const by = name ?? given.authority
  if (!by) return t(`profile:${how}.when`, { day: dayOf(given.at, reader) })
  const who = name && given.authority ? t('profile:given.who', { name, authority: given.authority }) : by
  return t(`profile:${how}.by`, { who, day: dayOf(given.at, reader) })
}

const dayOf = (at: Date, { lang, actor }: Reader): string => day(lang, zoneOf(actor.country), at)

/** A module with what the reader is in it, and what is lacking there. */
export interface ShownModule {
  id: number
  name: string
  role: ModuleRights['role']
  suspended: boolean
  granted: string
  coordinators: Named[]
  roles: ShownRight[]
  lacking: string[]
}

/** A module of the own authority as the reader reads it (D3). */
export function moduleRights(module: ModuleRights, reader: Reader): ShownModule {
  const { t, lang } = reader
  const { id, role, suspended, coordinators, granted, roles } = module
  const possible = rolesIn(module.workflow, { role, usesAllocation: module.usesAllocation })
  const held = roles.map(one => one.role)
  const name = (one: Role) => t(`home:role.${one.replace(' ', '')}`)
  return {
    id,
    name: nameIn(module.names, lang),
    role,
    suspended,
    coordinators,
    granted: givenText(granted, reader),
    roles: roles.map(one => ({
      label: name(one.role),
      value: t(`home:roleGives.${one.role.replace(' ', '')}`),
      note: givenText(one, reader, one.at.getTime() === granted.at.getTime() ? 'withModule' : 'given'),
    })),
    lacking: possible.filter(one => !held.includes(one)).map(name),
  }
}

export const lacks = ['role', 'module', 'delegation'] as const
export type Lack = (typeof lacks)[number]

/** What somebody can lack, with the standings that can give it: the same table explains a refusal. */
export function lacksOf(
  actor: Pick<Actor, 'kind' | 'administrator' | 'manages'>,
): { lack: Lack; needed: Standing[] }[] {
  const ofAuthority: AuthorityKind[] = ['competent', 'national coordinator']
  return [
    ...(actor.administrator ? [] : [{ lack: 'role' as const, needed: ['administrator' as const] }]),
    ...(ofAuthority.includes(actor.kind) ? [{ lack: 'module' as const, needed: ['grantor' as const] }] : []),
    ...(actor.kind === 'competent' && !actor.manages
      ? [{ lack: 'delegation' as const, needed: ['access manager' as const] }]
      : []),
  ]
}
