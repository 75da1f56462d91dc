import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aNationalCoordinator, type AUser, aUser, PASSWORD } from '../support/factories.ts'
import type { Page } from '../support/page.ts'
import { charactersFor, enterPassword, signIn } from './support.ts'

let w: World
let coordinator: { id: number }
beforeAll(async () => {
  w = await world()
  coordinator = await aNationalCoordinator(w.knex, 'SE')
})
afterAll(() => w.close())

const PATH = '/authorities/registration'
const aManager = (): Promise<AUser> => aUser(w.knex, coordinator, { administrator: true, dataAdministrator: 'all' })

/** Somebody who typed half a form, and came back to it too late. */
async function typedTooLate(someone: Someone): Promise<Page> {
  const page = await someone.visit(PATH)
  w.clock.advance(31 * 60_000)
  return page.submit('Register the authority', { city: 'Härnösand & Ånge' }, { status: 403 })
}

async function throughSignIn(ended: Page, user: AUser): Promise<Page> {
  const start = await ended.submit('Sign in again')
  const code = await start.submit('Continue', { username: user.username, password: PASSWORD })
  return code.submit('Sign in', charactersFor(code))
}

test('what was typed when the visit ended comes back after signing in', async () => {
  const user = await aManager()
  const someone = await w.signedIn(user)
  const ended = await typedTooLate(someone)
  expect(ended.text).toContain('What you typed is kept')
  expect(ended.html).not.toContain('Härnösand')
  const offered = await throughSignIn(ended, user)
  expect(offered.url).toBe('/session/resume')
  const form = await offered.submit('Go on with your form')
  expect(form.url).toBe(PATH)
  expect(form.values('Register the authority')).toMatchObject({ city: 'Härnösand & Ånge' })
})

test('it survives a wrong password on the way', async () => {
  const user = await aManager()
  const start = await (await typedTooLate(await w.signedIn(user))).submit('Sign in again')
  const again = await start.submit('Continue', { username: user.username, password: 'Wrong-wrong-1' }, { status: 422 })
  const code = await again.submit('Continue', { username: user.username, password: PASSWORD })
  expect((await code.submit('Sign in', charactersFor(code))).url).toBe('/session/resume')
})

test('another user gets nothing of it, but the empty page', async () => {
  const [user, other] = [await aManager(), await aManager()]
  const ended = await typedTooLate(await w.signedIn(user))
  const page = await throughSignIn(ended, other)
  expect(page.url).toBe(PATH)
  expect(page.html).not.toContain('Härnösand')
})

test('who has signed in again in another tab goes on at once', async () => {
  const user = await aManager()
  const someone = await w.signedIn(user)
  const ended = await typedTooLate(someone)
  await signIn(someone, user)
  const offered = await ended.submit('Sign in again')
  expect(offered.url).toBe('/session/resume')
})

test('a text that was tampered with is dropped', async () => {
  const user = await aManager()
  const someone = w.stranger()
  const start = await someone.visit('/')
  const code = await start.submit(
    'Continue',
    { username: user.username, password: PASSWORD },
    { forged: { typed: 'test.AAAA', next: PATH } },
  )
  expect((await code.submit('Sign in', charactersFor(code))).url).toBe(PATH)
  await someone.visit('/session/resume', { to: '/' })
})

test('half signed in elsewhere, nothing typed is lost either', async () => {
  const user = await aManager()
  const someone = await w.signedIn(user)
  const page = await someone.visit(PATH)
  w.clock.advance(31 * 60_000)
  await enterPassword(someone, user.username)
  const ended = await page.submit('Register the authority', { city: 'Kiruna' }, { status: 403 })
  expect((await throughSignIn(ended, user)).url).toBe('/session/resume')
})
