import { afterAll, beforeAll, expect, test } from 'vitest'
import { days } from '../../src/platform/clock.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aUser } from '../support/factories.ts'
import { lastEvent } from './editing.ts'

const STEP = 'Check that the data of your authority are right and complete'
const BUTTON = 'The data are right'

let w: World
let authority: AnAuthority
let own: Someone
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
  own = await w.signedIn(await aUser(w.knex, authority, { administrator: true, givenName: 'Ada', familyName: 'Alm' }))
  await aUser(w.knex, authority, { givenName: 'Nils', familyName: 'Ny', signedInAt: null })
})
afterAll(() => w.close())

test('the home page asks until an administrator says that the data are right, and again after a year', async () => {
  const page = await (await own.visit('/')).follow(STEP)
  expect(page.url).toBe(`/authorities/${authority.id}/confirmation`)
  expect(page.details()).toMatchObject({ 'Telephone number': '+46 8 000 00 00' })
  expect(page.table('Users').map(row => [row.Name, row['Last sign-in']])).toEqual([
    [expect.stringContaining('Ada Alm'), expect.stringContaining('2026')],
    [expect.stringContaining('Nils Ny'), 'Never'],
  ])
  const home = await page.submit(BUTTON, {}, { to: '/' })
  expect(home.notice).toContain('confirmed')
  expect(home.links.map(({ text }) => text)).not.toContain(STEP)
  expect(await lastEvent(w, authority.id)).toMatchObject({ event: 'authority.confirmed' })
  w.clock.advance(days(366))
  const later = await w.signedIn((await w.knex('users').where({ given_name: 'Ada' }).first()) as { id: number })
  expect((await later.visit('/')).links.map(({ text }) => text)).toContain(STEP)
  own = later
})

test('what somebody changed meanwhile is shown before it counts as confirmed', async () => {
  const page = await own.visit(`/authorities/${authority.id}/confirmation`)
  await w.knex('authorities').where({ id: authority.id }).update({ version: 7, telephone: '+46 8 111 11 11' })
  const again = await page.submit(BUTTON, {}, { status: 409 })
  expect(again.details()['Telephone number']).toBe('+46 8 111 11 11')
  await again.submit(BUTTON, {}, { to: '/' })
})

test.each([
  ['classification', () => w.knex('authorities').where({ id: authority.id }).increment('classification_version')],
  ['a person', () => aUser(w.knex, authority, { familyName: 'Nykomling' })],
  ['an address', () => w.knex('users').where({ family_name: 'Nykomling' }).update({ email: 'ny@people.test' })],
])('%s that changed meanwhile is shown as well', async (_, changed) => {
  const page = await own.visit(`/authorities/${authority.id}/confirmation`)
  await changed()
  const again = await page.submit(BUTTON, {}, { status: 409 })
  await again.submit(BUTTON, {}, { to: '/' })
})

test('a visit meanwhile is no change', async () => {
  const page = await own.visit(`/authorities/${authority.id}/confirmation`)
  await w.knex('users').where({ authority_id: authority.id }).update({ last_signed_in_at: w.clock.now() })
  await page.submit(BUTTON, {}, { to: '/' })
})

test('others may not', async () => {
  await (
    await w.signedIn(await aUser(w.knex, authority))
  ).visit(`/authorities/${authority.id}/confirmation`, { status: 403 })
})
