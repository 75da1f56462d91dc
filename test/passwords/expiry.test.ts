import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, aNationalCoordinator, anAuthority, type AUser, aUser } from '../support/factories.ts'
import { night, nightsUntil } from '../retention/nightly.ts'
import { charactersFor, enterPassword, historyOf, signIn } from '../sessions/support.ts'

const BUTTON = 'Save and go on'
const NEW = { password: 'Rimfrost-mot-7', passwordAgain: 'Rimfrost-mot-7' }

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
beforeEach(() => w.clock.set(new Date('2026-11-20T09:00:00Z')))
afterAll(() => w.close())

const aUserSince = (day: string, wishes = {}): Promise<AUser> =>
  aUser(w.knex, authority, { passwordSetAt: new Date(day), ...wishes })
const eventsOf = async (user: AUser) => (await historyOf(w, user.id)).map(({ event }) => event)

describe('signing in with a password', () => {
  test('of less than six months goes on as ever', async () => {
    const user = await aUserSince('2026-05-20T09:00:01Z')
    expect((await signIn(w.stranger(), user)).url).toBe('/')
  })

  test('of six months asks, after the right code, for a new one and for nothing else', async () => {
    const user = await aUserSince('2026-05-20T09:00:00Z')
    const someone = w.stranger()
    const page = await signIn(someone, user)
    expect([page.url, page.h1]).toEqual(['/password/expired', 'Choose a new password'])
    await someone.visit('/authorities', { to: '/password/expired' })
    const home = await (await someone.visit('/password/expired')).submit(BUTTON, NEW)
    expect(home.url).toBe('/')
    expect(home.notice).toContain('Your new password is saved. You are signed in.')
    expect(await eventsOf(user)).toEqual(['password.expired', 'password.changed', 'session.started'])
    expect((await w.mails()).filter(mail => mail.about_id === user.id).map(mail => mail.template)).toEqual([
      'passwords/changed',
    ])
    // The security code is the old one.
    expect((await signIn(w.stranger(), user, NEW.password)).url).toBe('/')
  })

  test('that is old lets nobody choose a new one without the code', async () => {
    const user = await aUserSince('2026-05-20T09:00:00Z')
    const someone = w.stranger()
    await enterPassword(someone, user.username)
    await someone.visit('/password/expired', { to: '/session/code' })
  })

  test('where somebody wanted to go they go afterwards', async () => {
    const user = await aUserSince('2026-05-20T09:00:00Z')
    const someone = w.stranger()
    const first = await someone.visit('/authorities', { to: '/?next=%2Fauthorities' })
    const code = await first.submit('Continue', { username: user.username, password: 'Imi-test-2026' })
    const page = await code.submit('Sign in', charactersFor(code))
    expect((await page.submit(BUTTON, NEW)).url).toBe('/authorities')
  })

  test('every mistake is named at once, the old password among them', async () => {
    const user = await aUserSince('2026-05-20T09:00:00Z')
    const page = await signIn(w.stranger(), user)
    const short = await page.submit(BUTTON, { password: 'kort', passwordAgain: 'annat' }, { status: 422 })
    expect(short.errors().length).toBeGreaterThanOrEqual(3)
    const same = await short.submit(
      BUTTON,
      { password: 'Imi-test-2026', passwordAgain: 'Imi-test-2026' },
      { status: 422 },
    )
    expect(same.errors().map(({ message }) => message)).toEqual([
      'Choose a password that is not one of your last five.',
    ])
  })

  test('reset while the page is open leads to the start; so does one that somebody has just renewed', async () => {
    const user = await aUserSince('2026-05-20T09:00:00Z')
    const [one, other] = [w.stranger(), w.stranger()]
    const [page, late] = [await signIn(one, user), await signIn(other, user)]
    const { password_hash } = await w.knex('users').where({ id: user.id }).first<{ password_hash: string }>()
    await page.submit(BUTTON, NEW)
    await late.submit(BUTTON, { password: 'Vinterdag-9-x', passwordAgain: 'Vinterdag-9-x' }, { to: '/' })
    const row = await w.knex('users').where({ id: user.id }).first<{ password_hash: string }>()
    expect(row.password_hash).not.toBe(password_hash)
    expect((await signIn(w.stranger(), user, NEW.password)).url).toBe('/')
  })

  test('a visit that began with a temporary password cannot renew the own one', async () => {
    const user = await aUserSince('2026-11-19T09:00:00Z')
    const someone = await w.signedIn(user)
    await w.knex('sessions').where({ user_id: user.id }).update({ stage: 'change' })
    const page = await someone.visit('/password/expired')
    await page.submit(BUTTON, NEW, { to: '/' })
    expect((await signIn(w.stranger(), user)).url).toBe('/')
  })
})

describe('reminders', () => {
  const reminders = async (user: AUser) =>
    (await w.mails())
      .filter(({ template, about_id }) => template === 'passwords/reminder' && about_id === user.id)
      .map(({ to_address, values }) => [to_address, values.day])

  test('go out 14 and 3 days before the end, each once, and begin anew with the next password', async () => {
    const user = await aUserSince('2026-11-01T09:00:00Z')
    w.clock.set(new Date('2027-04-16T09:00:00Z'))
    await night(w)
    expect(await reminders(user)).toEqual([])
    await nightsUntil(w, '2027-04-27T09:00:00Z')
    expect(await reminders(user)).toEqual([[user.email, '1 May 2027']])
    await nightsUntil(w, '2027-05-03T09:00:00Z')
    expect(await reminders(user)).toHaveLength(2)
    await w.knex('users').where({ id: user.id }).update({ password_set_at: w.clock.now() })
    await nightsUntil(w, '2027-10-25T09:00:00Z')
    expect(await reminders(user)).toHaveLength(3)
  })

  test('do not go to those who are blocked, deleted or have a temporary password', async () => {
    const day = '2026-05-25T09:00:00Z'
    const people = [
      await aUserSince(day, { blockedAt: w.clock.now() }),
      await aUserSince(day, { deletedAt: w.clock.now() }),
      await aUserSince(day, { passwordTemporary: true }),
    ]
    await night(w)
    for (const person of people) expect(await reminders(person)).toEqual([])
  })

  test('after nights without a run only the nearer one goes out', async () => {
    const user = await aUserSince('2026-05-21T09:00:00Z')
    await night(w)
    await night(w)
    expect(await reminders(user)).toEqual([[user.email, '21 November 2026']])
  })
})

describe('the profile nist', () => {
  let nist: World
  beforeAll(async () => {
    nist = await world({ passwordProfile: 'nist' })
  })
  afterAll(() => nist.close())

  test('never asks for a new password for its age, and reminds nobody', async () => {
    const user = await aUser(nist.knex, await anAuthority(nist.knex), {
      passwordSetAt: new Date('2020-01-01T09:00:00Z'),
    })
    expect((await signIn(nist.stranger(), user)).url).toBe('/')
    await nist
      .knex('users')
      .where({ id: user.id })
      .update({ password_set_at: new Date('2026-05-22T09:00:00Z') })
    await night(nist)
    expect(await nist.mails()).toEqual([])
  })

  test('counts no password as too old among the managed authorities', async () => {
    const nimic = await aNationalCoordinator(nist.knex, 'SE', {})
    const authority = await anAuthority(nist.knex, { managers: [nimic], officialName: 'Gamla verket' })
    const manager = await aUser(nist.knex, nimic, { administrator: true, dataAdministrator: 'all' })
    await aUser(nist.knex, authority, { administrator: true, passwordSetAt: new Date('2020-01-01T09:00:00Z') })
    const someone = await nist.signedIn(manager)
    expect((await someone.visit('/managed-authorities')).text).not.toContain('password problem')
    for (const passwords of ['expired', 'any'])
      expect((await someone.visit(`/managed-authorities?passwords=${passwords}`)).text).not.toContain('Gamla verket')
    const housekeeping = await someone.visit('/housekeeping')
    expect(housekeeping.links.map(({ href }) => href)).not.toContain('/managed-authorities?passwords=expired')
  })

  test('asks for fifteen characters, whatever they are, and says so', async () => {
    const user = await aUser(nist.knex, await anAuthority(nist.knex))
    const page = await (await nist.signedIn(user)).visit('/password')
    expect(page.text).toContain('At least 15 characters')
    expect(page.text).not.toContain('At least one capital letter')
    const change = (password: string, status: number) =>
      page.submit(
        'Change password',
        { passwordCurrent: 'Imi-test-2026', password, passwordAgain: password },
        { status },
      )
    const short = await change('Fjorton-tecken', 422)
    expect(short.errors().map(({ message }) => message)).toEqual(['Enter a password of at least 15 characters.'])
    await change('femton små bokstäver', 200)
  })
})
