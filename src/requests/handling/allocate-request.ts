import type { Change } from '../../platform/db/change.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { ImiRequest } from '../request.ts'
import { holdRequest, takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'
import { tellAllocators } from '../tell-of-several.ts'
import { listHandlers } from './queries.ts'

/**
 * Says which handlers of the responder act on a request, instead of those before (spec/requests.md, Allocation); who is new is told. Throws
 * RuleBroken when somebody chosen is no handler of the module (any more), or the authority does not use allocation.
 */
export async function allocateRequest(c: Change, request: ImiRequest, chosen: readonly number[]): Promise<void> {
  if (!request.usesAllocation) throw new RuleBroken('handling:allocation.unused')
  const responderId = request.responder?.id ?? 0
  const handlers = await listHandlers(c.db, { id: request.id, moduleId: request.moduleId, responderId })
  if (!chosen.every(id => handlers.some(handler => handler.id === id)))
    throw new RuleBroken('handling:allocation.handlers.gone', { field: 'handlers' })
  await takeStep(c, request.id, 'allocate', { details: { handlers: chosen.length } })
  await c.db('request_allocations').where({ part_id: request.id }).whereNotIn('user_id', chosen).delete()
  const added = chosen.filter(id => !handlers.some(handler => handler.id === id && handler.allocated))
  if (added.length === 0) return
  await c
    .db('request_allocations')
    .insert(added.map(user_id => ({ part_id: request.id, user_id, at: c.at, by_user: c.actor.id })))
    .onConflict()
    .ignore()
  await tell(c, request.id, 'responding handlers', 'allocated', added)
}

/**
 * Ends what is allocated to somebody who is deleted or loses the role, in one module or in all; where nobody is left, the request is *to
 * allocate* again and the allocators are told, of several in a module at once.
 */
export async function endAllocations(c: Change, userId: number, moduleId?: number): Promise<void> {
  const found = await rowsOf<Allocated>(c.db, ALLOCATED_TO, { user: userId, module: moduleId ?? null })
  const left: Allocated[] = []
  for (const one of found) {
    await holdRequest(c, one.id)
    await c.db('request_allocations').where({ part_id: one.id, user_id: userId }).delete()
    const others = await c.db('request_allocations').where({ part_id: one.id }).pluck<number[]>('user_id')
    if (!one.running || others.length > 0) continue
    await takeStep(c, one.id, 'endAllocation')
    left.push(one)
  }
  for (const those of Map.groupBy(left, one => one.moduleId).values()) {
    const [only] = those
    if (only && those.length === 1) await tell(c, only.id, 'responding allocators', 'to-allocate')
    else if (only) await tellAllocators(c, only, those.length)
  }
}

interface Allocated {
  id: number
  moduleId: number
  authorityId: number
  running: boolean
}

const ALLOCATED_TO = `
  select p.id, r.module_id as "moduleId", p.responder_id as "authorityId", p.ended_at is null and exists (select from grants g
      where g.module_id = r.module_id and g.authority_id = p.responder_id and g.uses_allocation) as running
  from request_allocations x join request_parts p on p.id = x.part_id join requests r on r.id = p.request_id
  where x.user_id = :user and (cast(:module as int) is null or r.module_id = :module)
  order by r.id, p.part`
