import type { Change } from '../../platform/db/change.ts'

/** What a new draft begins with. */
export interface Beginning {
  moduleId: number
  questionSetId: number
  country: string
  language: string
  responder: { id: number; country: string } | null
  pleaseForward?: boolean
  copiedFrom?: number
}

/** Makes an empty draft with a number that stays its own, and says so in the history. */
export async function newRequest(
  c: Change,
  from: Beginning,
): Promise<{ id: number; requestId: number; number: string }> {
  const number = await nextNumber(c, from.country)
  const [request] = await c
    .db('requests')
    .insert({
      number,
      module_id: from.moduleId,
      question_set_id: from.questionSetId,
      requester_id: c.actor.authorityId,
      requester_country: from.country,
      language: from.language,
      please_forward: from.pleaseForward ?? false,
      copied_from: from.copiedFrom ?? null,
      created_at: c.at,
      created_by: c.actor.id,
      edited_at: c.at,
      edited_by: c.actor.id,
    })
    .returning<{ id: number }[]>('id')
  const [part] = await c
    .db('request_parts')
    .insert({
      request_id: request?.id,
      part: 1,
      responder_id: from.responder?.id ?? null,
      responder_country: from.responder?.country ?? null,
      status: 'draft',
      status_since: c.at,
      acted_at: c.at,
    })
    .returning<{ id: number }[]>('id')
  if (!request || !part) throw new Error('A new request has a number')
  await c.record('request.created', { type: 'request', id: part.id, authorityId: c.actor.authorityId }, { number })
  return { id: part.id, requestId: request.id, number }
}

/** Country, year, counter: SE-2026-000123. Two at once wait for each other, and each has its own. */
async function nextNumber(c: Change, country: string): Promise<string> {
  const year = c.at.getUTCFullYear()
  const found = await c.db.raw<{ rows: [{ last: number }] }>(
    `insert into request_counters (country, year, last) values (?, ?, 1)
     on conflict (country, year) do update set last = request_counters.last + 1 returning last`,
    [country, year],
  )
  return `${country}-${year}-${String(found.rows[0].last).padStart(6, '0')}`
}
