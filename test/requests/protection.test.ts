import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aGrant, anAuthority, type AUser, aUser } from '../support/factories.ts'
import { world, type World } from '../support/app.ts'
import { type ARequest, type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { aFullRequest, MARKS } from './full-request.ts'
import { actsOn, block, erasure, handlersOf, mailsAbout, protection, visitAs } from './protecting.ts'

let w: World
let swedes: ASide
let danes: ASide

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())

const visit = (person: AUser, path: string, status = 200) => visitAs(w, person, path, status)
const full = (status: 'accepted' | 'closed') => aFullRequest(w.knex, { from: swedes, to: danes, status })

const eventsOf = async (request: ARequest, event: string) => (await actsOn(w, request)).filter(one => one === event)
const MARK = (kind: string, day = '20 November 2026') =>
  `Mark as answered ${kind === 'Access' ? 'Access to' : 'Correction of'} the data, received on ${day}`
describe("a data subject's request", () => {
  test('is recorded, due in 30 days, read by the other side and marked answered by the own one', async () => {
    const request = await full('accepted')
    const page = await (await visit(swedes.handler, `/requests/${request.id}`)).follow("Data subject's request")
    const done = await page.submit('Record', { kind: 'access', receivedOn: '2026-11-18' })
    expect(done.notice).toContain('is recorded')
    expect(done.table(0)[0]).toMatchObject({
      'What is asked': 'Access to the data',
      Received: '18 November 2026',
      'Answer by': '18 December 2026',
      Answered: 'Not yet',
    })
    const theirs = await visit(danes.handler, protection(request))
    expect(theirs.text).toContain('18 December 2026')
    expect(theirs.buttons.join()).not.toContain('Mark as answered')
    const answered = await done.submit(MARK('Access', '18 November 2026'))
    expect(answered.notice).toContain('is marked as answered')
    expect(answered.table(0)[0]?.Answered).toBe('20 November 2026')
    expect(answered.buttons.join()).not.toContain('Mark as answered')
    expect(await eventsOf(request, 'request.dataSubjectRequestRecorded')).toHaveLength(1)
    expect(await eventsOf(request, 'request.dataSubjectRequestAnswered')).toHaveLength(1)
    expect(await mailsAbout(w, request, 'data-subject-asked')).toEqual(handlersOf(danes))
    expect(await mailsAbout(w, request, 'data-subject-answered')).toEqual(handlersOf(danes))
  })

  test('stands on the page of the request, with the way to answer it, until it is answered; late ones as late', async () => {
    const request = await full('accepted')
    const path = `/requests/${request.id}`
    const page = await visit(danes.handler, protection(request))
    await page.submit('Record', { kind: 'correction', receivedOn: '2026-10-20' })
    const waits = await visit(danes.colleague, path)
    expect(waits.text).toContain("should have answered a data subject's request by 19 November 2026")
    expect((await visit(swedes.handler, path)).text).not.toContain('19 November 2026')
    expect((await visit(danes.basic, path)).text).not.toContain('19 November 2026')
    const answered = await (
      await waits.follow("Answer the data subject's request")
    ).submit(MARK('Correction', '20 October 2026'))
    expect(answered.notice).toContain('answered')
    expect((await visit(danes.handler, path)).text).not.toContain('19 November 2026')
    expect(await mailsAbout(w, request, 'data-subject-asked')).toEqual(handlersOf(swedes))
  })

  test('goes along when the request is forwarded, so that somebody can answer it', async () => {
    const request = await full('accepted')
    const others = await anAuthority(w.knex, { country: 'DK' })
    await aGrant(w.knex, others, MODULE, { coordinators: [danes.coordinator] })
    const handler = await aUser(w.knex, others, { language: 'en', roles: { [MODULE]: ['handler'] } })
    await (await visit(danes.handler, protection(request))).submit('Record', { kind: 'access' })
    const form = await visit(danes.handler, `/requests/${request.id}/forwarding`)
    expect(form.text).toContain("1 data subject's request that your authority has not answered goes along")
    await form.submit('Forward request', { target: String(others.id) })
    const theirs = await visit(handler, protection(request))
    expect(theirs.buttons.join()).toContain('Mark as answered')
    const actions = await visit(handler, '/actions')
    expect(actions.links.map(({ href }) => href)).toContain(protection(request))
  })

  test('of an authority that is gone holds nothing open', async () => {
    const request = await full('closed')
    await block(w, request)
    const asked = { kind: 'access', received_on: '2026-11-01', due_on: '2026-12-01', recorded_at: w.clock.now() }
    await w.knex('data_subject_requests').insert({ ...asked, request_id: request.requestId, authority_id: 999_999 })
    expect((await visit(danes.handler, `/requests/${request.id}`)).html).not.toContain(MARKS.person)
    expect((await visit(danes.handler, `${protection(request)}/subject`)).text).toContain('are blocked')
  })

  test('of the other side cannot be marked answered, nor one of another request, nor none', async () => {
    const [request, other] = [await full('accepted'), await full('accepted')]
    await (await visit(swedes.handler, protection(request))).submit('Record', { kind: 'access' })
    const dane = await w.signedIn(danes.handler)
    const theirs = await (await dane.visit(protection(request))).submit('Record', { kind: 'correction' })
    const sent = new URLSearchParams(theirs.prepared(MARK('Correction')).body?.toString())
    const [first, second] = await w.knex('data_subject_requests').where({ request_id: request.requestId }).orderBy('id')
    const forge = async (which: string, of: ARequest) => {
      sent.set('which', which)
      const answer = await dane.request('POST', `${protection(of)}/answered`, {
        body: sent.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      return answer.status
    }
    expect(await forge(String(first.id), request)).toBe(404)
    expect(await forge(String(second.id), other)).toBe(404)
    expect(await forge('x', request)).toBe(404)
    const rows = await w.knex('data_subject_requests').where({ request_id: request.requestId })
    expect(rows.map(({ answered_at }) => answered_at)).toEqual([null, null])
  })

  test('names its mistakes', async () => {
    const page = await visit(swedes.handler, protection(await full('accepted')))
    const none = await page.submit('Record', { receivedOn: '' }, { status: 422 })
    expect(none.errors().map(({ field }) => field)).toEqual(['kind', 'receivedOn'])
    const ahead = await page.submit('Record', { kind: 'access', receivedOn: '2026-11-21' }, { status: 422 })
    expect(ahead.errors()).toEqual([
      { field: 'receivedOn', message: 'The day on which it was received cannot be ahead' },
    ])
  })

  test('opens blocked personal data until it is answered, and each reading is recorded', async () => {
    const request = await full('closed')
    await block(w, request)
    const path = `/requests/${request.id}`
    expect((await visit(danes.handler, path)).html).not.toContain(MARKS.person)
    const page = await visit(danes.handler, protection(request))
    expect(page.text).toContain("Record the data subject's request first")
    expect((await visit(danes.handler, `${protection(request)}/subject`)).html).not.toContain(MARKS.person)
    const done = await page.submit('Record', { kind: 'access', receivedOn: '2026-11-18' })
    expect((await visit(swedes.handler, path)).html).toContain(MARKS.person)
    expect((await visit(danes.handler, `${protection(request)}/subject`)).html).toContain(MARKS.person)
    expect(await eventsOf(request, 'request.personalDataRead')).toHaveLength(2)
    await done.submit(MARK('Access', '18 November 2026'))
    expect((await visit(danes.handler, path)).html).not.toContain(MARKS.person)
    expect(await eventsOf(request, 'request.personalDataRead')).toHaveLength(2)
  })

  test('is for handlers, on a request that was sent', async () => {
    const request = await full('accepted')
    for (const person of [swedes.basic, swedes.allocator, danes.administrator]) {
      await visit(person, protection(request), 403)
      await visit(person, `${protection(request)}/subject`, 403)
      await visit(person, erasure(request), 403)
    }
    const draft = await aRequest(w.knex, { from: swedes, to: danes, status: 'draft' })
    const page = await visit(swedes.handler, protection(draft))
    expect(page.text).toContain('has not been sent')
    expect(page.buttons).not.toContain('Record')
  })
})

describe('the data of the subject', () => {
  test('are corrected by either side; the other one is told, and nothing of it stands anywhere else', async () => {
    const request = await full('accepted')
    const page = await visit(danes.handler, protection(request))
    const form = await page.follow('Correct the data of the request')
    expect(form.values('Save the correction').subject_profession).toBe(MARKS.field)
    const done = await form.submit('Save the correction', {
      'subject_family-name': 'Rättadsson',
      'subject_given-names': 'Ada',
      subject_profession: 'Rättarordet',
    })
    expect(done.notice).toContain('The data are corrected')
    const theirs = await visit(swedes.handler, `/requests/${request.id}`)
    expect(theirs.text).toContain('Rättadsson')
    expect(theirs.text).toContain('Rättarordet')
    expect(theirs.html).not.toContain(MARKS.person)
    expect(await mailsAbout(w, request, 'subject-corrected')).toEqual(handlersOf(swedes))
    expect(await eventsOf(request, 'request.subjectCorrected')).toHaveLength(1)
    const kept = JSON.stringify([await w.knex('audit_values'), await w.mails()])
    expect(kept).not.toMatch(/Rättadsson|Rättarordet/)
    const again = await (
      await visit(swedes.handler, `${protection(request)}/subject`)
    ).submit('Save the correction', { subject_profession: 'Än' })
    expect(again.notice).toContain('corrected')
    expect(await mailsAbout(w, request, 'subject-corrected')).toEqual(
      [...handlersOf(swedes), ...handlersOf(danes)].sort(),
    )
  })

  test('are not left without what a request must say, and not overwritten unseen', async () => {
    const request = await full('accepted')
    const path = `${protection(request)}/subject`
    const [first, second] = [await visit(swedes.handler, path), await visit(danes.handler, path)]
    const names = { 'subject_family-name': 'Ek', 'subject_given-names': 'Eva', subject_profession: 'Smed' }
    const lacks = await first.submit('Save the correction', { ...names, subject_profession: '' }, { status: 422 })
    expect(lacks.errors()[0]?.field).toBe('subject_profession')
    await first.submit('Save the correction', names)
    const beside = await second.submit(
      'Save the correction',
      { ...names, subject_profession: 'Snickare' },
      { status: 409 },
    )
    expect(beside.text).toContain(swedes.authority.officialName)
    expect(beside.text).toContain('Smed')
    expect(beside.text).not.toContain(swedes.handler.name)
    await beside.submit('Save the correction')
    const { subject } = await w.knex('requests').where({ id: request.requestId }).first('subject')
    expect(subject.profession).toBe('Snickare')
  })

  test('are not shown before acceptance, nor after erasure', async () => {
    const sent = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'sent' })
    const early = await visit(danes.handler, `${protection(sent)}/subject`)
    expect(early.text).toContain('after acceptance')
    expect(early.html).not.toContain(MARKS.person)
    const request = await full('closed')
    const open = await visit(swedes.handler, `${protection(request)}/subject`)
    await w.knex('requests').where({ id: request.requestId }).update({ erased_at: w.clock.now() })
    const late = await open.submit('Save the correction', {}, { status: 422 })
    expect(late.text).toContain('There is nothing to correct')
  })
})
