import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type AnAuthority, aDelegation, aGrant, anAuthority, aUser, type AUser } from '../support/factories.ts'
import type { Page } from '../support/page.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { drafted, lettersOf, recorded, statusOf, stepsOf } from './acting.ts'

const FORWARD = 'Forward request'

let w: World
let swedes: ASide
let danes: ASide
/** Another Danish authority, linked to the same coordinator. */
let other: AnAuthority
let otherHandler: AUser
let otherAllocator: AUser
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK', settings: { may_refuse: true } })
  other = await anAuthority(w.knex, { country: 'DK', officialName: 'Turistrådet' })
  await aGrant(w.knex, other, MODULE, { coordinators: [danes.coordinator], settings: { may_refuse: true } })
  otherHandler = await aUser(w.knex, other, { language: 'en', roles: { [MODULE]: ['handler'] } })
  otherAllocator = await aUser(w.knex, other, { language: 'en', roles: { [MODULE]: ['allocator'] } })
})
afterAll(() => w.close())

const offeredBy = (page: Page): number[] =>
  page
    .form(FORWARD)
    .controls.filter(({ name }) => name === 'target')
    .map(({ value }) => Number(value))
const target = () => ({ target: String(other.id) })

describe('forwarding a request', () => {
  test('gives it to another authority of the country: new handlers are told, the requester too, the forwarder loses it', async () => {
    const { id, number } = await aRequest(w.knex, { from: swedes, to: danes })
    const dane = await w.signedIn(danes.handler)
    const page = await dane.visit(`/requests/${id}/forwarding`)
    expect(page.text).not.toContain('Hand on our draft answers')
    const done = await page.submit(FORWARD, { ...target(), note: 'I er de rette.' })
    expect(done.url).toBe('/actions')
    expect(done.notice).toContain(`Request ${number} forwarded`)
    expect(await statusOf(w, id)).toEqual({ status: 'sent', whole: 'sent', due: null })
    expect((await stepsOf(w, id)).at(-1)).toEqual({ step: 'forward', note: 'I er de rette.', seen_by: 'both' })
    const letters = await lettersOf(w, id)
    expect(letters.filter(({ kind }) => kind === 'received').map(({ to }) => to)).toEqual([otherHandler.email])
    const [first] = (await w.mails()).filter(mail => mail.about_id === id && mail.template === 'requests/received')
    expect(first?.cc).toEqual([other.email])
    expect(
      letters
        .filter(({ kind }) => kind === 'forwarded')
        .map(({ to }) => to)
        .sort(),
    ).toEqual([swedes.handler.email, swedes.colleague.email].sort())
    expect(letters.map(({ to }) => to)).not.toContain(otherAllocator.email)
    await dane.visit(`/requests/${id}`, { status: 404 })
    await (await w.signedIn(danes.administrator)).visit(`/requests/${id}`, { status: 404 })
    const there = await (await w.signedIn(otherHandler)).visit(`/requests/${id}`)
    expect(there.text).toContain('Accept request')
    expect((await (await w.signedIn(swedes.handler)).visit(`/requests/${id}`)).text).toContain('Turistrådet')
  })

  test('leaves one line in the history of the forwarder, for its own people only', async () => {
    const { id, number } = await aRequest(w.knex, { from: swedes, to: danes })
    await (await (await w.signedIn(danes.handler)).visit(`/requests/${id}/forwarding`)).submit(FORWARD, target())
    const path = `/authorities/${danes.authority.id}/management?event=request.forward`
    const page = await (await w.signedIn(danes.administrator)).visit(path)
    expect(page.text).toContain('Forwarded a request')
    expect(page.text.split(`Request ${number} to Turistrådet`)).toHaveLength(2)
    const manager = await anAuthority(w.knex, { country: 'DK' })
    await aDelegation(w.knex, manager, { modules: 'all' })
    await w
      .knex('authority_access_managers')
      .insert({ authority_id: danes.authority.id, manager_id: manager.id, since: w.clock.now() })
    const admin = await aUser(w.knex, manager, { administrator: true, dataAdministrator: 'all', language: 'en' })
    const theirs = await (await w.signedIn(admin)).visit(path)
    expect(theirs.h1).toContain(danes.authority.officialName)
    expect(theirs.text).not.toContain(number)
    expect(await recorded(w, id, 'request.forward')).toBe(1)
  })

  test('after acceptance clears coordinator, allocation, agreed date and what was drafted', async () => {
    const { id, questionIds } = await aRequest(w.knex, { from: swedes, to: danes, status: 'partly answered' })
    await drafted(w, { id, questionIds, by: danes.handler })
    await w.knex('request_allocations').insert({ part_id: id, user_id: danes.handler.id, at: w.clock.now() })
    await w.knex('request_parts').where({ id }).update({ later_date: '2027-01-20', later_reason: 'Ferie' })
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${id}/forwarding`)
    expect(page.description(FORWARD, 'handOn')).toBe(
      'Otherwise this is deleted: 2 draft answers. Replies that were sent stay.',
    )
    await page.submit(FORWARD, target())
    expect(await w.knex('request_parts').where({ id }).first()).toMatchObject({
      status: 'sent',
      responder_id: other.id,
      coordinator_id: null,
      due_date: null,
      later_date: null,
      later_reason: null,
      accepted_at: null,
      may_refuse: true,
    })
    expect(await w.knex('request_allocations').where({ part_id: id })).toEqual([])
    expect(await w.knex('request_draft_answers').whereIn('question_id', questionIds)).toEqual([])
    expect(await w.knex('request_drafts').where({ part_id: id })).toEqual([])
  })

  test('hands the draft on where that is ticked; replies that were sent stay', async () => {
    const { id, questionIds } = await aRequest(w.knex, { from: swedes, to: danes, status: 'partly answered' })
    await drafted(w, { id, questionIds, by: danes.handler })
    const at = w.clock.now()
    await w.knex('request_replies').insert({
      part_id: id,
      kind: 'partial',
      state: 'sent',
      language: 'da',
      authority_id: danes.authority.id,
      made_at: at,
      sent_at: at,
    })
    await (
      await (await w.signedIn(danes.handler)).visit(`/requests/${id}/forwarding`)
    ).submit(FORWARD, {
      ...target(),
      handOn: true,
    })
    expect(await w.knex('request_draft_answers').whereIn('question_id', questionIds)).toHaveLength(2)
    expect(await w.knex('request_replies').where({ part_id: id, state: 'sent' })).toHaveLength(1)
  })

  test('offers authorities that can take it, and no others', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    const without = await anAuthority(w.knex, { country: 'DK' })
    const suspended = await anAuthority(w.knex, { country: 'DK' })
    await aGrant(w.knex, suspended, MODULE, { status: 'suspended' })
    const gone = await anAuthority(w.knex, { country: 'DK', status: 'deactivated' })
    await aGrant(w.knex, gone, MODULE)
    const dane = await w.signedIn(danes.handler)
    const page = await dane.visit(`/requests/${id}/forwarding`)
    const offered = offeredBy(page)
    expect(offered).toContain(other.id)
    expect(offered).toContain(danes.coordinator.id)
    for (const one of [without, suspended, gone, swedes.authority, swedes.coordinator, danes.authority]) {
      expect(offered).not.toContain(one.id)
      const { body } = page.prepared(FORWARD, target())
      const forged = String(body).replace(`target=${other.id}`, `target=${one.id}`)
      const answer = await dane.request('POST', `/requests/${id}/forwarding`, {
        body: forged,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(answer.status).toBe(422)
      expect(answer.text).toContain('can no longer receive the request')
    }
    expect(await statusOf(w, id)).toMatchObject({ status: 'sent' })
  })

  test('never to the requester itself, where the module allows requests within a country', async () => {
    const neighbour = await anAuthority(w.knex, { country: 'DK' })
    await aGrant(w.knex, neighbour, MODULE, { coordinators: [danes.coordinator] })
    const { id } = await aRequest(w.knex, { from: { ...danes, authority: neighbour }, to: danes })
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${id}/forwarding`)
    const offered = offeredBy(page)
    expect(offered).toContain(other.id)
    expect(offered).not.toContain(neighbour.id)
  })

  test('finds the target by words; what was typed stays', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${id}/forwarding`)
    const searched = await page.submit('Search', { q: 'turistraad nonsense', note: 'Hej' })
    expect(searched.text).toContain('No authority of your country with this module fits')
    expect(searched.values(FORWARD)).toMatchObject({ q: 'turistraad nonsense', note: 'Hej' })
    const missing = await page.submit(FORWARD, { note: 'Hej' }, { status: 422 })
    expect(missing.errors().map(({ message }) => message)).toContain('Select an authority')
    expect(missing.values(FORWARD).note).toBe('Hej')
  })

  test('is open to the allocator before acceptance, not after', async () => {
    const sent = await aRequest(w.knex, { from: swedes, to: danes })
    const accepted = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const allocator = await w.signedIn(danes.allocator)
    const page = await allocator.visit(`/requests/${sent.id}/forwarding`)
    const late = await allocator.visit(`/requests/${accepted.id}/forwarding`)
    expect(late.text).toContain('only a request handler who acts on it can forward it now')
    const { body } = page.prepared(FORWARD, target())
    const forged = await allocator.request('POST', `/requests/${accepted.id}/forwarding`, {
      ...(body && { body }),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(forged.status).toBe(422)
    expect(await statusOf(w, accepted.id)).toMatchObject({ status: 'accepted' })
    await page.submit(FORWARD, target())
    expect(await statusOf(w, sent.id)).toMatchObject({ status: 'sent' })
  })

  test('and a colleague who was about to accept it comes too late', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    const [one, two] = [await w.signedIn(danes.handler), await w.signedIn(danes.colleague)]
    const accepting = (await two.visit(`/requests/${id}/acceptance`)).prepared('Accept request')
    const forwarding = (await one.visit(`/requests/${id}/forwarding`)).prepared(FORWARD, target())
    const send = (who: typeof one, path: string, { body, type }: typeof accepting) =>
      who.request('POST', `/requests/${id}/${path}`, {
        ...(body && { body }),
        headers: { 'content-type': type ?? '' },
      })
    const [forwarded, accepted] = await Promise.all([
      send(one, 'forwarding', forwarding),
      send(two, 'acceptance', accepting),
    ])
    const state = (await w.knex('request_parts').where({ id }).first('status', 'responder_id')) as object
    // Whichever comes first: never does one authority accept for the other.
    expect(state).toEqual({ status: 'sent', responder_id: other.id })
    expect(forwarded.status).toBe(303)
    expect([303, 404, 422]).toContain(accepted.status)
  })

  test('is not for basic users or the other side, nor once a reply waits for approval', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    for (const person of [danes.basic, danes.administrator, swedes.handler, danes.approver])
      await (await w.signedIn(person)).visit(`/requests/${id}/forwarding`, { status: 403 })
    await (await w.signedIn(otherHandler)).visit(`/requests/${id}/forwarding`, { status: 404 })
    const waiting = await aRequest(w.knex, { from: swedes, to: danes, status: 'reply awaiting approval' })
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${waiting.id}/forwarding`)
    expect(page.text).toContain('“Reply awaiting approval”')
  })
})
