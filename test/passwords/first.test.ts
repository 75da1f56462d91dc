import { afterAll, beforeAll, expect, test } from 'vitest'
import { newTemporaryPassword } from '../../src/passwords/index.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, type AUser, aUser, PASSWORD } from '../support/factories.ts'
import { charactersFor, enterPassword, historyOf, signIn } from '../sessions/support.ts'

let w: World
let authority: AnAuthority
let temporary: { password: string; hash: string }
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
  temporary = await newTemporaryPassword()
})
afterAll(() => w.close())

const DAY = 86_400_000
const CHOICE = {
  password: 'Rimfrost-mot-7',
  passwordAgain: 'Rimfrost-mot-7',
  securityCode: 'Sjunde-Sk7et',
  securityCodeAgain: 'Sjunde-Sk7et',
}
const BUTTON = 'Save and sign in'

/** A user who has just got a temporary password. */
async function aNewUser(): Promise<AUser> {
  const user = await aUser(w.knex, authority, {
    givenName: 'Agneta',
    passwordTemporary: true,
    passwordSetAt: w.clock.now(),
    signedInAt: null,
  })
  await w.knex('users').where({ id: user.id }).update({ password_hash: temporary.hash })
  return user
}

const open = (who: Someone, user: AUser) =>
  enterPassword(who, user.username, temporary.password, { to: '/password/first' })

test('a temporary password lets its user choose an own password and code, and in', async () => {
  const user = await aNewUser()
  const someone = w.stranger()
  const home = await (await open(someone, user)).submit(BUTTON, CHOICE)
  expect(home.url).toBe('/')
  expect(home.text).toContain('Your password and your security code are saved.')
  expect((await historyOf(w, user.id)).map(({ event, actor }) => [event, actor])).toEqual([
    ['password.chosen', user.id],
    ['session.started', user.id],
  ])
  const row = await w.knex('users').where({ id: user.id }).first()
  expect(row).toMatchObject({ password_temporary: false, first_signed_in_at: w.clock.now(), wrong_entries: 0 })
  expect((await signIn(w.stranger(), user, CHOICE.password, CHOICE.securityCode)).url).toBe('/')
  const all = JSON.stringify([row, await w.knex('audit_values'), await w.mails(), w.logged])
  for (const secret of [CHOICE.password, CHOICE.securityCode, temporary.password]) expect(all).not.toContain(secret)
})

test('the temporary password is dead after use, in other windows as well', async () => {
  const user = await aNewUser()
  const [one, two] = [w.stranger(), w.stranger()]
  const [here, there] = [await open(one, user), await open(two, user)]
  await here.submit(BUTTON, CHOICE)
  const late = await there.submit(BUTTON, CHOICE, { to: '/' })
  expect(late.h1).toBe('Sign in')
  await enterPassword(w.stranger(), user.username, temporary.password, { status: 422 })
})

test('it opens nothing else', async () => {
  const someone = w.stranger()
  await open(someone, await aNewUser())
  for (const path of ['/help/people', '/password', '/authorities/registration', '/session/code'])
    await someone.visit(path, { to: '/password/first' })
  expect((await someone.visit('/')).h1).toBe('Sign in')
})

test('it is valid for fourteen days', async () => {
  const user = await aNewUser()
  w.clock.advance(14 * DAY - 60_000)
  const page = await open(w.stranger(), user)
  w.clock.advance(60_000)
  await enterPassword(w.stranger(), user.username, temporary.password, { status: 422 })
  expect((await page.submit(BUTTON, CHOICE, { to: '/' })).h1).toBe('Sign in')
  expect((await historyOf(w, user.id)).map(({ details }) => details)).toEqual([
    { reason: 'temporary password expired' },
    { reason: 'temporary password expired' },
  ])
})

test('it can be used later when the first time came to nothing', async () => {
  const user = await aNewUser()
  const someone = w.stranger()
  const page = await open(someone, user)
  await page.submit('Stop and do this later', {}, { to: '/?signed-out' })
  expect((await open(someone, user)).h1).toBe('Choose your password and security code')
})

test('the rules stand beside the fields, and every broken one is named at once', async () => {
  const page = await open(w.stranger(), await aNewUser())
  expect(page.description(BUTTON, 'password')).toContain('None of your last five passwords')
  expect(page.description(BUTTON, 'securityCode')).toContain('Exactly 12 characters')
  const refused = await page.submit(
    BUTTON,
    { password: 'ålar', passwordAgain: 'ål', securityCode: 'kort', securityCodeAgain: 'lång' },
    { status: 422 },
  )
  expect(refused.errors().map(({ field }) => field)).toEqual([
    ...Array(3).fill('password'),
    'passwordAgain',
    ...Array(3).fill('securityCode'),
    'securityCodeAgain',
  ])
  expect(Object.values(refused.values(BUTTON))).toEqual(['', '', '', ''])
  const empty = await refused.submit(BUTTON, {}, { status: 422 })
  expect(empty.errors().map(({ field }) => field)).toEqual(['password', 'securityCode'])
})

test.each(['Agneta-2026-x', 'Password2026', 'temporary'])('%s is refused', async password => {
  const page = await open(w.stranger(), await aNewUser())
  const chosen = password === 'temporary' ? temporary.password : password
  const both = { ...CHOICE, password: chosen, passwordAgain: chosen }
  expect((await page.submit(BUTTON, both, { status: 422 })).errors().map(({ field }) => field)).toEqual(['password'])
})

test('the last five own passwords are refused after a reset as well', async () => {
  const user = await aUser(w.knex, authority)
  const { password_hash } = await w.knex('users').where({ id: user.id }).first('password_hash')
  await w.knex('former_passwords').insert({ user_id: user.id, password_hash, set_at: w.clock.now() })
  const reset = { password_hash: temporary.hash, password_temporary: true, password_set_at: w.clock.now() }
  await w.knex('users').where({ id: user.id }).update(reset)
  const page = await open(w.stranger(), user)
  const both = { ...CHOICE, password: PASSWORD, passwordAgain: PASSWORD }
  expect((await page.submit(BUTTON, both, { status: 422 })).text).toContain('not one of your last five')
})

test('whoever is blocked in the meantime is not let in', async () => {
  const user = await aNewUser()
  const page = await open(w.stranger(), user)
  for (let entry = 0; entry < 5; entry += 1)
    await enterPassword(w.stranger(), user.username, 'Wrong-wrong-1', { status: 422 })
  expect((await page.submit(BUTTON, CHOICE, { to: '/' })).h1).toBe('Sign in')
})

test('a page that was open for too long can be sent again', async () => {
  const user = await aNewUser()
  const page = await open(w.stranger(), user)
  const again = await page.submit(BUTTON, CHOICE, { status: 403, forged: { _csrf: 'stale' } })
  expect((await again.submit(BUTTON, CHOICE)).url).toBe('/')
})

test('the code that was chosen is the one that is asked for', async () => {
  const user = await aNewUser()
  await (await open(w.stranger(), user)).submit(BUTTON, CHOICE)
  const page = await enterPassword(w.stranger(), user.username, CHOICE.password)
  await page.submit('Sign in', charactersFor(page, 'Attonde-Sk8es'), { status: 422 })
  expect((await page.submit('Sign in', charactersFor(page, CHOICE.securityCode))).url).toBe('/')
})
