import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AUser } from '../support/factories.ts'
import { world, type World } from '../support/app.ts'
import { type ARequest, type ASide, aRequest, aSide } from '../support/requests.ts'
import { aFullRequest, MARKS } from './full-request.ts'

let w: World
let swedes: ASide
let danes: ASide

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())

const visit = async (person: AUser, path: string, status = 200) => (await w.signedIn(person)).visit(path, { status })
const protection = ({ id }: Pick<ARequest, 'id'>) => `/requests/${id}/data-protection`
const erasure = ({ id }: Pick<ARequest, 'id'>) => `/requests/${id}/erasure`
const block = ({ requestId }: ARequest) =>
  w.knex('requests').where({ id: requestId }).update({ blocked_at: w.clock.now() })
const full = (status: 'accepted' | 'closed') => aFullRequest(w.knex, { from: swedes, to: danes, status })

async function mailsAbout({ id }: ARequest, template: string): Promise<string[]> {
  const mails = await w.mails()
  return mails
    .filter(mail => mail.about_type === 'request' && mail.about_id === id && mail.template === `requests/${template}`)
    .map(mail => mail.to_address)
    .sort()
}
const eventsOf = ({ id }: Pick<ARequest, 'id'>, event: string) =>
  w.knex('audit_events').where({ event, subject_type: 'request', subject_id: id })
const MARK = (kind: string, day = '20 November 2026') =>
  `Mark as answered ${kind === 'Access' ? 'Access to' : 'Correction of'} the data, received on ${day}`
const handlersOf = ({ handler, colleague }: ASide) => [handler.email, colleague.email].sort()

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
    await block(request)
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
    expect(await mailsAbout(request, 'subject-corrected')).toEqual(handlersOf(swedes))
    expect(await eventsOf(request, 'request.subjectCorrected')).toHaveLength(1)
    const kept = JSON.stringify([await w.knex('audit_values'), await w.mails()])
    expect(kept).not.toMatch(/Rättadsson|Rättarordet/)
    const again = await (
      await visit(swedes.handler, `${protection(request)}/subject`)
    ).submit('Save the correction', { subject_profession: 'Än' })
    expect(again.notice).toContain('corrected')
    expect(await mailsAbout(request, 'subject-corrected')).toEqual([...handlersOf(swedes), ...handlersOf(danes)].sort())
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

describe('early erasure', () => {
  const left = async ({ requestId }: ARequest) => ({
    fields: await w.knex('request_personal').where({ request_id: requestId }),
    attachments: await w.knex('request_attachments').where({ request_id: requestId }),
  })

  test.each([false, true])('is proposed by one side and agreed to by the other (blocked: %s)', async blocked => {
    const request = await full('closed')
    if (blocked) await block(request)
    const page = await (await visit(danes.handler, `/requests/${request.id}`)).follow('Early erasure')
    const { fields, attachments } = await left(request)
    expect(page.text).toContain(`${fields.length} fields with personal data`)
    expect(page.text).toContain(`${attachments.length} attachments`)
    await page.submit('Propose early erasure')
    expect(await mailsAbout(request, 'erasure-proposed')).toEqual(handlersOf(swedes))
    expect((await left(request)).fields).toEqual(fields)
    const own = await visit(danes.colleague, erasure(request))
    expect(own.buttons).not.toContain('Erase the personal data')
    const theirs = await visit(swedes.handler, erasure(request))
    const done = await theirs.submit('Erase the personal data')
    expect(done.notice).toContain(`The personal data of request ${request.number} are erased`)
    expect(await left(request)).toEqual({ fields: [], attachments: [] })
    const row = await w.knex('requests').where({ id: request.requestId }).first('erased_at', 'blocked_at')
    expect(row.erased_at).toEqual(w.clock.now())
    expect(row.blocked_at === null).toBe(!blocked)
    expect(await eventsOf(request, 'request.erasureProposed')).toHaveLength(1)
    expect(await eventsOf(request, 'request.erasedEarly')).toHaveLength(1)
    const after = await visit(danes.handler, erasure(request))
    expect(after.text).toContain('have been erased')
    expect(after.buttons).not.toContain('Erase the personal data')
  })

  test('is declined, or taken back before the other side agrees', async () => {
    const request = await full('closed')
    await (await visit(swedes.handler, erasure(request))).submit('Propose early erasure')
    const theirs = await visit(danes.handler, erasure(request))
    await (await visit(swedes.colleague, erasure(request))).submit('Take the proposal back')
    const late = await theirs.submit('Erase the personal data', {}, { status: 422 })
    expect(late.text).toContain('This cannot be done any more')
    await late.submit('Propose early erasure')
    await (await visit(swedes.handler, erasure(request))).submit('Decline')
    expect((await left(request)).fields).not.toEqual([])
    expect(await eventsOf(request, 'request.erasureDropped')).toHaveLength(2)
  })

  test('waits for the end of the request; what was refused, the responder can agree to as well', async () => {
    const page = await visit(swedes.handler, erasure(await full('accepted')))
    expect(page.text).toContain('The request has not ended')
    expect(page.buttons).not.toContain('Propose early erasure')
    const refused = await aRequest(w.knex, {
      from: swedes,
      to: danes,
      status: 'refused',
      personal: { 'family-name': 'Ek' },
    })
    await (await visit(swedes.handler, erasure(refused))).submit('Propose early erasure')
    const theirs = await visit(danes.handler, erasure(refused))
    expect(theirs.text).toContain('1 field with personal data')
    await theirs.submit('Erase the personal data')
    expect((await left(refused)).fields).toEqual([])
  })

  test('that one responder proposed waits for the requester, not for another responder', async () => {
    const finns = await aSide(w.knex, { country: 'FI' })
    const request = await full('closed')
    const { id: _id, ...first } = await w.knex('request_parts').where({ id: request.id }).first()
    const other = { ...first, part: 2, responder_id: finns.authority.id, responder_country: 'FI' }
    const [second] = await w.knex('request_parts').insert(other).returning('id')
    await (await visit(danes.handler, erasure(request))).submit('Propose early erasure')
    const beside = await visit(finns.handler, erasure(second))
    expect(beside.text).toContain('The requesting authority decides')
    expect(beside.buttons.join()).not.toMatch(/Erase|Take the proposal back|Decline/)
    expect((await visit(swedes.handler, erasure(request))).buttons).toContain('Erase the personal data')
  })

  test('is decided alone when the other authority is deleted', async () => {
    const request = await full('closed')
    await w.knex('request_parts').where({ id: request.id }).update({ responder_id: 999_999 })
    const page = await visit(swedes.handler, erasure(request))
    expect(page.text).toContain('you decide alone')
    await page.submit('Erase the personal data')
    expect(await left(request)).toEqual({ fields: [], attachments: [] })
  })
})
