import { afterAll, beforeAll, expect, test } from 'vitest'
import { change, systemActor } from '../../src/platform/db/change.ts'
import { aFullRequest, MARKS } from '../requests/full-request.ts'
import { world, type World } from './app.ts'
import { findLeaks } from './leaks.ts'
import { type ARequest, type ASide, aSide } from './requests.ts'

/** What looks for leaks must find them: each kind of thing is planted in a mail, and found. */
let w: World
let swedes: ASide
let danes: ASide
let request: ARequest

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  request = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'answered' })
  const part = { part_id: request.id, authority_id: swedes.authority.id }
  await w.knex('request_side_notes').insert({ ...part, file_number: 'Dnr 2026-88', remark: 'Internordet' })
})
afterAll(() => w.close())

const NUMBER = /^SE-2026-\d+$/

/** What is found when this stands in a mail about the request. */
async function foundFor(module: string, more: { path?: string; secret?: Record<string, string> } = {}) {
  await change({ db: w.db.app, keys: w.config.keys, clock: w.clock }, systemActor('nightly'), async c => {
    const values = { number: request.number, module }
    await c.send({ to: 'a@b.test', language: 'sv', template: 'requests/comment', values, ...more })
    await c.record('request.created', { type: 'request', id: request.id }, { number: request.number })
  })
  const leaks = await findLeaks(w)
  await w.knex('emails').delete()
  return leaks
}

test.each([
  ['personal data', MARKS.person],
  ['personal data', `Frågan gäller ${MARKS.person.toUpperCase()}, född 1980`],
  ['file name', MARKS.personFile],
  ['file name', MARKS.openFile],
  ['subject data', MARKS.field],
  ['variable', MARKS.variable],
  ['reason', MARKS.reason],
  ['answer', MARKS.answer],
  ['answer', MARKS.draft],
  ['comment', MARKS.comment],
  ['note', MARKS.returned],
  ['remark', 'Internordet'],
  ['remark', 'Dnr 2026-88'],
])('%s is found: %s', async (kind, value) => {
  expect(await foundFor(value)).toEqual([{ where: 'requests/comment', kind }])
})

test('a question is found, in any language, filled in or not', async () => {
  const [code] = await w.knex('request_questions').where({ request_id: request.requestId }).pluck<string[]>('code')
  const { text } = await w.knex('questions').where({ code }).first()
  expect(await foundFor(text.sv)).toEqual([{ where: 'requests/comment', kind: 'question' }])
  expect(await foundFor(text.en.replaceAll(/\{[^}]*\}/g, 'Ek'))).toEqual([
    { where: 'requests/comment', kind: 'question' },
  ])
})

test('a username and the name of a person are found, in a secret and in the link as well', async () => {
  const { username, name } = swedes.handler
  expect(await foundFor(`Kontakta ${name}`)).toEqual([{ where: 'requests/comment', kind: 'name of a person' }])
  const found = [{ where: 'requests/comment', kind: 'username' }]
  expect(await foundFor(username)).toEqual(found)
  expect(await foundFor('', { secret: { token: username }, path: '/code?{token}' })).toEqual(found)
})

test('a long text is found by its beginning', async () => {
  const long = 'Den sökande har arbetat som sjuksköterska i Göteborg sedan hösten 2014 och söker nu tjänst'
  await w.knex('request_comments').where({ part_id: request.id }).update({ text: long })
  expect(await foundFor(`${long.slice(0, 70)}…`)).toEqual([{ where: 'requests/comment', kind: 'comment' }])
})

test('names of authorities and modules, numbers, short words and the text of the mail itself are no findings', async () => {
  expect(request.number).toMatch(NUMBER)
  await w.knex('request_personal').insert([
    { request_id: request.requestId, key: 'subject.a', value: swedes.authority.officialName },
    { request_id: request.requestId, key: 'subject.b', value: 'Öppna förfrågan' },
    { request_id: request.requestId, key: 'subject.c', value: 'Ek' },
  ])
  expect(await foundFor(swedes.authority.officialName)).toEqual([])
  expect(await foundFor('Ek')).toEqual([])
  await w.knex('request_personal').whereIn('key', ['subject.a', 'subject.b', 'subject.c']).delete()
})

test('in the history of acts values of a request are found', async () => {
  const subject = { type: 'request', id: request.id }
  await change({ db: w.db.app, keys: w.config.keys, clock: w.clock }, systemActor('nightly'), c =>
    c.record('request.forward', subject, {
      number: request.number,
      before: { status: 'sent' },
      after: { status: 'sent' },
      ...{ reason: `Om ${MARKS.person}` },
    }),
  )
  expect(await findLeaks(w)).toEqual([{ where: 'request.forward', kind: 'personal data' }])
  await w.knex('audit_values').whereRaw(`details::text like '%Zetterlund%'`).delete()
})

test('a world with a leak does not close quietly, and does not repeat what leaked', async () => {
  const other = await world()
  const side = await aSide(other.knex, { country: 'SE' })
  await change({ db: other.db.app, keys: other.config.keys, clock: other.clock }, systemActor('nightly'), async c => {
    const values = { number: 'SE-2026-000001', module: side.handler.username }
    await c.send({ to: 'a@b.test', language: 'en', template: 'requests/comment', values })
    await c.record('request.created', { type: 'request', id: 1 }, { number: 'SE-2026-000001' })
  })
  const closed = await other.close().catch((error: unknown) => String(error))
  expect(closed).toContain('requests/comment (username)')
  expect(closed).not.toContain(side.handler.username)
})
