import { afterAll, beforeAll, expect, test } from 'vitest'
import { editorsOf, FORGOTTEN_AFTER, markEditing, stopEditing } from '../../src/requests/editing.ts'
import { world, type World } from '../support/app.ts'
import { type ARequest, type ASide, aRequest, aSide } from '../support/requests.ts'

let w: World
let swedes: ASide
let danes: ASide
let request: ARequest

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  request = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
})
afterAll(() => w.close())

const mark = (user: { id: number }) => markEditing(w.db.app, request.id, user.id, w.clock.now())
const seenBy = async (user: { id: number }, side: ASide) =>
  (await editorsOf(w.db.app, request.id, { id: user.id, authorityId: side.authority.id }, w.clock.now())).map(
    ({ name }) => name,
  )

test('colleagues see who is editing and since when; the other side and oneself do not', async () => {
  await mark(danes.handler)
  expect(await seenBy(danes.colleague, danes)).toEqual([danes.handler.name])
  expect(await seenBy(danes.handler, danes)).toEqual([])
  expect(await seenBy(swedes.handler, swedes)).toEqual([])
})

test('a further sign keeps the beginning; fifteen minutes without one, and somebody is forgotten', async () => {
  const began = w.clock.now()
  await mark(danes.handler)
  w.clock.advance(FORGOTTEN_AFTER - 1000)
  await mark(danes.handler)
  w.clock.advance(FORGOTTEN_AFTER - 1000)
  const reader = { id: danes.colleague.id, authorityId: danes.authority.id }
  expect((await editorsOf(w.db.app, request.id, reader, w.clock.now()))[0]?.since).toEqual(began)
  w.clock.advance(1001)
  expect(await seenBy(danes.colleague, danes)).toEqual([])
  await mark(danes.handler)
  expect((await editorsOf(w.db.app, request.id, reader, w.clock.now()))[0]?.since).toEqual(w.clock.now())
})

test('whoever has saved edits no longer', async () => {
  await mark(danes.handler)
  await stopEditing(w.db.app, request.id, danes.handler.id)
  expect(await seenBy(danes.colleague, danes)).toEqual([])
})

test('the page of the request says it to colleagues', async () => {
  await mark(danes.handler)
  const page = await (await w.signedIn(danes.colleague)).visit(`/requests/${request.id}`)
  expect(page.text).toContain(`${danes.handler.name} is editing, since 20 Nov 2026`)
  const other = await (await w.signedIn(swedes.handler)).visit(`/requests/${request.id}`)
  expect(other.text).not.toContain('is editing')
})
