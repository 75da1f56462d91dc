import { z } from 'zod'
import { grantRoles } from '../modules/index.ts'
import { choice, type Mistake, recordId } from '../platform/web/form.ts'
import { type GrantWish, type Offer, type Refusal, settingsOf } from './grant.ts'

/** The largest number of a record. */
const LARGEST = 2_147_483_647

/** Numbers of records, ticked or chosen; what is none is dropped. */
export const ids = z
  .unknown()
  .optional()
  .transform(value =>
    [value]
      .flat()
      .filter((one): one is string => typeof one === 'string' && /^[1-9]\d{0,8}$/.test(one))
      .slice(0, 500)
      .map(Number),
  )
const ticked = z
  .unknown()
  .optional()
  .transform(value => value === 'yes')

const fields = z.object({
  module: recordId('grants:give.module.missing').refine(id => id <= LARGEST, 'grants:give.module.missing'),
  role: choice(grantRoles, 'grants:give.role.missing'),
  keywords: ids,
  coordinators: ids,
  approvesRequests: ticked,
  approvesReplies: ticked,
  takesPartInReferrals: ticked,
  approvesAlerts: ticked,
  mayRefuse: ticked,
  usesAllocation: ticked,
})

/** What is asked when a module is granted (C2). */
export const grantForm = fields.transform(value => value as GrantWish)

const lenient = fields.extend({ module: fields.shape.module.catch(0), role: fields.shape.role.catch('') })

/** As much as can be read of a form that has mistakes, so that the rest of them can be named as well. */
export const readWish = (body: unknown): GrantWish => lenient.parse(body) as GrantWish

const onlyCoordinators = ['approvesRequests', 'approvesReplies', 'approvesAlerts'] as const

/** What is wrong with a wish, held against what can be chosen now; `ofCountry` are the wished coordinators of the same country. */
export function grantMistakes(offer: Offer | Refusal, wish: GrantWish, ofCountry: readonly number[]): Mistake[] {
  if (typeof offer === 'string') return [{ field: 'module', key: `grants:give.refusal.${offer}` }]
  const mistakes: Mistake[] = []
  const { role } = wish
  if (role && !offer.roles.includes(role)) mistakes.push({ field: 'role', key: 'grants:give.role.coordinatorOnly' })
  if (role === 'authority') {
    const kept = settingsOf(offer.module.workflow, 'coordinator')
    for (const setting of onlyCoordinators)
      if (wish[setting] && kept.includes(setting))
        mistakes.push({ field: setting, key: 'grants:give.settings.onlyCoordinators' })
  }
  const known = offer.keywords.map(({ id }) => id)
  if (wish.keywords.some(id => !known.includes(id)))
    mistakes.push({ field: 'keywords', key: 'grants:give.keywords.unknown' })
  const possible = offer.coordinators.map(({ id }) => id)
  return [...mistakes, ...coordinatorMistakes(wish, possible, ofCountry)]
}

/** What is wrong with chosen coordinators; `possible` can be linked, `ofCountry` are those chosen that lie in the same country. */
export function coordinatorMistakes(
  { role, coordinators }: Pick<GrantWish, 'role' | 'coordinators'>,
  possible: readonly number[],
  ofCountry: readonly number[],
): Mistake[] {
  const field = 'coordinators'
  if (coordinators.some(id => !ofCountry.includes(id))) return [{ field, key: 'grants:give.coordinators.otherCountry' }]
  if (coordinators.some(id => !possible.includes(id))) return [{ field, key: 'grants:give.coordinators.inactive' }]
  if (role === 'authority' && coordinators.length === 0)
    return [{ field, key: possible.length > 0 ? 'grants:give.coordinators.missing' : 'grants:give.coordinators.none' }]
  return []
}
