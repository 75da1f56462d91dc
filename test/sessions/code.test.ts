import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, anAuthority, aUser, SECURITY_CODE } from '../support/factories.ts'
import { charactersFor, enterPassword, historyOf, signIn } from './support.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
afterAll(() => w.close())

const positionsOn = (page: Parameters<typeof charactersFor>[0]) => Object.keys(charactersFor(page))

test('the same three characters are asked for until a sign-in succeeds', async () => {
  const user = await aUser(w.knex, authority)
  const page = await enterPassword(w.stranger(), user.username)
  const asked = positionsOn(page)
  expect(asked).toHaveLength(3)
  expect(positionsOn(await enterPassword(w.stranger(), user.username))).toEqual(asked)
  const wrong = Object.fromEntries(asked.map(name => [name, '~']))
  expect(positionsOn(await page.submit('Sign in', wrong, { status: 422 }))).toEqual(asked)
  await signIn(w.stranger(), user)
  const later = new Set<string>()
  for (let round = 0; round < 6; round += 1) {
    later.add(positionsOn(await enterPassword(w.stranger(), user.username)).join())
    await w.knex('users').where({ id: user.id }).update({ code_positions: null })
  }
  expect(later.size).toBeGreaterThan(1)
})

test('a wrong character lets nobody in, is counted and remembered', async () => {
  const user = await aUser(w.knex, authority)
  const page = await enterPassword(w.stranger(), user.username)
  const right = charactersFor(page)
  const [name = ''] = Object.keys(right)
  const refused = await page.submit('Sign in', { ...right, [name]: '~' }, { status: 422 })
  expect(refused.text).toContain('Five wrong entries')
  expect(Object.values(refused.values('Sign in'))).toEqual(['', '', ''])
  expect(await w.knex('users').where({ id: user.id }).first('wrong_entries')).toEqual({ wrong_entries: 1 })
  expect(await historyOf(w, user.id)).toEqual([
    { event: 'session.refused', details: { reason: 'wrong security code' }, actor: user.id },
  ])
  expect((await refused.submit('Sign in', right)).url).toBe('/')
  expect(await w.knex('users').where({ id: user.id }).first('wrong_entries')).toEqual({ wrong_entries: 0 })
})

test('the case of a character matters', async () => {
  const user = await aUser(w.knex, authority)
  await w
    .knex('users')
    .where({ id: user.id })
    .update({ code_positions: [1, 2, 9] })
  const page = await enterPassword(w.stranger(), user.username)
  const other = { character1: 't', character2: 'e', character9: 'C' }
  await page.submit('Sign in', other, { status: 422 })
  expect((await page.submit('Sign in', { ...other, character1: 'T' })).url).toBe('/')
})

test('characters that were not entered are named, and count as no try', async () => {
  const user = await aUser(w.knex, authority)
  const page = await enterPassword(w.stranger(), user.username)
  const asked = positionsOn(page)
  const refused = await page.submit('Sign in', { [asked[0] ?? '']: 'T' }, { status: 422 })
  expect(refused.errors().map(({ field }) => field)).toEqual(asked.slice(1))
  const long = await page.submit('Sign in', {}, { status: 422, forged: { [asked[0] ?? '']: SECURITY_CODE } })
  expect(long.errors()).toHaveLength(3)
  expect(await w.knex('users').where({ id: user.id }).first('wrong_entries')).toEqual({ wrong_entries: 0 })
})

test('who wants to be somebody else starts again', async () => {
  const user = await aUser(w.knex, authority)
  const someone = w.stranger()
  const page = await enterPassword(someone, user.username)
  await page.submit('Start again with another username', {}, { to: '/?signed-out' })
  await someone.visit('/session/code', { to: '/' })
})

test('a page for the code that was open for too long can be sent again', async () => {
  const user = await aUser(w.knex, authority)
  const someone = w.stranger()
  const page = await enterPassword(someone, user.username)
  const again = await page.submit('Sign in', charactersFor(page), { status: 403, forged: { _csrf: 'stale' } })
  expect((await again.submit('Sign in', charactersFor(again))).url).toBe('/')
})

test('after half an hour the page for the code leads back to the start', async () => {
  const user = await aUser(w.knex, authority)
  const page = await enterPassword(w.stranger(), user.username)
  w.clock.advance(31 * 60_000)
  expect((await page.submit('Sign in', charactersFor(page), { to: '/' })).h1).toBe('Sign in')
})

test('a second click on the button ends at the same place', async () => {
  const user = await aUser(w.knex, authority)
  const someone = w.stranger()
  const page = await enterPassword(someone, user.username)
  for (const seen of await someone.submitTwice(page, 'Sign in', charactersFor(page))) expect(seen.url).toBe('/')
  expect(await w.knex('users').where({ id: user.id }).first('wrong_entries')).toEqual({ wrong_entries: 0 })
})

test('the code is stored neither readable nor for another user', async () => {
  const [one, other] = [await aUser(w.knex, authority), await aUser(w.knex, authority)]
  const { security_code } = await w.knex('users').where({ id: one.id }).first('security_code')
  expect(security_code).not.toContain(SECURITY_CODE)
  await w.knex('users').where({ id: other.id }).update({ security_code })
  const page = await enterPassword(w.stranger(), other.username)
  await page.submit('Sign in', charactersFor(page), { status: 500 })
  expect(await w.knex('users').where({ id: other.id }).first('wrong_entries')).toEqual({ wrong_entries: 0 })
})
