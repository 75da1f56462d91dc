import type { Change } from '../../../src/platform/db/change.ts'
import { recordAct } from '../../../src/requests/protection/record-act.ts'
import type { DemoProtection } from './request.ts'
import { dayFromNow, type Played } from './scene.ts'

/** Plays what was done about the personal data of a request: what it writes, and its line in the histories. */
export async function protect(c: Change, { requestId, parts }: Played, { act, kind }: DemoProtection): Promise<void> {
  const row = await c.db('requests').where({ id: requestId }).first<{ number: string; requester_id: number }>()
  const request = { id: parts[0] ?? 0, requestId, number: row.number }
  const part = [row.requester_id, null].includes(c.actor.authorityId) ? null : request.id
  if (act === 'dataSubjectRequestRecorded') {
    const asked = { kind, received_on: dayFromNow(c.at, 0), due_on: dayFromNow(c.at, 30) }
    const recorded = { recorded_at: c.at, recorded_by: c.actor.id, authority_id: c.actor.authorityId }
    await c.db('data_subject_requests').insert({ request_id: requestId, ...asked, ...recorded })
    return recordAct(c, request, act, part, { kind, dueOn: asked.due_on })
  }
  const proposed = await c
    .db('requests as r')
    .join('users as u', 'u.id', 'r.erasure_proposed_by')
    .where('r.id', requestId)
  const [{ authority_id: proposer = null } = {}] = proposed as { authority_id?: number }[]
  await c
    .db('requests')
    .where({ id: requestId })
    .update(
      {
        erasureProposed: { erasure_proposed_by: c.actor.id, erasure_proposed_at: c.at },
        erasureDeclined: {
          ...{ erasure_proposed_by: null, erasure_proposed_at: null },
          ...{ erasure_declined_at: c.at, erasure_declined_to: proposer },
        },
        personalDataBlocked: { blocked_at: c.at },
      }[act],
    )
  await recordAct(c, request, act, part, {})
}
