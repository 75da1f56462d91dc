import type { World } from '../support/app.ts'
import type { Page } from '../support/page.ts'
import type { ARequest, ASide } from '../support/requests.ts'

export const protection = ({ id }: Pick<ARequest, 'id'>): string => `/requests/${id}/data-protection`
export const erasure = ({ id }: Pick<ARequest, 'id'>): string => `/requests/${id}/erasure`

/** Somebody opens a page. */
export const visitAs = async (w: World, person: { id: number }, path: string, status = 200): Promise<Page> =>
  (await w.signedIn(person)).visit(path, { status })

/** Six months have passed since the end of a request. */
export const block = async (w: World, { requestId }: ARequest): Promise<void> => {
  await w.knex('requests').where({ id: requestId }).update({ blocked_at: w.clock.now() })
}

/** Who got a kind of mail about any part of a request. */
export async function mailsAbout(
  w: World,
  { requestId }: Pick<ARequest, 'requestId'>,
  kind: string,
): Promise<string[]> {
  const parts = w.knex('request_parts').where({ request_id: requestId }).select('id')
  const mails = await w
    .knex('emails')
    .where({ about_type: 'request', template: `requests/${kind}` })
    .whereIn('about_id', parts)
    .pluck<string[]>('to_address')
  return mails.sort()
}

/** Everything that the history of acts keeps of a request: under the numbers of its parts, and under no other. */
export const actsOn = async (w: World, { requestId }: Pick<ARequest, 'requestId'>): Promise<string[]> =>
  w
    .knex('audit_events')
    .where({ subject_type: 'request' })
    .whereIn('subject_id', w.knex('request_parts').where({ request_id: requestId }).select('id'))
    .orderBy('id')
    .pluck<string[]>('event')

export const handlersOf = ({ handler, colleague }: ASide): string[] => [handler.email, colleague.email].sort()

/** A second part of a request, which another side has. */
export async function aPart(w: World, request: ARequest, { authority }: ASide): Promise<ARequest> {
  const { id: _id, ...first } = await w.knex('request_parts').where({ id: request.id }).first()
  const columns = { ...first, part: 2, responder_id: authority.id, responder_country: authority.country }
  const [row] = await w.knex('request_parts').insert(columns).returning<{ id: number }[]>('id')
  return { ...request, id: row?.id ?? 0 }
}
