import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aUser, PASSWORD } from '../support/factories.ts'
import type { Expected, Page } from '../support/page.ts'
import { enterPassword, historyOf, WRONG } from '../sessions/support.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
afterAll(() => w.close())

const NEW = 'Rimfrost-mot-7'

async function change(who: Someone, from: string, to: string, expected: Expected = {}): Promise<Page> {
  const page = await who.visit('/password')
  return page.submit('Change password', { passwordCurrent: from, password: to, passwordAgain: to }, expected)
}

test('a user changes the own password; the other visits end and the person is told', async () => {
  const user = await aUser(w.knex, authority)
  const [here, there] = [await w.signedIn(user), await w.signedIn(user)]
  const home = await change(here, PASSWORD, NEW)
  expect(home.text).toContain('Your password has been changed.')
  await here.visit('/help/people')
  await there.visit('/help/people', { to: /^\/\?next=/ })
  expect((await historyOf(w, user.id)).map(({ event }) => event)).toEqual(['password.changed'])
  const [mail] = (await w.mails()).filter(({ about_id }) => about_id === user.id)
  expect(mail).toMatchObject({ to_address: user.email, template: 'passwords/changed', secret: null })
  expect(JSON.stringify(mail)).not.toContain(user.username)
  await enterPassword(w.stranger(), user.username, PASSWORD, { status: 422 })
  expect((await enterPassword(w.stranger(), user.username, NEW)).h1).toBe('Security code')
})

test('every mistake is named at once, and no password is shown again', async () => {
  const someone = await w.signedIn(await aUser(w.knex, authority))
  const page = await someone.visit('/password')
  const refused = await page.submit(
    'Change password',
    { passwordCurrent: WRONG, password: 'kort', passwordAgain: 'annat' },
    { status: 422 },
  )
  expect(refused.errors().map(({ field }) => field)).toEqual([
    'passwordCurrent',
    ...Array(3).fill('password'),
    'passwordAgain',
  ])
  expect(Object.values(refused.values('Change password'))).toEqual(['', '', ''])
  const empty = await refused.submit('Change password', {}, { status: 422 })
  expect(empty.errors().map(({ field }) => field)).toEqual(['passwordCurrent', 'password'])
})

test('none of the last five passwords comes back, the sixth does', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  const chain = [PASSWORD, 'Rimfrost-mot-1', 'Rimfrost-mot-2', 'Rimfrost-mot-3', 'Rimfrost-mot-4']
  for (let at = 1; at < chain.length; at += 1) await change(someone, chain[at - 1] ?? '', chain[at] ?? '')
  for (const former of [PASSWORD, 'Rimfrost-mot-4']) {
    const page = await change(someone, 'Rimfrost-mot-4', former, { status: 422 })
    expect(page.errors().map(({ field }) => field)).toEqual(['password'])
  }
  await change(someone, 'Rimfrost-mot-4', 'Rimfrost-mot-5')
  await change(someone, 'Rimfrost-mot-5', PASSWORD)
  expect(await w.knex('former_passwords').where({ user_id: user.id })).toHaveLength(5)
})

test('five wrong current passwords block and end the visit', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  for (let entry = 0; entry < 5; entry += 1) await change(someone, WRONG, NEW, { status: 422 })
  await someone.visit('/password', { to: /^\/\?next=/ })
  await enterPassword(w.stranger(), user.username, PASSWORD, { status: 422 })
  const events = (await historyOf(w, user.id)).map(({ event }) => event)
  expect(events.filter(event => event === 'session.refused')).toHaveLength(6)
  expect(events).toContain('user.blocked')
  const mails = (await w.mails()).filter(({ about_id }) => about_id === user.id)
  expect(mails.map(({ template }) => template)).toEqual(['sessions/blocked'])
})

test('a right current password costs no try, whatever is wrong with the new one', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  for (let entry = 0; entry < 6; entry += 1) await change(someone, PASSWORD, 'kort', { status: 422 })
  expect(await w.knex('users').where({ id: user.id }).first('wrong_entries', 'blocked_at')).toEqual({
    wrong_entries: 0,
    blocked_at: null,
  })
})
