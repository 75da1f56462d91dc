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

const mailsAbout = async (id: number) =>
  (await w.mails()).filter(mail => mail.about_type === 'request' && mail.about_id === id)

describe('a comment', () => {
  test('is written by a handler, dated and in a language, and the other side is told without a word of it', async () => {
    const { id, number } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const swede = await w.signedIn(swedes.handler)
    const page = await (await swede.visit(`/requests/${id}`)).follow('Write a comment')
    expect(page.description('Send comment', 'text')).toContain('The other authority reads: ')
    const done = await page.submit('Send comment', { text: 'Finns det fler\nhandlingar?', language: 'sv' })
    expect(done.notice).toContain(`Your comment on request ${number} is sent`)
    const dane = await (await w.signedIn(danes.handler)).visit(`/requests/${id}/comments`)
    expect(dane.text).toContain('Finns det fler handlingar?')
    expect(dane.text).toContain(`${swedes.authority.officialName}, 20 Nov 2026`)
    expect(dane.text).not.toContain(swedes.handler.name)
    const colleague = await (await w.signedIn(swedes.colleague)).visit(`/requests/${id}/comments`)
    expect(colleague.text).toContain(swedes.handler.name)
    const mails = await mailsAbout(id)
    expect(mails.map(({ to_address }) => to_address).sort()).toEqual(
      [danes.handler.email, danes.colleague.email].sort(),
    )
    expect(JSON.stringify(mails)).not.toContain('handlingar')
    const events = await w.knex('audit_events').where({ subject_type: 'request', subject_id: id })
    expect(events.map(({ event }: { event: string }) => event)).toContain('request.comment')
    expect(JSON.stringify(await w.knex('audit_values'))).not.toContain('handlingar')
  })

  test('of the responder is told to the requester', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'answered' })
    const dane = await w.signedIn(danes.handler)
    await (await dane.visit(`/requests/${id}/comments`)).submit('Send comment', { text: 'Tak', language: 'da' })
    const mails = await mailsAbout(id)
    expect(mails.map(({ to_address }) => to_address).sort()).toEqual(
      [swedes.handler.email, swedes.colleague.email].sort(),
    )
  })

  test('names its mistakes and keeps what was typed', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/comments`)
    const empty = await page.submit('Send comment', { text: ' ' }, { status: 422 })
    expect(empty.errors()).toEqual([{ field: 'text', message: 'Enter a comment' }])
    const long = await page.submit('Send comment', { text: 'x'.repeat(3001) }, { status: 422 })
    expect(long.errors()[0]?.message).toBe('The comment can have at most 3000 characters')
    expect(long.values('Send comment').text).toHaveLength(3001)
  })

  test('cannot be written when the request has ended: the page says how it stands', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'answered' })
    const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/comments`)
    await w.knex('request_parts').where({ id }).update({ status: 'closed', ended_at: w.clock.now() })
    const late = await page.submit('Send comment', { text: 'Hello' }, { status: 422 })
    expect(late.text).toContain('its status is now “Closed”')
    const closed = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/comments`)
    expect(closed.text).toContain('its status is now “Closed”')
    expect(closed.buttons).not.toContain('Send comment')
    expect(await w.knex('request_comments').where({ part_id: id })).toEqual([])
  })

  test('is not for whoever does not handle the request', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    for (const person of [swedes.allocator, swedes.basic, danes.allocator, danes.administrator, swedes.approver])
      await (await w.signedIn(person)).visit(`/requests/${id}/comments`, { status: 403 })
    const draft = await aRequest(w.knex, { from: swedes, to: danes, status: 'draft' })
    await (await w.signedIn(danes.handler)).visit(`/requests/${draft.id}/comments`, { status: 404 })
  })
})
