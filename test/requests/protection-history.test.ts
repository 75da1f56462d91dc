import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { protectionActs } from '../../src/requests/protection/record-act.ts'
import { night } from '../retention/nightly.ts'
import { world, type World } from '../support/app.ts'
import { type AUser } from '../support/factories.ts'
import { type ARequest, type ASide, aSide } from '../support/requests.ts'
import { aFullRequest, MARKS } from './full-request.ts'
import { actsOn, aPart, erasure, protection, visitAs } from './protecting.ts'

/** What was done about personal data stands in the request's own history, for those whose business it is. */
let w: World
let swedes: ASide
let danes: ASide
let finns: ASide
let request: ARequest
let second: ARequest

const LINES = {
  proposed: 'Early erasure of personal data proposed',
  dropped: 'Proposal of early erasure taken back',
  declined: 'Early erasure declined',
  erased: 'Personal data erased early',
  corrected: 'Data about the subject corrected',
  asked: "Data subject's request recorded",
  answered: "Data subject's request answered",
} as const

const history = async (person: AUser, { id } = request) => (await visitAs(w, person, `/requests/${id}/history`)).text
const report = async (person: AUser, { id } = request) =>
  (await visitAs(w, person, `/requests/${id}/report/page?extent=customised&include=history`)).text
const act = async (person: AUser, name: string, of = request) => (await visitAs(w, person, erasure(of))).submit(name)

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  finns = await aSide(w.knex, { country: 'FI' })
  request = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'closed' })
  second = await aPart(w, request, finns)
  await (await visitAs(w, danes.handler, protection(request))).submit('Record', { kind: 'access' })
  const asked = await visitAs(w, danes.handler, protection(request))
  await asked.submit('Mark as answered Access to the data, received on 20 November 2026')
  const form = await visitAs(w, danes.handler, `${protection(request)}/subject`)
  await form.submit('Save the correction', { 'subject_given-names': 'Rättadsson' })
  await act(danes.handler, 'Propose early erasure')
  await act(danes.handler, 'Take the proposal back')
  await act(danes.handler, 'Propose early erasure')
  await act(swedes.handler, 'Decline')
  await act(swedes.handler, 'Propose early erasure')
  await act(danes.handler, 'Erase the personal data')
})
afterAll(() => w.close())

test('both sides read all of it, in the report as well, without a word of the data', async () => {
  for (const text of [await history(swedes.handler), await history(danes.handler), await report(danes.handler)]) {
    for (const line of Object.values(LINES)) expect(text).toContain(line)
    expect(text).toContain('Access to the data')
    expect(text).toContain('Answer by: 20 December 2026')
    for (const mark of [MARKS.person, MARKS.personVariable, MARKS.personFile, 'Rättadsson'])
      expect(text).not.toContain(mark)
  }
  expect(await history(danes.handler)).toContain(danes.handler.name)
  expect(await history(swedes.handler)).not.toContain(danes.handler.name)
})

test('who has the overview reads that data were erased; a correction is content, a data subject is for handlers', async () => {
  for (const person of [swedes.basic, danes.administrator, swedes.coordinatorBasic]) {
    const text = await history(person)
    for (const line of [LINES.proposed, LINES.declined, LINES.erased]) expect(text).toContain(line)
    for (const line of [LINES.corrected, LINES.asked, LINES.answered]) expect(text).not.toContain(line)
  }
  const allocator = await history(danes.allocator)
  expect(allocator).toContain(LINES.corrected)
  for (const line of [LINES.asked, LINES.answered]) expect(allocator).not.toContain(line)
})

test('another responder reads what concerns the whole request, and does not learn who the other one is', async () => {
  const text = await history(finns.handler, second)
  expect(text).toContain(LINES.erased)
  expect(text).toContain('Another authority')
  for (const line of [LINES.dropped, LINES.declined, LINES.asked, LINES.answered]) expect(text).not.toContain(line)
  expect(text).not.toContain(danes.authority.officialName)
})

test('the history of acts has everything about the request under the numbers of its parts', async () => {
  expect(await actsOn(w, request)).toEqual(
    expect.arrayContaining([
      'request.dataSubjectRequestRecorded',
      'request.dataSubjectRequestAnswered',
      'request.subjectCorrected',
      'request.erasureProposed',
      'request.erasureDropped',
      'request.erasureDeclined',
      'request.erasedEarly',
    ]),
  )
})

test('what the night does stands there too, as done by the system', async () => {
  const old = await aFullRequest(w.knex, { from: swedes, to: danes, status: 'closed' })
  w.clock.set(new Date('2029-12-01T02:00:00Z'))
  await night(w)
  const text = await history(danes.basic, old)
  expect(text).toContain('Personal data blocked: the request ended six months ago')
  expect(text).toContain('Personal data erased: the request ended three years ago')
  expect(text).toContain('The system')
  const acts = await actsOn(w, old)
  expect(acts).toContain('request.personalDataBlocked')
  expect(acts).toContain('request.personalDataErased')
})

test('the database knows the acts that the code knows', () => {
  const migration = readFileSync('migrations/0044_request_protection.ts', 'utf8')
  const [, listed = ''] = /check \(act in \(([^)]*)\)/.exec(migration) ?? []
  expect([...listed.matchAll(/'(\w+)'/g)].map(([, one]) => one)).toEqual([...protectionActs])
})
