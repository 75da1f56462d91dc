import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Status } from '../../src/requests/workflow.ts'
import { world, type World } from '../support/app.ts'
import { type AUser, aUser } from '../support/factories.ts'
import { aRequest, type ARequest, aSide, type ASide, MODULE } from '../support/requests.ts'

const DAY = 86_400_000

let w: World
let swedish: ASide
let danish: ASide
beforeAll(async () => {
  w = await world()
  swedish = await aSide(w.knex, { country: 'SE' })
  danish = await aSide(w.knex, { country: 'DK' })
  await w.knex('authorities').update({ data_confirmed_at: w.clock.now() })
  await w.knex('authorities').where({ id: swedish.authority.id }).update({ official_name: 'Socialstyrelsen' })
  await w.knex('authorities').where({ id: danish.authority.id }).update({ official_name: 'Sundhedsstyrelsen' })
})
afterAll(() => w.close())

const ago = (days: number): Date => new Date(w.clock.now().getTime() - days * DAY)

/** What waits for each of these people of one request, then it is gone again. */
async function waitsFor(request: ARequest, people: Record<string, AUser>): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const [who, user] of Object.entries(people)) {
    const page = await (await w.signedIn(user)).visit('/actions')
    const rows = page.links.filter(({ href }) => `${href}/`.startsWith(`/requests/${request.id}/`))
    if (rows.length > 0) found[who] = rows.map(({ text }) => text)
  }
  await w.knex('requests').where({ id: request.requestId }).delete()
  return found
}

const everybody = (): Record<string, AUser> => ({
  'R handler': swedish.handler,
  'R allocator': swedish.allocator,
  'R basic': swedish.basic,
  'R administrator': swedish.administrator,
  'R approver': swedish.approver,
  'R referee': swedish.referee,
  'S handler': danish.handler,
  'S allocator': danish.allocator,
  'S basic': danish.basic,
  'S approver': danish.approver,
  'S referee': danish.referee,
})

const between = (status: Status, more: Partial<Parameters<typeof aRequest>[1]> = {}): Promise<ARequest> =>
  aRequest(w.knex, { from: swedish, to: danish, status, at: ago(3), ...more })

const changed = async (request: Promise<ARequest>, columns: object): Promise<ARequest> => {
  const made = await request
  await w.knex('request_parts').where({ id: made.id }).update(columns)
  return made
}

test.each<[Status, Record<string, string[]>]>([
  ['draft', {}],
  ['awaiting approval', { 'R approver': ['Approve or return a request'] }],
  ['sent', { 'S handler': ['Accept or pass on a request'] }],
  ['accepted', { 'S handler': ['Answer a request'] }],
  ['reply awaiting approval', { 'S approver': ['Approve or return a reply'] }],
  ['answered', { 'R handler': ['Accept the reply, or ask for more'] }],
  ['additional requested', { 'S handler': ['Agree to give it, or decline'] }],
  ['additional accepted', { 'S handler': ['Answer a request'] }],
  ['additional declined', { 'R handler': ['Close the request, or refer it to the coordinators'] }],
  ['referral decided', { 'R handler': ['Close the request: the information need not be given'] }],
  ['refused', { 'R handler': ['Read why a request was refused'] }],
  ['withdrawn', { 'S handler': ['Read why a request was withdrawn'] }],
  ['closed', {}],
])('%s', async (status, expected) => {
  expect(await waitsFor(await between(status), everybody())).toEqual(expected)
})

test('with the day until when, the most urgent kind first, counted in the menu', async () => {
  const late = await between('sent', { at: ago(9) })
  const soon = await between('accepted', { dueDate: '2026-11-23' })
  const page = await (await w.signedIn(danish.handler)).visit('/actions')
  expect(page.text.indexOf('Requests to accept')).toBeLessThan(page.text.indexOf('Requests to answer'))
  expect(page.table('Requests to accept')).toEqual([
    {
      'What to do': `Accept or pass on a request ${late.number}, Socialstyrelsen`,
      When: '2 days ago (Wednesday 18 November) Overdue',
    },
  ])
  expect(page.table('Requests to answer')[0]?.When).toBe('in 3 days (Monday 23 November)')
  expect(page.links.map(({ href }) => href)).toContain(`/requests/${late.id}`)
  expect(page.links.map(({ text }) => text)).toContain('My actions (2)')
  await w.knex('requests').whereIn('id', [late.requestId, soon.requestId]).delete()
})

test('where one acts only when allocated: only what is allocated; what is not is the allocator’s', async () => {
  const grant = w.knex('grants').where({ authority_id: danish.authority.id })
  await grant.clone().update({ uses_allocation: true })
  expect(await waitsFor(await between('sent'), everybody())).toEqual({
    'S allocator': ['Decide who handles a request'],
  })
  const given = await between('accepted')
  await w.knex('request_allocations').insert({ part_id: given.id, user_id: danish.colleague.id, at: ago(1) })
  const people = { ...everybody(), 'S colleague': danish.colleague }
  expect(await waitsFor(given, people)).toEqual({ 'S colleague': ['Answer a request'] })
  await grant.clone().update({ uses_allocation: false })
})

test('a reply that the coordinator returned', async () => {
  const request = await between('accepted')
  await w.knex('request_replies').insert({
    part_id: request.id,
    kind: 'full',
    state: 'returned',
    language: 'da',
    authority_id: danish.authority.id,
    made_at: ago(1),
  })
  expect(await waitsFor(request, everybody())).toEqual({ 'S handler': ['Change the reply and send it again'] })
})

test('a request that the coordinator returned', async () => {
  const request = await between('draft')
  await w
    .knex('request_steps')
    .insert({ part_id: request.id, at: ago(1), step: 'return', to_status: 'draft', seen_by: 'requester' })
  expect(await waitsFor(request, everybody())).toEqual({ 'R handler': ['Change the request and send it again'] })
})

test('a partial reply is news until the next visit, also while the next reply waits for approval', async () => {
  for (const status of ['partly answered', 'reply awaiting approval'] as const) {
    const request = await between(status, { cameFrom: 'partly answered' })
    await w.knex('request_replies').insert({
      part_id: request.id,
      kind: 'partial',
      state: 'sent',
      language: 'da',
      authority_id: danish.authority.id,
      made_at: ago(2),
      sent_at: ago(1),
    })
    const found = await waitsFor(request, { 'R handler': swedish.handler })
    expect(found).toEqual({ 'R handler': ['Read a partial reply'] })
  }
})

test('what was refused before the visit before is no news', async () => {
  const user = await aUser(w.knex, swedish.authority, { roles: { [MODULE]: ['handler'] } })
  const set = (at: Date) => w.knex('users').where({ id: user.id }).update({ last_signed_in_at: at })
  await set(ago(2))
  await set(ago(0))
  expect(await waitsFor(await between('refused', { at: ago(3) }), { user })).toEqual({})
  expect(await waitsFor(await between('refused', { at: ago(1) }), { user })).toEqual({
    user: ['Read why a request was refused'],
  })
})

test('a later date proposed', async () => {
  const request = await changed(between('accepted'), { later_date: '2027-02-01', later_reason: 'Ferie' })
  expect(await waitsFor(request, everybody())).toEqual({
    'R handler': ['Agree to a later date, or decline'],
    'S handler': ['Answer a request'],
  })
})

test('a referral waits for each coordinator that has not given its opinion; the decision for whom it asks to act', async () => {
  const opinion = async (request: ARequest, given: object = {}) =>
    w.knex('request_opinions').insert({
      part_id: request.id,
      referral: 1,
      coordinator_id: danish.coordinator.id,
      for_requester: false,
      for_responder: true,
      begun_at: ago(2),
      ...given,
    })
  const open = await between('in referral')
  await opinion(open)
  expect(await waitsFor(open, everybody())).toEqual({ 'S referee': ['Give your opinion on a referral'] })
  const decided = await between('referral decided')
  await opinion(decided, { must_be_given: true, given_at: ago(1) })
  expect(await waitsFor(decided, everybody())).toEqual({
    'S handler': ['Provide the information: a coordinator said that it must be given'],
  })
})

test('help is asked of both coordinators while it is late', async () => {
  const request = await changed(between('accepted', { dueDate: '2026-11-18' }), { help_asked_at: ago(1) })
  expect(await waitsFor(request, everybody())).toEqual({
    'R approver': ['Help with a request that is late'],
    'R referee': ['Help with a request that is late'],
    'S handler': ['Answer a request'],
    'S approver': ['Help with a request that is late'],
    'S referee': ['Help with a request that is late'],
  })
})

test('early erasure waits for the other side, a data subject’s request for the side that has it', async () => {
  const proposed = await between('closed')
  await w
    .knex('requests')
    .where({ id: proposed.requestId })
    .update({ erasure_proposed_by: swedish.handler.id, erasure_proposed_at: ago(1) })
  expect(await waitsFor(proposed, everybody())).toEqual({
    'S handler': ['Agree to erase the personal data, or decline'],
  })
  const asked = await between('closed')
  await w.knex('data_subject_requests').insert({
    request_id: asked.requestId,
    authority_id: danish.authority.id,
    kind: 'access',
    received_on: '2026-11-10',
    recorded_at: ago(1),
    due_on: '2026-12-10',
  })
  expect(await waitsFor(asked, everybody())).toEqual({
    'S handler': ['Answer a data subject’s request'.replace('’', "'")],
  })
})
