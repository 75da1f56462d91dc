import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type ASide, aRequest, aSide } from '../support/requests.ts'

let w: World
let swedes: ASide
let danes: ASide

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())

describe('the page of a request', () => {
  test('shows a basic user of the requesting authority the overview', async () => {
    const request = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const page = await (await w.signedIn(swedes.basic)).visit(`/requests/${request.id}`)
    expect(page.text).toContain(request.number)
    expect(page.text).toContain(danes.authority.officialName)
    expect(page.text).toContain('Accepted')
  })

  test('is not there for the responding authority before the request is sent', async () => {
    const draft = await aRequest(w.knex, { from: swedes, to: danes, status: 'draft' })
    const waiting = await aRequest(w.knex, { from: swedes, to: danes, status: 'awaiting approval' })
    const dane = await w.signedIn(danes.handler)
    for (const { id } of [draft, waiting])
      expect((await dane.visit(`/requests/${id}`, { status: 404 })).status).toBe(404)
  })

  test('calls a reply in approval by its earlier status for the requesting side', async () => {
    const request = await aRequest(w.knex, { from: swedes, to: danes, status: 'reply awaiting approval' })
    expect((await (await w.signedIn(swedes.handler)).visit(`/requests/${request.id}`)).text).not.toContain('awaiting')
    expect((await (await w.signedIn(danes.handler)).visit(`/requests/${request.id}`)).text).toContain(
      'Reply awaiting approval',
    )
  })
})
