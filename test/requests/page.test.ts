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

describe('what happens next', () => {
  test('is said in a sentence, with who can act where the reader cannot', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'sent' })
    const page = await (await w.signedIn(danes.basic)).visit(`/requests/${id}`)
    expect(page.text).toContain('It is expected to do so by 8 November 2026.')
    expect(page.text).toContain(
      `these people can take the next step: ${danes.handler.name} and ${danes.colleague.name}`,
    )
    expect(page.text).toContain('Overdue')
    const theirs = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}`)
    expect(theirs.text).not.toContain(danes.handler.name)
  })

  test('is two days for an urgent request, which is marked', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'sent', urgent: true })
    const page = await (await w.signedIn(swedes.basic)).visit(`/requests/${id}`)
    expect(page.details()['Acceptance expected by']).toBe('3 November 2026')
    expect(page.text).toContain('Urgent')
  })

  test('names those who allocate where nobody is allocated yet', async () => {
    const busy = await aSide(w.knex, { country: 'NL', settings: { uses_allocation: true } })
    const { id } = await aRequest(w.knex, { from: swedes, to: busy, status: 'sent' })
    const handler = await w.signedIn(busy.handler)
    expect((await handler.visit(`/requests/${id}`)).text).toContain(`next step: ${busy.allocator.name}`)
    await w.knex('request_allocations').insert({ part_id: id, user_id: busy.colleague.id, at: w.clock.now() })
    expect((await handler.visit(`/requests/${id}`)).text).toContain(`next step: ${busy.colleague.name}`)
    expect((await handler.visit(`/requests/${id}/management`)).text).toContain(`Allocated to ${busy.colleague.name}`)
    const swede = await w.signedIn(swedes.handler)
    expect((await swede.visit(`/requests/${id}/management`)).text).not.toContain('Allocated to')
  })
})

describe('a request in parts', () => {
  test('is one request for the requester, its own part for each responder, and the others in overview for the splitter', async () => {
    const { id, requestId, number } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const finns = await aSide(w.knex, { country: 'FI' })
    const [part] = await w
      .knex('request_parts')
      .insert({
        request_id: requestId,
        part: 2,
        responder_id: finns.authority.id,
        responder_country: 'FI',
        status: 'sent',
        arrived_at: w.clock.now(),
        status_since: w.clock.now(),
        acted_at: w.clock.now(),
      })
      .returning<{ id: number }[]>('id')
    await w.knex('requests').where({ id: requestId }).update({ status: 'sent' })
    const requesting = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}`)
    expect(requesting.text).toContain(`Part ${number}-2`)
    expect(requesting.text).toContain(finns.authority.officialName)
    expect(requesting.text).toContain('Sent, awaiting acceptance')
    const splitting = await (await w.signedIn(danes.handler)).visit(`/requests/${id}`)
    expect(splitting.text).toContain(`Part ${number}-2`)
    const other = await (await w.signedIn(danes.basic)).visit(`/requests/${part?.id}`)
    expect(other.h1).toBe(`Request ${number}-2`)
    const finn = await w.signedIn(finns.handler)
    expect((await finn.visit(`/requests/${part?.id}`)).text).not.toContain(danes.authority.officialName)
    await finn.visit(`/requests/${id}`, { status: 404 })
  })
})

describe('request management', () => {
  test('has the contact data of both authorities and their coordinators', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const page = await (await w.signedIn(swedes.basic)).visit(`/requests/${id}/management`)
    for (const { email } of [swedes.authority, swedes.coordinator, danes.authority, danes.coordinator])
      expect(page.text).toContain(email)
  })
})

describe('the buttons', () => {
  const actsOf = async (user: { id: number }, id: number): Promise<string[]> => {
    const page = await (await w.signedIn(user)).visit(`/requests/${id}`)
    return page.links.filter(({ href }) => href.startsWith(`/requests/${id}/`)).map(({ text }) => text)
  }

  test('are what this reader can do now, the main one first', async () => {
    const sent = await aRequest(w.knex, { from: swedes, to: danes, status: 'sent' })
    expect((await actsOf(danes.handler, sent.id)).slice(4, 9)).toEqual([
      'Accept request',
      'Forward request',
      'Write a comment',
      "Data subject's request",
      'Change file number and remark',
    ])
    const draft = await aRequest(w.knex, { from: swedes, to: danes, status: 'draft' })
    const own = await actsOf(swedes.handler, draft.id)
    for (const act of ['Edit the draft', 'Send request', 'Delete the draft']) expect(own).toContain(act)
    expect(own).not.toContain('Write a comment')
    for (const person of [swedes.basic, swedes.coordinatorBasic])
      expect(await actsOf(person, sent.id)).not.toContain('Withdraw request')
  })

  test('lead to pages that are there', async () => {
    for (const status of [
      'draft',
      'sent',
      'accepted',
      'answered',
      'additional requested',
      'additional declined',
    ] as const) {
      const { id } = await aRequest(w.knex, { from: swedes, to: danes, status })
      for (const user of status === 'draft' ? [swedes.handler] : [swedes.handler, danes.handler]) {
        const someone = await w.signedIn(user)
        const page = await someone.visit(`/requests/${id}`)
        for (const { href } of page.links.filter(link => link.href.startsWith(`/requests/${id}/`)))
          expect([href, (await someone.request('GET', href)).status]).toEqual([href, 200])
      }
    }
  })
})

test('the ready-made note to forward a request is read in the language of the coordinator', async () => {
  const request = await aRequest(w.knex, { from: swedes, to: danes })
  await w.knex('requests').where({ id: request.requestId }).update({ please_forward: true })
  const page = await (await w.signedIn(danes.handler)).visit(`/requests/${request.id}`)
  expect(page.details()['Note of the requesting authority']).toBe('Please forward to the competent authority')
})
