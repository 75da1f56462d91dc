import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aGrant, anAuthority } from '../support/factories.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { lettersOf, recorded, statusOf, stepsOf } from './acting.ts'

const ACCEPT = 'Accept request'

let w: World
let swedes: ASide
let danes: ASide
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())

describe('accepting a request', () => {
  test('agrees to the proposed date; the requesting handlers are told, nobody else', async () => {
    const { id, number } = await aRequest(w.knex, { from: swedes, to: danes, proposedDate: '2026-12-18' })
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${id}/acceptance`)
    expect(page.text).toContain('The requesting authority proposes 18 December 2026')
    const done = await page.submit(ACCEPT)
    expect(done.url).toBe(`/requests/${id}`)
    expect(done.notice).toContain(`Request ${number} accepted`)
    expect(await statusOf(w, id)).toEqual({ status: 'accepted', whole: 'accepted', due: '2026-12-18' })
    expect(await w.knex('request_parts').where({ id }).first('coordinator_id')).toEqual({
      coordinator_id: danes.coordinator.id,
    })
    expect((await lettersOf(w, id)).map(({ to }) => to).sort()).toEqual(
      [swedes.handler.email, swedes.colleague.email].sort(),
    )
    expect(await recorded(w, id, 'request.accept')).toBe(1)
  })

  test('a changed date needs a reason, a passed one must be changed; what was typed stays', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, proposedDate: '2026-11-05' })
    const page = await (await w.signedIn(danes.handler)).visit(`/requests/${id}/acceptance`)
    expect(page.text).toContain('has passed')
    const passed = await page.submit(ACCEPT, { dueDate: '2026-11-06', reason: 'Ferie' }, { status: 422 })
    expect(passed.errors().map(({ message }) => message)).toContain('Enter a date that has not passed')
    expect(passed.values(ACCEPT).reason).toBe('Ferie')
    const noReason = await passed.submit(ACCEPT, { dueDate: '2027-01-08', reason: '' }, { status: 422 })
    expect(noReason.errors().map(({ message }) => message)).toContain('Enter why you change the date')
    const nonsense = await noReason.submit(ACCEPT, { dueDate: '2027-02-30' }, { status: 422 })
    expect(nonsense.errors().map(({ message }) => message)).toContain(
      'Enter a date with year, month and day, such as 2026-11-24',
    )
    await nonsense.submit(ACCEPT, { dueDate: '2027-01-08', reason: 'Vi er få.' })
    expect(await statusOf(w, id)).toMatchObject({ status: 'accepted', due: '2027-01-08' })
    expect((await stepsOf(w, id)).at(-1)).toEqual({ step: 'accept', note: 'Vi er få.', seen_by: 'both' })
  })

  test('asks for the coordinator where several are linked', async () => {
    const several = await aSide(w.knex, { country: 'LV' })
    const second = await anAuthority(w.knex, { country: 'LV' })
    await aGrant(w.knex, second, MODULE, { role: 'coordinator' })
    const [grant] = await w.knex('grants').where({ authority_id: several.authority.id }).select<{ id: number }[]>('id')
    await w.knex('grant_coordinators').insert({ grant_id: grant?.id ?? 0, coordinator_id: second.id })
    const { id } = await aRequest(w.knex, { from: swedes, to: several, proposedDate: '2026-12-18' })
    const page = await (await w.signedIn(several.handler)).visit(`/requests/${id}/acceptance`)
    const missing = await page.submit(ACCEPT, {}, { status: 422 })
    expect(missing.errors().map(({ message }) => message)).toContain('Select the coordinator for this request')
    await missing.submit(ACCEPT, { coordinator: String(second.id) })
    expect(await w.knex('request_parts').where({ id }).first('coordinator_id')).toEqual({ coordinator_id: second.id })
  })

  test('is not for allocators, basic users or the other side; strangers find nothing', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    for (const person of [danes.allocator, danes.basic, danes.administrator, swedes.handler, danes.coordinatorBasic])
      await (await w.signedIn(person)).visit(`/requests/${id}/acceptance`, { status: 403 })
    const finns = await aSide(w.knex, { country: 'FI' })
    await (await w.signedIn(finns.handler)).visit(`/requests/${id}/acceptance`, { status: 404 })
  })

  test('says how it stands where it is too late', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    const dane = await w.signedIn(danes.handler)
    const page = await dane.visit(`/requests/${id}/acceptance`)
    await (await (await w.signedIn(danes.colleague)).visit(`/requests/${id}/acceptance`)).submit(ACCEPT)
    const late = await page.submit(ACCEPT, {}, { status: 422 })
    expect(late.text).toContain('its status is now “Accepted”')
    expect((await dane.visit(`/requests/${id}/acceptance`)).text).toContain('its status is now “Accepted”')
    expect(await recorded(w, id, 'request.accept')).toBe(1)
  })

  test('twenty at once: one wins, one entry, one round of mails', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    const people = await Promise.all([danes.handler, danes.colleague].map(person => w.signedIn(person)))
    const who = (i: number): Someone => people[i % 2] ?? people[0]!
    const pages = await Promise.all(Array.from({ length: 20 }, (_, i) => who(i).visit(`/requests/${id}/acceptance`)))
    const answers = await Promise.all(
      pages.map((page, i) => {
        const { body, type } = page.prepared(ACCEPT)
        return who(i).request('POST', `/requests/${id}/acceptance`, {
          ...(body && { body }),
          headers: { 'content-type': type ?? '' },
        })
      }),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(19)
    expect(await recorded(w, id, 'request.accept')).toBe(1)
    expect(await lettersOf(w, id)).toHaveLength(2)
  })
})
