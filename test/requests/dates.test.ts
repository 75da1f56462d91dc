import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aGrant, anAuthority } from '../support/factories.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { drafted, lettersOf, recorded, statusOf, stepsOf } from './acting.ts'

const PROPOSE = 'Propose a later date'
const AGREE = 'Agree to the later date'
const DECLINE = 'Decline the later date'
const REMIND = 'Remind the other authority'
const HELP = 'Ask your coordinator for help'
const DAY = 86_400_000
const NOW = new Date('2026-11-20T09:00:00Z')

let w: World
let swedes: ASide
let danes: ASide
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())

const accepted = (wishes: Partial<Parameters<typeof aRequest>[1]> = {}) =>
  aRequest(w.knex, { from: swedes, to: danes, status: 'accepted', dueDate: '2026-12-11', ...wishes })
const open = async (person: { id: number }, id: number, path: string) =>
  (await w.signedIn(person)).visit(`/requests/${id}/${path}`)
const propose = async (id: number, date = '2027-01-15') =>
  (await open(danes.handler, id, 'later-date')).submit(PROPOSE, { date, reason: 'Vi venter på arkivet.' })
const proposed = (id: number) => w.knex('request_parts').where({ id }).first('later_date', 'later_reason')
const NOTHING = { later_date: null, later_reason: null }

describe('a later date', () => {
  test('is proposed with a reason; until it is agreed the old one holds', async () => {
    const { id } = await accepted()
    const page = await open(danes.handler, id, 'later-date')
    expect(page.text).toContain('Agreed until now: 11 December 2026')
    const early = await page.submit(PROPOSE, { date: '2026-12-11', reason: '' }, { status: 422 })
    expect(early.errors().map(({ message }) => message)).toEqual(['Enter the reason'])
    const same = await early.submit(PROPOSE, { date: '2026-12-11', reason: 'Arkivet.' }, { status: 422 })
    expect(same.errors().map(({ message }) => message)).toEqual(['Enter a date ahead, later than the agreed one'])
    expect(same.values(PROPOSE)).toMatchObject({ date: '2026-12-11', reason: 'Arkivet.' })
    await same.submit(PROPOSE, { date: '2027-01-15' })
    expect(await statusOf(w, id)).toEqual({ status: 'accepted', whole: 'accepted', due: '2026-12-11' })
    expect(await lettersOf(w, id)).toEqual([
      { to: swedes.handler.email, kind: 'later-date' },
      { to: swedes.colleague.email, kind: 'later-date' },
    ])
    expect((await stepsOf(w, id)).at(-1)).toEqual({ step: 'proposeLaterDate', note: 'Arkivet.', seen_by: 'both' })
    const swede = await open(swedes.handler, id, '')
    expect(swede.text).toContain(AGREE)
  })

  test('overdue already, it has to be ahead', async () => {
    const { id } = await accepted({ dueDate: '2026-11-10' })
    const page = await open(danes.handler, id, 'later-date')
    for (const date of ['2026-11-15', '2026-11-20'])
      await page.submit(PROPOSE, { date, reason: 'Arkivet.' }, { status: 422 })
    await page.submit(PROPOSE, { date: '2026-11-21', reason: 'Arkivet.' })
  })

  test('agreed to, holds from then on', async () => {
    const { id } = await accepted()
    await propose(id)
    await (await open(swedes.handler, id, 'later-date-agreement')).submit(AGREE)
    expect(await statusOf(w, id)).toMatchObject({ due: '2027-01-15' })
    expect(
      await w
        .knex('requests')
        .join('request_parts as p', 'p.request_id', 'requests.id')
        .where('p.id', id)
        .first(w.knex.raw(`to_char(requests.due_date, 'YYYY-MM-DD') as due`)),
    ).toEqual({ due: '2027-01-15' })
    expect(await proposed(id)).toEqual(NOTHING)
    expect((await lettersOf(w, id)).at(-1)).toEqual({ to: danes.colleague.email, kind: 'later-date-agreed' })
    const late = await open(swedes.handler, id, 'later-date-agreement')
    expect(late.text).toContain('No later date is proposed any more')
  })

  test('declined, changes nothing; the reason is read by both', async () => {
    const { id } = await accepted()
    await propose(id)
    const page = await open(swedes.handler, id, 'later-date-refusal')
    await page.submit(DECLINE, {}, { status: 422 })
    await page.submit(DECLINE, { reason: 'Det brådskar.' })
    expect(await statusOf(w, id)).toMatchObject({ due: '2026-12-11' })
    expect(await proposed(id)).toEqual(NOTHING)
    expect((await stepsOf(w, id)).at(-1)).toEqual({ step: 'declineLaterDate', note: 'Det brådskar.', seen_by: 'both' })
  })

  test('falls away with a reply and with a forwarding', async () => {
    const one = await accepted()
    await propose(one.id)
    await drafted(w, { id: one.id, questionIds: one.questionIds, by: danes.handler })
    await (await open(danes.handler, one.id, 'partial-reply')).submit('Send partial reply')
    expect(await statusOf(w, one.id)).toMatchObject({ status: 'partly answered' })
    expect(await proposed(one.id)).toEqual(NOTHING)
    const other = await anAuthority(w.knex, { country: 'DK' })
    await aGrant(w.knex, other, MODULE, { coordinators: [danes.coordinator] })
    const two = await accepted()
    await propose(two.id)
    await (await open(danes.handler, two.id, 'forwarding')).submit('Forward request', { target: String(other.id) })
    expect(await proposed(two.id)).toEqual(NOTHING)
  })

  test('is proposed by the responder, decided by the requester', async () => {
    const { id } = await accepted()
    await propose(id)
    for (const path of ['later-date-agreement', 'later-date-refusal'])
      await (await w.signedIn(danes.handler)).visit(`/requests/${id}/${path}`, { status: 403 })
    for (const person of [swedes.handler, danes.allocator, danes.basic])
      await (await w.signedIn(person)).visit(`/requests/${id}/later-date`, { status: 403 })
    const { id: sent } = await aRequest(w.knex, { from: swedes, to: danes })
    expect((await open(danes.handler, sent, 'later-date')).text).toContain('has been sent and not accepted yet')
  })
})

describe('a reminder', () => {
  test('goes out once a day', async () => {
    const { id } = await accepted()
    await (await open(swedes.handler, id, 'reminder')).submit(REMIND)
    expect((await lettersOf(w, id)).map(({ kind }) => kind)).toEqual(['reminder', 'reminder'])
    expect((await open(swedes.colleague, id, 'reminder')).text).toContain('within the last 24 hours')
    w.clock.advance(DAY - 1000)
    expect((await open(swedes.colleague, id, 'reminder')).text).toContain('within the last 24 hours')
    w.clock.advance(1000)
    await (await open(swedes.colleague, id, 'reminder')).submit(REMIND)
    expect(await recorded(w, id, 'request.remind')).toBe(2)
    w.clock.set(NOW)
  })

  test('two at once: one goes out', async () => {
    const { id } = await accepted()
    const people = [await w.signedIn(swedes.handler), await w.signedIn(swedes.colleague)]
    const pages = await Promise.all(people.map(one => one.visit(`/requests/${id}/reminder`)))
    await Promise.all(
      pages.map((page, i) => {
        const { body, type } = page.prepared(REMIND)
        return (people[i] ?? people[0]!).request('POST', `/requests/${id}/reminder`, {
          ...(body && { body }),
          headers: { 'content-type': type ?? '' },
        })
      }),
    )
    expect(await recorded(w, id, 'request.remind')).toBe(1)
  })

  test('does not put off the end of what nobody works on', async () => {
    const { id } = await accepted()
    const before = (await w.knex('request_parts').where({ id }).first('acted_at')) as object
    await (await open(swedes.handler, id, 'reminder')).submit(REMIND)
    expect(await w.knex('request_parts').where({ id }).first('acted_at')).toEqual(before)
  })

  test('is for the requesting handlers, while the other side has to act', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'answered' })
    expect((await open(swedes.handler, id, 'reminder')).text).toContain('“Answered”')
    for (const person of [swedes.basic, danes.handler])
      await (await w.signedIn(person)).visit(`/requests/${id}/reminder`, { status: 403 })
  })
})

describe('asking the coordinator for help', () => {
  test('is there once the agreed date has passed', async () => {
    const { id } = await accepted({ dueDate: '2026-11-20' })
    expect((await open(swedes.handler, id, 'help')).text).toContain('The request is not late')
    w.clock.advance(DAY)
    await (await open(swedes.handler, id, 'help')).submit(HELP)
    expect(await w.knex('request_parts').where({ id }).first('help_asked_at')).toEqual({ help_asked_at: w.clock.now() })
    expect(await recorded(w, id, 'request.askForHelp')).toBe(1)
    expect(await lettersOf(w, id)).toEqual([])
    w.clock.set(NOW)
  })

  test.each([
    [false, 7],
    [true, 2],
  ])('is there when nobody has accepted (urgent: %s) within %i days', async (urgent, days) => {
    const at = new Date(NOW.getTime() - days * DAY)
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, urgent, at })
    expect((await open(swedes.handler, id, 'help')).text).toContain('The request is not late')
    w.clock.advance(1000)
    await (await open(swedes.handler, id, 'help')).submit(HELP)
    w.clock.set(NOW)
  })

  test('tells the requester nothing of a reply in approval', async () => {
    const { id } = await accepted({ status: 'reply awaiting approval', dueDate: '2026-11-10' })
    const page = await open(swedes.handler, id, 'help')
    expect(page.text).not.toContain('approval')
    await page.submit(HELP)
    await (await w.signedIn(danes.handler)).visit(`/requests/${id}/help`, { status: 403 })
  })
})
