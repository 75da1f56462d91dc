import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type ASide, aRequest, aSide } from '../support/requests.ts'
import { lettersOf, statusOf, stepsOf } from './acting.ts'

let w: World
let swedes: ASide
let danes: ASide
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK', settings: { may_refuse: true } })
})
afterAll(() => w.close())

describe('refusing a request', () => {
  const REFUSE = 'Refuse request'
  const may = (id: number) => w.knex('request_parts').where({ id }).update({ may_refuse: true })

  test('is there where the grant allowed it when the request arrived; forwarding is offered first', async () => {
    const { id, number } = await aRequest(w.knex, { from: swedes, to: danes })
    const dane = await w.signedIn(danes.handler)
    expect((await dane.visit(`/requests/${id}`)).text).not.toContain(REFUSE)
    expect((await dane.visit(`/requests/${id}/refusal`)).text).toContain(
      'Your authority may not refuse requests in this module',
    )
    await may(id)
    const page = await dane.visit(`/requests/${id}/refusal`)
    expect(page.link('Forward the request instead').href).toBe(`/requests/${id}/forwarding`)
    const missing = await page.submit(REFUSE, { reason: ' ' }, { status: 422 })
    expect(missing.errors().map(({ message }) => message)).toContain('Enter the reason')
    const done = await missing.submit(REFUSE, { reason: 'Ikke vores område.', language: 'da' })
    expect(done.notice).toContain(`Request ${number} refused`)
    expect(await statusOf(w, id)).toMatchObject({ status: 'refused', whole: 'refused' })
    expect((await stepsOf(w, id)).at(-1)).toEqual({ step: 'refuse', note: 'Ikke vores område.', seen_by: 'both' })
    expect((await lettersOf(w, id)).map(({ kind }) => kind)).toEqual(['refused', 'refused'])
    const swede = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/history`)
    expect(swede.text).toContain('Ikke vores område.')
    expect(swede.html).toMatch(/lang="da"[^>]*>\s*Ikke vores område\./)
    expect(
      await w
        .knex('requests')
        .join('request_parts as p', 'p.request_id', 'requests.id')
        .where('p.id', id)
        .first('requests.ended_at'),
    ).toEqual({
      ended_at: w.clock.now(),
    })
  })

  test('is refused to who may not, however it is sent', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    const asking = await aRequest(w.knex, { from: swedes, to: danes })
    await may(asking.id)
    const dane = await w.signedIn(danes.handler)
    const { body } = (await dane.visit(`/requests/${asking.id}/refusal`)).prepared(REFUSE, { reason: 'Nej' })
    const forged = await dane.request('POST', `/requests/${id}/refusal`, {
      ...(body && { body }),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(forged.status).toBe(422)
    expect(forged.text).toContain('may not refuse requests')
    expect(await statusOf(w, id)).toMatchObject({ status: 'sent' })
  })

  test('is for the allocator too, and after acceptance for nobody', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    await may(id)
    await (await (await w.signedIn(danes.allocator)).visit(`/requests/${id}/refusal`)).submit(REFUSE, { reason: 'Nej' })
    expect(await statusOf(w, id)).toMatchObject({ status: 'refused' })
    const accepted = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    await may(accepted.id)
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${accepted.id}/refusal`)
    expect(page.text).toContain('“Accepted”')
  })
})
