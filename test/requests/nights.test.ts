import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { night } from '../retention/nightly.ts'
import { world, type World } from '../support/app.ts'
import { type ASide, aRequest, aSide } from '../support/requests.ts'
import { lettersOf, recorded, statusOf, stepsOf } from './acting.ts'

let w: World
let swedes: ASide
let danes: ASide
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE', coordination: { approves_requests: true } })
  danes = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())
beforeEach(() => w.knex('requests').delete())

const on = async (day: string): Promise<void> => {
  w.clock.set(new Date(`${day}T02:00:00Z`))
  await night(w)
}
const kinds = async (id: number): Promise<string[]> => (await lettersOf(w, id)).map(({ kind, to }) => `${kind} ${to}`)
const to = (kind: string, ...people: { email: string }[]): string[] => people.map(({ email }) => `${kind} ${email}`)
const BEGAN = new Date('2027-01-10T09:00:00Z')

test('the requester hears after 14 days that nobody acts, and every month again; each night once', async () => {
  const { id } = await aRequest(w.knex, { from: swedes, to: danes, at: BEGAN })
  const told = to('inactive-soon', swedes.handler, swedes.colleague)
  await on('2027-01-24')
  expect(await kinds(id)).toEqual([])
  await on('2027-01-25')
  await on('2027-01-25')
  await on('2027-02-20')
  expect(await kinds(id)).toEqual(told)
  await on('2027-02-26')
  expect(await kinds(id)).toEqual([...told, ...told])
})

test('an act begins the time anew, a reminder does not', async () => {
  const { id } = await aRequest(w.knex, { from: swedes, to: danes, at: BEGAN, proposedDate: '2027-09-01' })
  w.clock.set(new Date('2027-01-20T09:00:00Z'))
  await (
    await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/reminder`)
  ).submit('Remind the other authority')
  await on('2027-01-25')
  expect((await kinds(id)).filter(kind => kind.startsWith('inactive-soon'))).toHaveLength(2)
  w.clock.set(new Date('2027-02-01T09:00:00Z'))
  await (await (await w.signedIn(danes.handler)).visit(`/requests/${id}/acceptance`)).submit('Accept request')
  await on('2027-02-14')
  expect((await kinds(id)).filter(kind => kind.startsWith('inactive-soon'))).toHaveLength(2)
})

test('after six months without an act a request is closed, both sides are told; also after missed nights, and once', async () => {
  const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'answered', at: BEGAN })
  const other = await aRequest(w.knex, { from: swedes, to: danes, status: 'closed', at: BEGAN })
  await on('2027-07-10')
  expect(await statusOf(w, id)).toMatchObject({ status: 'answered' })
  await on('2027-08-30')
  await Promise.all([night(w), night(w)])
  expect(await statusOf(w, id)).toMatchObject({ status: 'closed (inactive)', whole: 'closed (inactive)' })
  expect((await stepsOf(w, id)).filter(({ step }) => step === 'lapse')).toHaveLength(1)
  expect((await kinds(id)).filter(kind => kind.startsWith('inactive '))).toEqual(
    to('inactive', swedes.handler, swedes.colleague, danes.handler, danes.colleague),
  )
  expect(await recorded(w, id, 'request.lapse')).toBe(1)
  expect(await statusOf(w, other.id)).toMatchObject({ status: 'closed' })
})

test('with parts the request lapses only where nobody acted on any', async () => {
  const { id, requestId } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted', at: BEGAN })
  const later = new Date('2027-05-01T09:00:00Z')
  const { id: _id, ...first } = await w.knex('request_parts').where({ id }).first()
  const second = { ...first, part: 2, status: 'sent', acted_at: later, status_since: later, accepted_at: null }
  await w.knex('request_parts').insert(second)
  await on('2027-07-11')
  expect(await statusOf(w, id)).toMatchObject({ status: 'accepted' })
  await on('2027-11-02')
  expect(await w.knex('request_parts').where({ request_id: requestId }).distinct('status').pluck('status')).toEqual([
    'closed (inactive)',
  ])
})

test('what nobody approves for six months is a draft again, and the responder never hears of it', async () => {
  const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'awaiting approval', at: BEGAN })
  await on('2027-07-11')
  expect(await statusOf(w, id)).toMatchObject({ status: 'draft', whole: 'draft' })
  expect(await kinds(id)).toEqual(to('approval-lapsed', swedes.handler, swedes.colleague))
  expect((await stepsOf(w, id)).at(-1)).toMatchObject({ step: 'lapseApproval', seen_by: 'requester' })
  await on('2027-07-12')
  expect(await statusOf(w, id)).toMatchObject({ status: 'draft' })
})

test('dates: three days before and on the day the responder hears, afterwards the requester too', async () => {
  const { id } = await aRequest(w.knex, {
    from: swedes,
    to: danes,
    status: 'accepted',
    at: BEGAN,
    dueDate: '2027-01-20',
  })
  const responders = [danes.handler, danes.colleague]
  await on('2027-01-16')
  expect(await kinds(id)).toEqual([])
  await on('2027-01-17')
  await on('2027-01-18')
  await on('2027-01-20')
  await on('2027-01-21')
  await on('2027-01-22')
  expect(await kinds(id)).toEqual([
    ...to('due-soon', ...responders),
    ...to('due-today', ...responders),
    ...to('overdue', ...responders),
    ...to('overdue', swedes.handler, swedes.colleague),
  ])
  await w.knex('request_parts').where({ id }).update({ due_date: '2027-01-31' })
  await on('2027-01-23')
  await on('2027-01-24')
  expect(await kinds(id)).toHaveLength(8)
})

test('after missed nights only how it stands now is told; a day begins with the country that answers', async () => {
  const finns = await aSide(w.knex, { country: 'FI' })
  const { id } = await aRequest(w.knex, {
    from: swedes,
    to: finns,
    status: 'accepted',
    at: BEGAN,
    dueDate: '2027-01-20',
  })
  w.clock.set(new Date('2027-01-19T22:30:00Z'))
  await night(w)
  expect(await kinds(id)).toEqual(to('due-today', finns.handler, finns.colleague))
})

test('a forgotten draft is deleted after a warning, with its files; what was saved in time stays', async () => {
  const { id, requestId } = await aRequest(w.knex, {
    from: swedes,
    to: danes,
    status: 'draft',
    at: BEGAN,
    personal: { 'family-name': 'Ek' },
  })
  const file = await aFile(id, requestId)
  const saved = await aRequest(w.knex, { from: swedes, to: danes, status: 'draft', at: BEGAN })
  await on('2027-06-25')
  expect(await kinds(id)).toEqual([])
  await on('2027-06-27')
  await on('2027-06-28')
  expect(await kinds(id)).toEqual(to('draft-ends', swedes.handler, swedes.colleague))
  await w.knex('requests').where({ id: saved.requestId }).update({ edited_at: w.clock.now() })
  await on('2027-07-10')
  expect(await w.knex('requests').pluck('id')).toHaveLength(2)
  await on('2027-07-12')
  expect(await w.knex('requests').pluck('id')).toEqual([saved.requestId])
  expect(await w.knex('stored_files').where({ id: file })).toEqual([])
  expect(await w.knex('request_personal')).toEqual([])
})

test('a draft that was returned or taken back is untouched from then on', async () => {
  const { id, requestId } = await aRequest(w.knex, { from: swedes, to: danes, status: 'draft', at: BEGAN })
  await w
    .knex('request_parts')
    .where({ id })
    .update({ status_since: new Date('2027-03-01T12:00:00Z') })
  await on('2027-07-12')
  expect(await kinds(id)).toEqual([])
  await on('2027-08-20')
  expect(await kinds(id)).toEqual(to('draft-ends', swedes.handler, swedes.colleague))
  await on('2027-08-31')
  expect(await w.knex('requests').where({ id: requestId })).toHaveLength(1)
  await on('2027-09-04')
  expect(await w.knex('requests').where({ id: requestId })).toEqual([])
})

test('after nights without a run a draft is warned of first', async () => {
  await aRequest(w.knex, { from: swedes, to: danes, status: 'draft', at: BEGAN })
  await on('2027-12-01')
  await on('2027-12-14')
  expect(await w.knex('requests').pluck('id')).toHaveLength(1)
  await on('2027-12-15')
  expect(await w.knex('requests').pluck('id')).toEqual([])
})

test('personal data are blocked six months after the end and erased after three years, files included', async () => {
  const { id, requestId } = await aRequest(w.knex, {
    from: swedes,
    to: danes,
    status: 'closed',
    at: BEGAN,
    personal: { 'family-name': 'Holgersson' },
  })
  const file = await aFile(id, requestId)
  const running = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted', at: new Date('2030-01-01') })
  const row = () => w.knex('requests').where({ id: requestId }).first('blocked_at', 'erased_at')
  await on('2027-07-10')
  expect(await row()).toEqual({ blocked_at: null, erased_at: null })
  await on('2027-07-11')
  expect(await row()).toMatchObject({ blocked_at: w.clock.now(), erased_at: null })
  const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}`)
  expect(page.text).not.toContain('Holgersson')
  await on('2030-01-10')
  expect(await w.knex('request_personal').where({ request_id: requestId })).toHaveLength(1)
  await on('2030-01-11')
  await on('2030-01-11')
  expect(await row()).toMatchObject({ erased_at: w.clock.now() })
  expect(await w.knex('request_personal').where({ request_id: requestId })).toEqual([])
  expect(await w.knex('request_attachments').where({ request_id: requestId })).toEqual([])
  expect(await w.knex('stored_files').where({ id: file })).toEqual([])
  expect(await recorded(w, id, 'request.personalDataBlocked')).toBe(1)
  expect(await recorded(w, id, 'request.personalDataErased')).toBe(1)
  expect(await w.knex('requests').where({ id: running.requestId }).first('blocked_at')).toEqual({ blocked_at: null })
})

async function aFile(part_id: number, request_id: number): Promise<number> {
  const [file] = await w
    .knex('stored_files')
    .insert({
      key: `${request_id}`,
      place: 'database',
      state: 'clean',
      size: 1,
      sha256: 'a'.repeat(64),
      content_type: 'application/pdf',
      created_at: BEGAN,
    })
    .returning<{ id: number }[]>('id')
  const file_id = file?.id ?? 0
  const [attached] = await w
    .knex('request_attachments')
    .insert({ request_id, part_id, file_id, authority_id: swedes.authority.id, at: BEGAN, language: 'sv' })
    .returning<{ id: number }[]>('id')
  const name = { attachment_id: attached?.id, request_id, personal: true, name: 'diplom.pdf' }
  await w.knex('request_attachment_names').insert(name)
  return file_id
}
