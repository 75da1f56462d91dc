import type { Change } from '../../platform/db/change.ts'
import { returnQuestions } from '../handling/return-questions.ts'
import { removeAttachmentsOf } from '../protection/erase-personal.ts'
import { lockParts, OPEN_SQL } from '../queries.ts'
import { holdRequest, takeStep } from '../take-step.ts'
import { tell } from '../tell.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'request.requesterGone': { number: string }
  }
}

/**
 * What becomes of the requests of an authority that the purge deletes (requests.md): what it has not sent goes with it; what it was
 * asked and has not heard of yet is a draft again; what is open is closed, and the other side told. A part gives its
 * questions back to the first one. Call it while the authority still stands.
 */
export async function loseAuthority(c: Change, authorityId: number): Promise<void> {
  for (const id of await unsent(c, authorityId)) await deleteUnsent(c, id)
  const parts = await c
    .db('request_parts as p')
    .join('requests as r', 'r.id', 'p.request_id')
    .where(any => any.where('r.requester_id', authorityId).orWhere('p.responder_id', authorityId))
    .whereRaw(`(p.status = 'awaiting approval' or p.status in ${OPEN_SQL})`)
    .orderBy(['p.request_id', 'p.part'])
    .pluck<number[]>('p.id')
  for (const id of parts) await losePart(c, id, authorityId)
}

const unsent = (c: Change, requester_id: number): Promise<number[]> =>
  c
    .db('requests')
    .where({ requester_id })
    .whereIn('status', ['draft', 'awaiting approval'])
    .orderBy('id')
    .pluck<number[]>('id')

async function deleteUnsent(c: Change, id: number): Promise<void> {
  const [part] = await lockParts(c.db, id)
  await removeAttachmentsOf(c, id)
  await c.db('requests').where({ id }).delete()
  await c.record('request.requesterGone', { type: 'request', id: part?.id ?? 0 }, { number: part?.number ?? '' })
}

async function losePart(c: Change, partId: number, authorityId: number): Promise<void> {
  const { part, parts } = await holdRequest(c, partId)
  if (part.status === 'awaiting approval') {
    await takeStep(c, partId, 'loseResponder')
    return
  }
  await takeStep(c, partId, 'loseCounterpart')
  if (part.requesterId !== authorityId) await returnQuestions(c, part, parts)
}

/** Tells the other sides of open requests that an authority will soon be deleted, or is deactivated. */
export async function tellCounterparts(
  c: Change,
  authorityId: number,
  kind: 'counterpart-ends' | 'counterpart-deactivated',
): Promise<void> {
  const parts = await c
    .db('request_parts as p')
    .join('requests as r', 'r.id', 'p.request_id')
    .where(any => any.where('r.requester_id', authorityId).orWhere('p.responder_id', authorityId))
    .whereRaw(`p.status in ${OPEN_SQL}`)
    .orderBy(['p.request_id', 'p.part'])
    .select<{ id: number; asked: boolean }[]>('p.id', c.db.raw('r.requester_id <> ? as asked', [authorityId]))
  for (const { id, asked } of parts) await tell(c, id, asked ? 'requesting handlers' : 'responding handlers', kind)
}
