import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ARequest } from '../support/requests.ts'
import { eventsOf, type Exchange, exchange, historyOf, mailsAbout } from './replying.ts'

const ACCEPT = 'Accept reply and close'
const CLOSE = 'Close request'

let x: Exchange
beforeAll(async () => {
  x = await exchange()
})
afterAll(() => x.close())

const at = ({ id }: ARequest, page: string): string => `/requests/${id}/${page}`
const row = async ({ requestId }: ARequest) => (await x.w.knex('requests').where({ id: requestId }).first()) as object
const responders = (): string[] => [x.to.handler, x.to.colleague].map(({ email }) => `requests/closed ${email}`)

/** A second part of a request, as splitting leaves it. */
async function secondPart(request: ARequest, status: string): Promise<void> {
  const [first] = (await x.w.knex('request_parts').where({ id: request.id })) as Record<string, unknown>[]
  const { id: _id, ...copied } = first ?? {}
  await x.w.knex('request_parts').insert({ ...copied, part: 2, status })
}

describe('accepting the reply', () => {
  test('closes the request with two ratings; the other side is told', async () => {
    const request = await x.request({ status: 'answered' })
    const page = await x.requester.visit(at(request, 'closing'))
    expect(page.text).toContain('closed for good')
    await page.submit(ACCEPT, { timeliness: '1', effort: '-1' })
    expect(await x.part(request)).toMatchObject({ status: 'closed', ended_at: x.w.clock.now() })
    expect(await row(request)).toMatchObject({ status: 'closed', rated_timeliness: 1, rated_effort: -1 })
    expect(await mailsAbout(x.w, request)).toEqual(responders())
    expect(await historyOf(x.w.knex, request)).toEqual(['acceptReply: answered > closed (both)'])
    expect(await eventsOf(x.w, request, 'request.acceptReply')).toMatchObject([{ after: { status: 'closed' } }])
  })

  test('ratings may be left out; what is no rating is none', async () => {
    const [one, other] = [await x.request({ status: 'answered' }), await x.request({ status: 'answered' })]
    await (await x.requester.visit(at(one, 'closing'))).submit(ACCEPT)
    await (await x.requester.visit(at(other, 'closing'))).submit(ACCEPT, {}, { forged: { effort: '7' } })
    expect(await row(one)).toMatchObject({ rated_timeliness: null, rated_effort: null })
    expect(await row(other)).toMatchObject({ rated_effort: null })
  })

  test('all parts at once, when all that count are answered', async () => {
    const request = await x.request({ status: 'answered' })
    await secondPart(request, 'partly answered')
    const page = await x.requester.visit(at(request, 'closing'))
    expect(page.buttons).not.toContain(ACCEPT)
    await x.w.knex('request_parts').where({ request_id: request.requestId, part: 2 }).update({ status: 'answered' })
    await (await x.requester.visit(at(request, 'closing'))).submit(ACCEPT)
    expect(await x.w.knex('request_parts').where({ request_id: request.requestId }).pluck('status')).toEqual([
      'closed',
      'closed',
    ])
  })

  test('not before it is answered, and not by the responder', async () => {
    const request = await x.request({ status: 'reply awaiting approval', cameFrom: 'partly answered' })
    const page = await x.requester.visit(at(request, 'closing'))
    expect(page.text).toContain('“Partly answered”')
    expect(page.text).not.toContain('approval')
    expect(page.buttons).not.toContain(ACCEPT)
    expect((await x.responder.visit(at(request, 'closing'), { status: 403 })).status).toBe(403)
  })

  test('20 parallel acceptances: one closes, one mail each, one entry; the others see what happened', async () => {
    const request = await x.request({ status: 'answered' })
    const pages = await Promise.all(Array.from({ length: 20 }, () => x.requester.visit(at(request, 'closing'))))
    const sent = await Promise.all(
      pages.map(page => {
        const { body, type } = page.prepared(ACCEPT)
        const headers = { 'content-type': type ?? '' }
        return x.requester.request('POST', at(request, 'closing'), { ...(body && { body }), headers })
      }),
    )
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(sent.filter(({ status, text }) => status === 422 && text.includes('“Closed”'))).toHaveLength(19)
    expect(await mailsAbout(x.w, request)).toEqual(responders())
    expect(await historyOf(x.w.knex, request)).toHaveLength(1)
  })
})

describe('closing without the additional information', () => {
  test('after it was declined, in referral, after the decision', async () => {
    for (const status of ['additional declined', 'in referral', 'referral decided'] as const) {
      const request = await x.request({ status })
      await (await x.requester.visit(at(request, 'closure'))).submit(CLOSE)
      expect(await x.part(request)).toMatchObject({ status: 'closed' })
    }
  })

  test('with parts: not while one is being worked on', async () => {
    const request = await x.request({ status: 'additional declined' })
    await secondPart(request, 'accepted')
    expect((await x.requester.visit(at(request, 'closure'))).buttons).not.toContain(CLOSE)
    await x.w.knex('request_parts').where({ request_id: request.requestId, part: 2 }).update({ status: 'answered' })
    await (await x.requester.visit(at(request, 'closure'))).submit(CLOSE)
    expect(await row(request)).toMatchObject({ status: 'closed' })
  })

  test('an answered request is accepted, not closed', async () => {
    const request = await x.request({ status: 'answered' })
    expect((await x.requester.visit(at(request, 'closure'))).buttons).not.toContain(CLOSE)
  })
})
