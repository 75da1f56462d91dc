import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { ImiRequest } from '../request.ts'
import { takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'
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
 * allocate* again and the allocators are told.
 */
export async function endAllocations(c: Change, userId: number, moduleId?: number): Promise<void> {
  const ended = await c.db.raw<{ rows: { part: number }[] }>(
    `delete from request_allocations x using request_parts p, requests r
     where x.user_id = :user and p.id = x.part_id and r.id = p.request_id
       and (cast(:module as int) is null or r.module_id = :module)
     returning x.part_id as part`,
    { user: userId, module: moduleId ?? null },
  )
  const ids = ended.rows.map(({ part }) => part)
  const left = await c
    .db('request_parts as p')
    .whereIn('p.id', ids)
    .whereNotExists(c.db('request_allocations as x').whereRaw('x.part_id = p.id'))
    .whereRaw(
      `exists (select from requests r join grants g on g.module_id = r.module_id and g.authority_id = p.responder_id
      where r.id = p.request_id and g.uses_allocation)`,
    )
    .whereRaw(`p.ended_at is null`)
    .orderBy('p.id')
    .pluck<number[]>('p.id')
  for (const id of left) await takeStep(c, id, 'endAllocation')
}
