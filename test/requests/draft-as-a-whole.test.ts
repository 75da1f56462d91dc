import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { questionSets } from '../../seeds/reference/question-sets/all.ts'
import { loadQuestionSet } from '../../seeds/reference/question-sets/load.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { complete, QUESTION } from './drafts.ts'

const DELETE = 'Delete draft'
const COPY = 'Create copy'
const PDF = { name: 'plan.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7\n1 0 obj\n%%EOF\n') }

let w: World
let swedes: ASide
let danes: ASide
let handler: Someone

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  handler = await w.signedIn(swedes.handler)
})
afterAll(() => w.close())

const grantsOf = ({ authority }: ASide) => w.knex('grants').where({ authority_id: authority.id })
const suspend = (side: ASide) => grantsOf(side).update({ status: 'suspended', suspended_at: w.clock.now() })
const restore = (side: ASide) => grantsOf(side).update({ status: 'active', suspended_at: null })
const numberOf = (url: string): number => Number(/\/requests\/(\d+)/.exec(url)?.[1])
const count = async (table: string, where: object): Promise<number> => (await w.knex(table).where(where)).length

async function attach(id: number): Promise<void> {
  const page = await handler.visit(`/requests/${id}/editing/attachments`)
  const saved = await page.submit('Save and continue', { files: [PDF] }, { to: `/requests/${id}/editing` })
  expect(saved.text).toContain('plan.pdf')
}

describe('deleting a draft', () => {
  test('says in numbers what goes, and takes all of it, the own module suspended or not', async () => {
    const { id, requestId, number } = await complete(w, { from: swedes, to: danes })
    await attach(id)
    await suspend(swedes)
    const page = await (await handler.visit(`/requests/${id}/editing`)).follow(DELETE)
    expect(page.text).toContain('1 question')
    expect(page.text).toContain('1 attachment')
    const files = await w.knex('request_attachments').where({ request_id: requestId }).pluck<number[]>('file_id')
    const after = await page.submit(DELETE, {}, { to: '/actions' })
    expect(after.notice).toContain(number)
    for (const table of ['requests', 'request_parts', 'request_questions', 'request_personal', 'request_attachments'])
      expect(await count(table, table === 'requests' ? { id: requestId } : { request_id: requestId }), table).toBe(0)
    expect(await w.knex('stored_files').whereIn('id', files)).toEqual([])
    expect(await count('audit_events', { event: 'request.deleted', subject_id: id })).toBe(1)
    await handler.visit(`/requests/${id}`, { status: 404 })
    await restore(swedes)
  })

  test('is for drafts, and for request handlers of the authority', async () => {
    const sent = await aRequest(w.knex, { from: swedes, to: danes })
    expect((await handler.visit(`/requests/${sent.id}/deletion`, { status: 409 })).text).toContain('Sent')
    const { id, requestId } = await complete(w, { from: swedes, to: danes })
    await (await w.signedIn(swedes.basic)).visit(`/requests/${id}/deletion`, { status: 403 })
    await (await w.signedIn(danes.handler)).visit(`/requests/${id}/deletion`, { status: 404 })
    const page = await handler.visit(`/requests/${id}/deletion`)
    await (await handler.visit(`/requests/${id}/sending`)).submit('Send request')
    const late = await page.submit(DELETE, {}, { status: 422 })
    expect(late.text).toContain('has been sent')
    expect(await count('requests', { id: requestId })).toBe(1)
  })
})

describe('copying a request', () => {
  test('takes all but answers and dates into a new draft', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    await attach(id)
    await (await handler.visit(`/requests/${id}/sending`)).submit('Send request')
    const page = await handler.visit(`/requests/${id}/copy`)
    const draft = await page.submit(COPY)
    const copy = numberOf(draft.url)
    expect(draft.url).toBe(`/requests/${copy}/editing`)
    expect(draft.details()).toMatchObject({
      'Responding authority': danes.authority.officialName,
      'Family name – personal data': 'Holm',
      'Reason for the request': 'Vi prövar en ansökan.',
      'Proposed date for the answer': 'Not provided',
    })
    expect(draft.text).toContain('Is the profession of fysioterapeut regulated')
    expect(draft.text).toContain('plan.pdf')
    expect(draft.text).toContain('1 thing is missing')
    const rows = (await w.knex('request_attachments').orderBy('id').select('state', 'file_id', 'part_id')) as {
      state: string
      file_id: number
      part_id: number
    }[]
    const both = rows.filter(({ part_id }) => [id, copy].includes(part_id))
    expect(both.map(({ state }) => state)).toEqual(['sent', 'draft'])
    expect(new Set(both.map(({ file_id }) => file_id)).size).toBe(2)
    await (await handler.visit(`/requests/${copy}/deletion`)).submit(DELETE)
    expect(await count('stored_files', { id: both[0]?.file_id })).toBe(1)
  })

  test('takes of a blocked request the questions only', async () => {
    const { id, requestId } = await aRequest(w.knex, {
      from: swedes,
      to: danes,
      status: 'closed',
      personal: { 'family-name': 'Holm' },
      questions: [{ code: QUESTION, variables: { profession: 'fysioterapeut' } }],
    })
    await w.knex('requests').where({ id: requestId }).update({ blocked_at: w.clock.now() })
    const page = await handler.visit(`/requests/${id}/copy`)
    expect(page.text).toContain('are blocked')
    const draft = await page.submit(COPY)
    expect(draft.text).not.toMatch(/Holm|Physiotherapist|Vi prövar/)
    expect(draft.text).toContain('Is the profession of fysioterapeut regulated')
  })

  test('needs the own module to be active', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'closed' })
    const page = await handler.visit(`/requests/${id}/copy`)
    await suspend(swedes)
    expect((await page.submit(COPY, {}, { status: 422 })).text).toContain('suspended or deactivated')
    await restore(swedes)
    await (await w.signedIn(danes.handler)).visit(`/requests/${id}/copy`, { status: 403 })
  })
})

describe('newer questions', () => {
  test('are offered, and keep what is still there', async () => {
    const other = 'profession-activities'
    const { id, requestId } = await aRequest(w.knex, {
      from: swedes,
      to: danes,
      status: 'draft',
      personal: { 'family-name': 'Holm' },
      questions: [
        { code: QUESTION, variables: { profession: 'fysioterapeut' } },
        { code: other, variables: { profession: 'lots' } },
      ],
    })
    await handler.visit(`/requests/${id}/editing/question-set`, { status: 404 })
    const set = questionSets.find(({ module }) => module === MODULE)!
    const questions = set.questions.filter(({ code }) => code !== other)
    await w.knex.transaction(trx => loadQuestionSet(trx, { ...set, version: 2, questions }))
    const summary = await handler.visit(`/requests/${id}/editing`)
    const page = await summary.follow('See what changes')
    expect(page.text).toContain('1 question that you chose is still there')
    expect(page.text).toContain('1 question that you chose is no longer there')
    // The blanks of a question by their names, and nothing of nothing.
    expect(page.text).toContain('[')
    expect(page.text).not.toMatch(/\{|\b0 new/)
    const after = await page.submit('Take the new questions', {}, { to: `/requests/${id}/editing` })
    expect(after.text).toContain('Is the profession of fysioterapeut regulated')
    expect(after.text).not.toContain('lots')
    expect(after.details()).toMatchObject({ 'Family name – personal data': 'Holm' })
    expect(after.links.some(({ href }) => href.endsWith('/question-set'))).toBe(false)
    const version = await w
      .knex('requests as r')
      .join('question_sets as s', 's.id', 'r.question_set_id')
      .where('r.id', requestId)
    expect(version[0]).toMatchObject({ version: 2 })
  })
})
