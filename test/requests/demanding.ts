import { listDemands } from '../../src/requests/replying/queries.ts'
import type { ARequest } from '../support/requests.ts'
import { type Exchange, exchange } from './replying.ts'

export const ASK = 'Ask for additional information'
export const AGREE = 'Agree to give it'
export const DECLINE = 'Decline to give it'
export const DROP = 'Drop the demand'
export const CLOSE = 'Close request'
export const REFER = 'Refer to the coordinators'
export const OPINE = 'Give your opinion'
export const PROVIDE = 'Provide the information after all'

/** Two sides whose coordinators take part in referrals; only the requester shows its own what requests say. */
export const contest = (): Promise<Exchange> =>
  exchange({
    from: { coordination: { takes_part_in_referrals: true }, settings: { coordinator_sees_details: true } },
    to: { coordination: { takes_part_in_referrals: true } },
  })

export const at = ({ id }: ARequest, page: string): string => `/requests/${id}/${page}`
export const lastDemand = async (x: Exchange, { id }: ARequest) => (await listDemands(x.w.knex, [id])).at(-1)
export const toRequesters = (x: Exchange, kind: string): string[] => both(kind, x.from)
export const toResponders = (x: Exchange, kind: string): string[] => both(kind, x.to)
const both = (kind: string, { handler, colleague }: Exchange['from']): string[] =>
  [handler, colleague].map(({ email }) => `requests/${kind} ${email}`)

/** A demand as the page of the requester makes it. */
export async function demanded(x: Exchange): Promise<ARequest> {
  const request = await x.request({ status: 'answered' })
  const page = await x.requester.visit(at(request, 'demand'))
  await page.submit(ASK, { questions: ['2'], reason: 'Årtal saknas', language: 'sv', proposedDate: '2026-12-01' })
  return request
}

/** … which the responder has declined … */
export async function declined(x: Exchange): Promise<ARequest> {
  const request = await demanded(x)
  await (await x.responder.visit(at(request, 'demand-refusal'))).submit(DECLINE, { reason: 'Não temos' })
  return request
}

/** … and the requester has referred. */
export async function referred(x: Exchange): Promise<ARequest> {
  const request = await declined(x)
  await (await x.requester.visit(at(request, 'referral'))).submit(REFER)
  return request
}
