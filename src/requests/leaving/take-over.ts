import type { Change } from '../../platform/db/change.ts'
import { rowsOf } from '../../platform/db/statement.ts'
import type { Actor } from '../../policy.ts'
import { requestsTakenOver } from '../emails.ts'
import { noteLines } from '../note-lines.ts'
import { listOpenWork } from './queries.ts'

interface Person {
  id: number
  authorityId: number
}

/**
 * Passes all that somebody works on to a colleague, who is told once (D1): what is allocated is the colleague's from now on, the rest stands
 * under the colleague's name in the lists. The colleague holds the role of handler in each module concerned.
 * @returns how many requests and drafts
 */
export async function takeOverRequests(
  c: Change,
  actor: Actor,
  { from, to }: { from: Person; to: number },
): Promise<number> {
  const asked = await listOpenWork(c.db, actor, from)
  // Whoever acts on one meanwhile has acted before, and it is no longer passed on; or comes after.
  await rowsOf(c.db, 'select 1 from requests where id = any(cast(:ids as int[])) order by id for update', {
    ids: asked.map(({ requestId }) => requestId),
  })
  const work = await listOpenWork(c.db, actor, from)
  if (work.length === 0) return 0
  await passAllocations(
    c,
    work.filter(({ allocated }) => allocated).map(({ id }) => id),
    { from, to },
  )
  for (const seenBy of ['requester', 'responder'] as const) {
    const ofSide = work.filter(({ whole }) => whole === (seenBy === 'requester'))
    await noteLines(c, ofSide, { step: 'takeOver', seenBy, details: { heir: to } })
  }
  const heir = (await c.db('users').where({ id: to }).first('id', 'email', 'language')) as Reader
  if (heir.id !== c.actor.id) await c.send(requestsTakenOver(heir, work.length))
  return work.length
}

interface Reader {
  id: number
  email: string
  language: string
}

async function passAllocations(
  c: Change,
  ids: readonly number[],
  { from, to }: { from: Person; to: number },
): Promise<void> {
  if (ids.length === 0) return
  await c.db('request_allocations').whereIn('part_id', ids).where({ user_id: from.id }).delete()
  await c
    .db('request_allocations')
    .insert(ids.map(part_id => ({ part_id, user_id: to, at: c.at, by_user: c.actor.id })))
    .onConflict()
    .ignore()
}
