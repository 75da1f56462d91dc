import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexAllWords } from '../../src/authorities/index.ts'
import { currentQuestionSet } from '../../src/modules/index.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { anAuthority, aGrant, moduleId } from '../support/factories.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { aDraft, complete, QUESTION } from './drafts.ts'

const SAVE = 'Save and continue'

let w: World
let swedes: ASide
let danes: ASide
let handler: Someone
let colleague: Someone

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  handler = await w.signedIn(swedes.handler)
  colleague = await w.signedIn(swedes.colleague)
})
afterAll(() => w.close())

const step = (id: number, name: string): string => `/requests/${id}/editing/${name}`

describe('whom to ask', () => {
  test('is looked for in one country, among those that can be asked in the module', async () => {
    const found = await anAuthority(w.knex, { country: 'DK', officialName: 'Kystfartsstyrelsen' })
    await aGrant(w.knex, found, MODULE)
    const not = await anAuthority(w.knex, { country: 'DK', officialName: 'Kystvagten' })
    await aGrant(w.knex, not, MODULE, { status: 'suspended' })
    await indexAllWords(w.knex)
    const { id } = await aDraft(w, { from: swedes })
    const page = await handler.visit(step(id, 'authority'))
    expect(page.options('Search', 'country').some(({ value }) => value === 'SE')).toBe(false)
    const result = await page.submit('Search', { country: 'DK', q: 'kyst' })
    expect(result.text).toContain('Kystfartsstyrelsen')
    expect(result.text).not.toContain('Kystvagten')
    expect((await page.submit('Search', { country: 'DK', q: 'zzz' })).text).toContain('No authority was found')
    await result.submit(SAVE, { responder: String(found.id) })
    const again = await handler.visit(step(id, 'authority'))
    expect(again.text).toContain('Kystfartsstyrelsen')
    const forged = await again.submit(SAVE, {}, { status: 422, forged: { responder: String(not.id) } })
    expect(forged.text).toContain('cannot be asked in this module now')
  })

  test('may be a coordinator that is asked to forward, and nobody else is asked to', async () => {
    const { id, requestId } = await aDraft(w, { from: swedes })
    const page = await handler.visit(step(id, 'authority'))
    const result = await page.submit('Search', { country: 'DK', role: true })
    expect(result.text).toContain(danes.coordinator.officialName)
    expect(result.text).not.toContain(danes.authority.officialName)
    await result.submit(SAVE, { responder: String(danes.coordinator.id), pleaseForward: true })
    expect(await w.knex('requests').where({ id: requestId }).first('please_forward')).toEqual({ please_forward: true })
    const other = await (await handler.visit(step(id, 'authority'))).submit('Search', { country: 'DK', role: false })
    const refused = await other.submit(SAVE, { responder: String(danes.authority.id) }, { status: 422 })
    expect(refused.errors()[0]).toMatchObject({ field: 'pleaseForward' })
  })
})

describe('the subject', () => {
  test('goes on with Enter: the first button is the one that a browser presses then', async () => {
    const { buttons } = await handler.visit(step((await aDraft(w, { from: swedes })).id, 'subject'))
    const ours = buttons.filter(label => [SAVE, 'Look for registers and earlier requests'].includes(label))
    expect(ours).toEqual([SAVE, 'Look for registers and earlier requests'])
  })

  test('keeps what says something about a person apart', async () => {
    const { id, requestId } = await aDraft(w, { from: swedes })
    await (
      await handler.visit(step(id, 'subject'))
    ).submit(SAVE, {
      subject_profession: 'Lots',
      'subject_family-name': 'Berg',
    })
    const [request] = await w.knex('requests').where({ id: requestId }).select('subject')
    expect(request).toEqual({ subject: { profession: 'Lots' } })
    expect(await w.knex('request_personal').where({ request_id: requestId }).select('key', 'value')).toEqual([
      { key: 'subject.family-name', value: 'Berg' },
    ])
    expect(JSON.stringify(await w.knex('audit_values'))).not.toContain('Berg')
  })

  test('names earlier requests of the authority on the same person, in the module, and no others', async () => {
    const personal = { 'family-name': 'Sjö', 'given-names': 'Eva' }
    const own = await aRequest(w.knex, { from: swedes, to: danes, status: 'closed', personal })
    const received = await aRequest(w.knex, { from: danes, to: swedes, status: 'accepted', personal })
    const hidden = await aRequest(w.knex, { from: danes, to: swedes, status: 'sent', personal })
    const another = await aRequest(w.knex, { from: swedes, to: danes, personal: { ...personal, 'given-names': 'Ida' } })
    const { id } = await aDraft(w, { from: swedes })
    const page = await handler.visit(step(id, 'subject'))
    expect(page.text).toContain('None was found')
    const found = await page.submit('Look for registers and earlier requests', {
      'subject_family-name': 'SJÖ',
      'subject_given-names': 'eva',
    })
    expect(found.table('Earlier requests on the same subject').map(row => row.Number)).toEqual([
      received.number,
      own.number,
    ])
    for (const { number } of [hidden, another]) expect(found.text).not.toContain(number)
    expect(found.values(SAVE)['subject_family-name']).toBe('SJÖ')
  })

  test('half-filled, with whatever signs, comes back as it was typed', async () => {
    const { id } = await aDraft(w, { from: swedes })
    const typed = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .filter(text => !text.includes('\0') && !/[\r\n]/.test(text))
    await fc.assert(
      fc.asyncProperty(typed, typed, async (one, two) => {
        const page = await handler.visit(step(id, 'subject'))
        await page.submit(SAVE, { subject_profession: one, 'subject_family-name': two })
        const back = (await handler.visit(step(id, 'subject'))).values(SAVE)
        expect([back.subject_profession, back['subject_family-name']]).toEqual(
          [one, two].map(text => text.normalize('NFC').trim()),
        )
      }),
      { numRuns: 15 },
    )
  })

  test('says which fields are wrong before it is sent, and refuses only what cannot be kept', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    const page = await handler.visit(step(id, 'subject'))
    const long = await page.submit(SAVE, { subject_profession: 'x'.repeat(301) }, { status: 422 })
    expect(long.errors()[0]).toMatchObject({ field: 'subject_profession' })
    await page.submit(SAVE, { 'subject_birth-date': '1990-02-30' })
    expect((await handler.visit(`/requests/${id}/editing`)).text).toContain('Correct: Date of birth')
  })
})

describe('the questions', () => {
  test('are numbered in their order, with their sub-questions and blanks; a blank that is empty is missing', async () => {
    const set = (await currentQuestionSet(w.db.app, await moduleId(w.knex, MODULE)))!
    const parent = set.questions.find(({ code }) => set.questions.some(one => one.parent?.code === code))!
    const { id, requestId } = await aDraft(w, { from: swedes })
    const page = await handler.visit(step(id, 'questions'))
    await page.submit(SAVE, { question: [parent.code, QUESTION] })
    const rows = await w
      .knex('request_questions')
      .where({ request_id: requestId })
      .orderBy('number')
      .select('number', 'code')
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1))
    const codes = rows.map(({ code }) => code)
    expect(codes).toEqual(set.questions.map(({ code }) => code).filter(code => codes.includes(code)))
    expect(codes.length).toBeGreaterThan(2)
    expect((await handler.visit(`/requests/${id}/editing`)).text).toContain('Fill in the blank')
    await (await handler.visit(step(id, 'questions'))).submit(SAVE, { question: [] })
    expect(await w.knex('request_questions').where({ request_id: requestId })).toEqual([])
  })
})

describe('reason and date', () => {
  test('a date that cannot be read is refused with all that was typed; one that has passed is missing later', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    const page = await handler.visit(step(id, 'reason'))
    const refused = await page.submit(SAVE, { proposedDate: 'soon', reason: 'Kept.' }, { status: 422 })
    expect(refused.errors()[0]).toMatchObject({ field: 'proposedDate' })
    expect(refused.values(SAVE).reason).toBe('Kept.')
    await refused.submit(SAVE, { proposedDate: '2026-01-01', urgent: true })
    const summary = await handler.visit(`/requests/${id}/editing`)
    expect(summary.text).toContain('later than today')
    expect(summary.text).toContain('Enter why the request is urgent')
  })
})

describe('two at once', () => {
  test('see who else edits, and what the other saved beside what they typed', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    const mine = await handler.visit(step(id, 'reason'))
    const theirs = await colleague.visit(step(id, 'reason'))
    expect(theirs.text).toContain(swedes.handler.name)
    await theirs.submit(SAVE, { reason: 'Theirs.' })
    const beside = await mine.submit(SAVE, { reason: 'Mine.' }, { status: 409 })
    expect(beside.text).toContain('Theirs.')
    expect(beside.text).toContain(swedes.colleague.name)
    expect(beside.values(SAVE).reason).toBe('Mine.')
    await beside.submit(SAVE)
    expect((await handler.visit(`/requests/${id}/editing`)).text).toContain('Mine.')
  })

  test('see it for chosen questions as well', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    const mine = await handler.visit(step(id, 'questions'))
    await (await colleague.visit(step(id, 'questions'))).submit(SAVE, { question: ['pupils-age'] })
    const beside = await mine.submit(SAVE, {}, { status: 409 })
    expect(beside.text).toContain('Somebody else chose these questions')
    expect(beside.text).toContain('average age of pupils')
  })
})

test('reading what a draft says about a person is recorded, an empty one is not', async () => {
  const { id } = await complete(w, { from: swedes, to: danes })
  const readings = () => w.knex('audit_events').where({ event: 'request.personalDataRead', subject_id: id })
  await handler.visit(`/requests/${id}/editing`)
  expect(await readings()).toHaveLength(1)
  const empty = await aDraft(w, { from: swedes })
  await handler.visit(`/requests/${empty.id}/editing`)
  expect(await w.knex('audit_events').where({ event: 'request.personalDataRead', subject_id: empty.id })).toEqual([])
})

test('a draft is edited by request handlers of its authority only', async () => {
  const { id } = await complete(w, { from: swedes, to: danes })
  for (const page of ['', '/authority', '/subject', '/questions', '/reason', '/attachments']) {
    await (await w.signedIn(swedes.administrator)).visit(`/requests/${id}/editing${page}`, { status: 403 })
    await (await w.signedIn(danes.handler)).visit(`/requests/${id}/editing${page}`, { status: 404 })
  }
})
