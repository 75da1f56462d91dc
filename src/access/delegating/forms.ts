import { z } from 'zod'
import { type Body, choice, choices, type FormValue, type Mistake } from '../../platform/web/form.ts'
import type { Actor } from '../../policy.ts'
import type { DelegationWish } from './change-delegation.ts'
import { type Delegation, isSame, mayDecide } from '../delegation.ts'

export const scopes = ['all', 'chosen', 'none'] as const
export type Scope = (typeof scopes)[number]

/** What a wish is held against: the delegation as it stands, and what there is to choose from. */
export interface DelegationAsk {
  actor: Actor
  active: boolean
  before: Delegation | null
  modules: readonly number[]
  regions: readonly string[]
}

const hidden = z.string('components:form.odd').max(100).optional().default('')

/** The delegation that was chosen, as the page with its consequences sends it. */
export const delegationForm = ({ modules, regions }: DelegationAsk): z.ZodType<DelegationWish> =>
  z
    .object({
      scope: choice(scopes, 'access:delegation.scope.missing'),
      modules: choices(modules.map(String)),
      region: (regions.length > 0
        ? choice(['', ...regions], 'access:delegation.region.unknown')
        : z.literal('').catch('')
      )
        .optional()
        .default(''),
      version: hidden,
      seen: hidden,
    })
    .transform(({ version, seen, ...chosen }) => ({ after: delegationFrom(chosen), version, seen }))

/** What is wrong with a choice, beside what its fields say themselves. */
export function delegationMistakes(ask: DelegationAsk, body: Body): Mistake[] {
  const read = delegationForm(ask).safeParse(body)
  if (!read.success) return []
  const { after } = read.data
  const { before, actor, active } = ask
  if (after && after.modules !== 'all' && after.modules.length === 0)
    return [{ field: 'modules', key: 'access:delegation.modules.missing' }]
  if (after && !active) return [{ field: 'scope', key: 'access:delegation.notActive' }]
  if (isSame(before, after)) return [{ field: 'scope', key: 'access:delegation.nothing' }]
  if (!mayDecide(actor, before, after)) return [{ field: 'modules', key: 'access:delegation.outsideOwn' }]
  return []
}

/** The fields of a delegation as they stand. */
export const delegationValues = (delegation: Delegation | null): Record<string, FormValue> => ({
  scope: delegation ? (delegation.modules === 'all' ? 'all' : 'chosen') : undefined,
  modules: delegation && delegation.modules !== 'all' ? delegation.modules.map(String) : [],
  region: delegation?.region ?? '',
})

function delegationFrom(value: { scope: string; modules: string[]; region: string }): Delegation | null {
  if (value.scope === 'none') return null
  const modules = value.scope === 'all' ? ('all' as const) : [...new Set(value.modules)].map(Number)
  return { modules, region: value.region || null }
}
