import { currentQuestionSet } from '../../../modules/index.ts'
import type { Change } from '../../../platform/db/change.ts'
import { RuleBroken } from '../../../platform/errors.ts'
import type { Actor } from '../../../policy.ts'
import { holdGrants } from '../askable.ts'
import { newRequest } from '../new-request.ts'
import { modulesToAskIn } from './modules.ts'

/**
 * Begins a request: an empty draft in a module, perhaps with the authority that is to be asked. [requests.md, create]
 * @throws RuleBroken where this person cannot ask in that module, or not that authority in it
 */
export async function createRequest(
  c: Change,
  actor: Actor,
  { moduleId, responderId }: { moduleId: number; responderId: number | undefined },
): Promise<{ id: number; number: string }> {
  await holdGrants(c.db, [actor.authorityId, ...(responderId === undefined ? [] : [responderId])], moduleId)
  const allowed = await modulesToAskIn(c.db, actor, responderId)
  const set = await currentQuestionSet(c.db, moduleId)
  if (!set || !allowed.some(({ id }) => id === moduleId))
    throw new RuleBroken('drafting:new.notIn', { field: 'module' })
  return newRequest(c, {
    moduleId,
    questionSetId: set.id,
    country: actor.country,
    language: actor.language,
    responder: responderId === undefined ? null : await responderOf(c, responderId),
  })
}

async function responderOf(c: Change, id: number): Promise<{ id: number; country: string }> {
  const [country] = await c.db('authorities').where({ id }).pluck<string[]>('country')
  if (country === undefined) throw new RuleBroken('drafting:new.notIn', { field: 'module' })
  return { id, country }
}
