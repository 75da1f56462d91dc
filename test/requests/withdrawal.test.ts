import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type ARequest, type ASide, aRequest, aSide } from '../support/requests.ts'
import { lettersOf, statusOf, stepsOf } from './acting.ts'

const WITHDRAW = 'Withdraw request'

let w: World
let swedes: ASide
let danes: ASide
let finns: ASide
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  finns = await aSide(w.knex, { country: 'FI' })
})
afterAll(() => w.close())

const asked = (status: Parameters<typeof aRequest>[1]['status']): Promise<ARequest> =>
  aRequest(w.knex, { from: swedes, to: danes, status })

describe('withdrawing a request', () => {
  test('ends all parts at once, with a reason that both read', async () => {
    const request = await asked('accepted')
    const [part] = await w
      .knex('request_parts')
      .insert({
        request_id: request.requestId,
        part: 2,
        responder_id: finns.authority.id,
        status: 'sent',
        status_since: w.clock.now(),
        acted_at: w.clock.now(),
      })
      .returning<{ id: number }[]>('id')
      .then(rows => rows.map(({ id }) => id))
    const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${request.id}/withdrawal`)
    expect(page.text).toContain('The request is in 2 parts')
    const missing = await page.submit(WITHDRAW, {}, { status: 422 })
    expect(missing.errors().map(({ message }) => message)).toEqual(['Enter the reason'])
    await missing.submit(WITHDRAW, { reason: 'Ansökan är återtagen.' })
    for (const id of [request.id, part ?? 0]) {
      expect(await statusOf(w, id)).toMatchObject({ status: 'withdrawn', whole: 'withdrawn' })
      expect((await stepsOf(w, id)).at(-1)).toEqual({
        step: 'withdraw',
        note: 'Ansökan är återtagen.',
        seen_by: 'both',
      })
    }
    expect((await lettersOf(w, part ?? 0)).map(({ to }) => to)).toEqual([finns.handler.email, finns.colleague.email])
    const done = await (await w.signedIn(danes.handler)).visit(`/requests/${request.id}/forwarding`)
    expect(done.text).toContain('“Withdrawn”')
  })

  test('is for the requesting handlers, from sent until the answer, a reply in approval included', async () => {
    for (const status of [
      'sent',
      'accepted',
      'partly answered',
      'additional accepted',
      'reply awaiting approval',
    ] as const) {
      const { id } = await asked(status)
      const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/withdrawal`)
      await page.submit(WITHDRAW, { reason: 'Nej' })
      expect(await statusOf(w, id)).toMatchObject({ status: 'withdrawn' })
    }
    const { id } = await asked('answered')
    expect((await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/withdrawal`)).text).toContain('“Answered”')
    for (const person of [swedes.basic, swedes.allocator, danes.handler, swedes.approver])
      await (await w.signedIn(person)).visit(`/requests/${id}/withdrawal`, { status: 403 })
  })
})
