import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, anAuthority, aUser, PASSWORD } from '../support/factories.ts'
import { charactersFor, enterPassword, historyOf, signIn, WRONG } from './support.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
afterAll(() => w.close())

const stateOf = (id: number) => w.knex('users').where({ id }).first('wrong_entries', 'blocked_at')

test('five wrong passwords in a row block, and then the right one helps no more', async () => {
  const user = await aUser(w.knex, authority)
  for (let entry = 0; entry < 4; entry += 1) await enterPassword(w.stranger(), user.username, WRONG, { status: 422 })
  expect(await stateOf(user.id)).toEqual({ wrong_entries: 4, blocked_at: null })
  expect((await enterPassword(w.stranger(), user.username)).h1).toBe('Security code')
  await enterPassword(w.stranger(), user.username, WRONG, { status: 422 })
  expect(await stateOf(user.id)).toEqual({ wrong_entries: 5, blocked_at: w.clock.now() })
  await enterPassword(w.stranger(), user.username, PASSWORD, { status: 422 })
  const events = (await historyOf(w, user.id)).map(({ event }) => event)
  expect(events.filter(event => event === 'user.blocked')).toHaveLength(1)
  expect(events.filter(event => event === 'session.refused')).toHaveLength(6)
})

test('wrong passwords and wrong characters are counted together; only a complete sign-in clears them', async () => {
  const user = await aUser(w.knex, authority)
  const wrong = { status: 422 }
  for (let entry = 0; entry < 3; entry += 1) await enterPassword(w.stranger(), user.username, WRONG, wrong)
  const page = await enterPassword(w.stranger(), user.username)
  const right = charactersFor(page)
  const nothing = Object.fromEntries(Object.keys(right).map(name => [name, '~']))
  await page.submit('Sign in', nothing, wrong)
  expect(await stateOf(user.id)).toMatchObject({ wrong_entries: 4 })
  await signIn(w.stranger(), user)
  expect(await stateOf(user.id)).toMatchObject({ wrong_entries: 0 })

  for (let entry = 0; entry < 4; entry += 1) await enterPassword(w.stranger(), user.username, WRONG, wrong)
  const last = await enterPassword(w.stranger(), user.username)
  await last.submit('Sign in', Object.fromEntries(Object.keys(charactersFor(last)).map(name => [name, '~'])), wrong)
  expect((await stateOf(user.id)).blocked_at).not.toBeNull()
  await last.submit('Sign in', charactersFor(last), wrong)
})

test('the person and the administrators are told once, without a username', async () => {
  const own = await anAuthority(w.knex)
  const user = await aUser(w.knex, own, { language: 'sv' })
  const one = await aUser(w.knex, own, { administrator: true, language: 'de' })
  const two = await aUser(w.knex, own, { administrator: true, blockedAt: new Date() })
  await aUser(w.knex, own)
  await aUser(w.knex, own, { administrator: true, deletedAt: new Date() })
  await aUser(w.knex, authority, { administrator: true })
  for (let entry = 0; entry < 7; entry += 1) await enterPassword(w.stranger(), user.username, WRONG, { status: 422 })
  const mails = (await w.mails()).filter(mail => mail.about_id === user.id)
  expect(mails.map(({ to_address, template, language }) => [to_address, template, language])).toEqual([
    [user.email, 'sessions/blocked', 'sv'],
    [one.email, 'sessions/blocked-administrators', 'de'],
    [two.email, 'sessions/blocked-administrators', 'en'],
  ])
  for (const { username } of [user, one, two]) expect(JSON.stringify(mails)).not.toContain(username)
})

test('two hundred guesses at once are five tries', async () => {
  const user = await aUser(w.knex, authority)
  const page = await w.stranger().visit('/')
  const sent = page.prepared('Continue', { username: user.username, password: WRONG })
  const guessers = Array.from({ length: 200 }, () => w.stranger())
  const cookie = page.headers['set-cookie']
  const answers = await Promise.all(
    guessers.map(guesser =>
      guesser.request('POST', sent.action, {
        body: sent.body,
        headers: {
          'content-type': sent.type ?? '',
          cookie: [cookie]
            .flat()
            .map(each => String(each).split(';')[0])
            .join('; '),
        },
      }),
    ),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter(status => ![422, 503].includes(status))).toEqual([])
  expect(statuses.filter(status => status === 422).length).toBeGreaterThanOrEqual(5)
  expect(await stateOf(user.id)).toEqual({ wrong_entries: 5, blocked_at: w.clock.now() })
  const reasons = (await historyOf(w, user.id)).map(({ event, details }) => JSON.stringify([event, details]))
  expect(reasons.filter(reason => reason.includes('wrong password')).length).toBeLessThanOrEqual(5)
  expect(reasons.filter(reason => reason.includes('user.blocked'))).toHaveLength(1)
  await enterPassword(w.stranger(), user.username, PASSWORD, { status: 422 })
})

test('right passwords at once cost no try', async () => {
  const user = await aUser(w.knex, authority)
  const pages = await Promise.all(Array.from({ length: 4 }, () => enterPassword(w.stranger(), user.username)))
  expect(pages.map(({ h1 }) => h1)).toEqual(Array(4).fill('Security code'))
  expect(await stateOf(user.id)).toEqual({ wrong_entries: 0, blocked_at: null })
})

test('who has signed in before stays signed in while others guess', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  for (let entry = 0; entry < 5; entry += 1) await enterPassword(w.stranger(), user.username, WRONG, { status: 422 })
  expect((await someone.visit('/')).text).toContain(user.name)
})
