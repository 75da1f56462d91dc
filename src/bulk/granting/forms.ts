import { z } from 'zod'
import { type AskedSetting, askedSettings, ids } from '../../grants/index.ts'
import { type GrantRole, grantRoles, type Module } from '../../modules/index.ts'
import { choice, type Mistake, recordId } from '../../platform/web/form.ts'
import { choiceFields, ticked } from '../choice.ts'

/** The coordinator that is linked: one for all, or '' for the one that each authority would get by itself (C7). */
const coordinator = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)
  .nullable()
  .catch(null)

const settings = {
  approvesRequests: ticked,
  approvesReplies: ticked,
  takesPartInReferrals: ticked,
  approvesAlerts: ticked,
  mayRefuse: ticked,
  usesAllocation: ticked,
}

/** What is asked when a module is granted to many (C9): the same for all of them. */
export const bulkGrantForm = z.object({
  module: recordId('grants:give.module.missing'),
  role: choice(grantRoles, 'grants:give.role.missing'),
  keywords: ids,
  ...settings,
  coordinator,
  ...choiceFields,
})

/** The same for every authority of a bulk grant. */
export interface GrantDefaults {
  module: number
  role: GrantRole
  keywords: number[]
  settings: Record<AskedSetting, boolean>
  coordinator: number | null
}

/** The defaults out of a form that was read. */
export function defaultsOf(value: z.output<typeof bulkGrantForm>): GrantDefaults {
  const { module, role, keywords, coordinator, approvesRequests, approvesReplies, takesPartInReferrals } = value
  const { approvesAlerts, mayRefuse, usesAllocation } = value
  return {
    module,
    role: role as GrantRole,
    keywords,
    coordinator,
    settings: {
      approvesRequests,
      approvesReplies,
      takesPartInReferrals,
      approvesAlerts,
      mayRefuse,
      usesAllocation,
    },
  }
}

const approvals = ['approvesRequests', 'approvesReplies', 'approvesAlerts'] as const

/** Who is no coordinator approves nothing. */
export function settingMistakes({ workflow }: Module, body: Record<string, unknown>): Mistake[] {
  if (body.role !== 'authority') return []
  const asked = askedSettings(workflow, 'coordinator')
  return approvals
    .filter(setting => asked.includes(setting) && body[setting] === 'yes')
    .map(field => ({ field, key: 'grants:give.settings.onlyCoordinators' }))
}

/** Keywords of another legislative area say nothing about this module. */
export function keywordMistakes(known: readonly { id: number }[], body: Record<string, unknown>): Mistake[] {
  const isKnown = (id: number): boolean => known.some(keyword => keyword.id === id)
  return ids.parse(body.keywords).every(isKnown) ? [] : [{ field: 'keywords', key: 'grants:give.keywords.unknown' }]
}
