import type { World } from '../support/app.ts'
import { type ARequest, aRequest, type ASide } from '../support/requests.ts'

/** A question of the module with one blank that is not about a person. */
export const QUESTION = 'profession-regulated'

/** A draft with nothing missing, as its pages would have left it. */
export const complete = (w: World, sides: { from: ASide; to: ASide }): Promise<ARequest> =>
  aRequest(w.knex, {
    ...sides,
    status: 'draft',
    proposedDate: '2027-01-15',
    subject: { profession: 'Fysioterapeut' },
    personal: { 'family-name': 'Holm', 'given-names': 'Ida' },
    questions: [{ code: QUESTION, variables: { profession: 'fysioterapeut' } }],
    reason: 'Vi prövar en ansökan.',
    at: w.clock.now(),
  })

/** A draft in which nothing was written yet. */
export async function aDraft(w: World, { from }: { from: ASide }): Promise<ARequest> {
  const made = await aRequest(w.knex, {
    from,
    to: from,
    status: 'draft',
    questions: [],
    subject: {},
    at: w.clock.now(),
  })
  await w.knex('requests').where({ id: made.requestId }).update({ reason: '', proposed_date: null })
  await w.knex('request_parts').where({ id: made.id }).update({ responder_id: null, responder_country: null })
  return made
}

/** How far a part has come. */
export async function sent(w: World, id: number): Promise<{ status: string; arrived: boolean; may_refuse: boolean }> {
  const row = (await w.knex('request_parts').where({ id }).first('status', 'arrived_at', 'may_refuse')) as {
    status: string
    arrived_at: Date | null
    may_refuse: boolean
  }
  return { status: row.status, arrived: row.arrived_at !== null, may_refuse: row.may_refuse }
}
