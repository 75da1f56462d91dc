import type { Change } from '../platform/db/change.ts'
import { rowsOf } from '../platform/db/statement.ts'
import type { Status, StepName } from './workflow.ts'

export interface NotedPart {
  id: number
  status: Status
  number: string
}

interface Line {
  step: StepName
  /** Of which authority's own business it is. */
  seenBy: 'requester' | 'responder'
  details?: Record<string, number>
}

/**
 * Says the same of several parts at once that stay where they are: a line in the history of each request, which is one side's own
 * business, and an entry in the history of acts. The requests are held by whoever asks.
 */
export async function noteLines(
  c: Change,
  parts: readonly NotedPart[],
  { step, seenBy, details }: Line,
): Promise<void> {
  if (parts.length === 0) return
  await rowsOf(
    c.db,
    `insert into request_steps (part_id, at, step, from_status, to_status, user_id, authority_id, seen_by, details)
     select id, :at, :step, status, status, cast(:user as int), cast(:authority as int), :seenBy, cast(:details as jsonb)
     from request_parts where id = any(cast(:ids as int[])) order by id`,
    {
      at: c.at,
      step,
      seenBy,
      user: c.actor.id,
      authority: c.actor.authorityId,
      ids: parts.map(({ id }) => id),
      details: JSON.stringify(details ?? {}),
    },
  )
  for (const { id, number, status } of parts)
    await c.record(
      `request.${step}`,
      { type: 'request', id, authorityId: c.actor.authorityId },
      { number, before: { status }, after: { status } },
    )
}
