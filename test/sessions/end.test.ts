import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, anAuthority, aUser } from '../support/factories.ts'
import { historyOf, signIn } from './support.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
afterAll(() => w.close())

const MINUTE = 60_000

test('signing out ends this visit, and no other', async () => {
  const user = await aUser(w.knex, authority)
  const [here, there] = [w.stranger(), w.stranger()]
  const home = await signIn(here, user)
  await signIn(there, user)
  const copy = here.clone()
  const start = await home.submit('Sign out', {}, { to: '/?signed-out' })
  expect(start.text).toContain('You have signed out.')
  await copy.visit('/help/people', { to: /^\/\?next=/ })
  await there.visit('/help/people')
  expect((await historyOf(w, user.id)).map(({ event }) => event)).toEqual([
    'session.started',
    'session.started',
    'session.ended',
  ])
})

test('signing out works on a page whose visit has ended, and asks again on one that is too old', async () => {
  const user = await aUser(w.knex, authority)
  const someone = w.stranger()
  const home = await signIn(someone, user)
  const stale = await home.submit('Sign out', {}, { status: 403, forged: { _csrf: 'stale' } })
  await stale.submit('Continue', {}, { to: '/?signed-out' })
  await home.submit('Sign out', {}, { to: '/?signed-out' })
})

test('a visit ends after thirty idle minutes', async () => {
  const someone = await w.signedIn(await aUser(w.knex, authority))
  for (let round = 0; round < 3; round += 1) {
    w.clock.advance(29 * MINUTE)
    await someone.visit('/help/people')
  }
  w.clock.advance(31 * MINUTE)
  await someone.visit('/help/people', { to: '/?next=%2Fhelp%2Fpeople' })
})

test('a visit ends after twelve hours, however busy', async () => {
  const someone = await w.signedIn(await aUser(w.knex, authority))
  for (let time = 0; time < 12 * 60 - 20; time += 20) {
    w.clock.advance(20 * MINUTE)
    await someone.visit('/help/people')
  }
  w.clock.advance(20 * MINUTE)
  await someone.visit('/help/people', { to: /^\/\?next=/ })
})

test('the warning can extend a visit, a visit that is over not', async () => {
  const someone = await w.signedIn(await aUser(w.knex, authority))
  const token = String((await someone.visit('/')).prepared('Sign out').body).replace('_csrf=', '')
  const extend = () =>
    someone.request('POST', '/session/extension', { headers: { 'x-csrf-token': decodeURIComponent(token) } })
  w.clock.advance(29 * MINUTE)
  expect((await extend()).status).toBe(204)
  w.clock.advance(29 * MINUTE)
  await someone.visit('/help/people')
  w.clock.advance(31 * MINUTE)
  expect((await extend()).status).toBe(403)
})

test('visits that are over are swept out when somebody signs in', async () => {
  const user = await aUser(w.knex, authority)
  await w.signedIn(user)
  w.clock.advance(31 * MINUTE)
  await signIn(w.stranger(), user)
  expect(await w.knex('sessions').where({ user_id: user.id })).toHaveLength(1)
})

test('a visit that was saved just after a reset of the password lets nobody in', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  await w.knex('users').where({ id: user.id }).update({ password_temporary: true })
  await someone.visit('/help/people', { to: /^\/\?next=/ })
})
