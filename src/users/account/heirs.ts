import { nameIn } from '../../modules/index.ts'
import type { Translate } from '../../platform/i18n/i18n.ts'
import type { OpenWork } from '../../requests/index.ts'
import type { Colleague } from '../roles/queries.ts'
import { type GrantedModule, type Held, isSame } from '../roles/role.ts'

/** The field of the form that says who takes over the requests of whoever goes. */
export const HEIR_FIELD = 'heir'

/** A colleague who can take over all requests of somebody, with the modules in which they would become handler by it. */
export interface Heir {
  id: number
  name: string
  gains: GrantedModule[]
}

const handlerIn = (moduleId: number): Held => ({ moduleId, role: 'handler' })

/** Who can take over this work: handlers of all its modules, and whoever can be made one here (D1). */
export function heirsTo(
  work: readonly Pick<OpenWork, 'moduleId'>[],
  colleagues: readonly Colleague[],
  mayBeGiven: readonly GrantedModule[],
): Heir[] {
  const modules = [...new Set(work.map(({ moduleId }) => moduleId))]
  if (modules.length === 0) return []
  return colleagues.flatMap(({ id, name, roles }) => {
    const missing = modules.filter(module => !roles.some(held => isSame(held, handlerIn(module))))
    const gains = mayBeGiven.filter(module => missing.includes(module.id))
    return gains.length === missing.length ? [{ id, name, gains }] : []
  })
}

/** The colleagues as they are once one of them has taken over. */
export const withHeir = (colleagues: readonly Colleague[], heir: Heir | null): Colleague[] =>
  colleagues.map(one =>
    one.id === heir?.id ? { ...one, roles: [...one.roles, ...heir.gains.map(({ id }) => handlerIn(id))] } : one,
  )

/** Who can be chosen, with what they become by it. */
export const heirOptions = (heirs: readonly Heir[], { t, lang }: { t: Translate; lang: string }) =>
  heirs.map(({ id, name, gains }) => ({
    value: String(id),
    label:
      gains.length === 0
        ? name
        : t('users:heir.becomes', { name, modules: gains.map(({ names }) => nameIn(names, lang)).join(', ') }),
  }))
