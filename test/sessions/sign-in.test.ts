import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../../src/passwords/hash.ts'
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

test('username, password and three characters of the code let a user in', async () => {
  const user = await aUser(w.knex, authority, { givenName: 'Ada', familyName: 'Berg', signedInAt: null })
  const ada = w.stranger()
  const home = await signIn(ada, user)
  expect(home.url).toBe('/')
  expect(home.text).toContain('Ada Berg')
  expect(await historyOf(w, user.id)).toEqual([{ event: 'session.started', details: {}, actor: user.id }])
  const row = await w.knex('users').where({ id: user.id }).first()
  expect(row).toMatchObject({ wrong_entries: 0, code_positions: null, first_signed_in_at: w.clock.now() })
  const [session] = await w.knex('sessions').where({ user_id: user.id })
  expect(session).toMatchObject({ stage: 'full', address: expect.stringContaining('127.0.0.1') })
  expect(ada.cookies().map(cookie => cookie.value)).not.toContain(session.id_hash)
})

test('the username is read without case, the password with it', async () => {
  const user = await aUser(w.knex, authority)
  const page = await enterPassword(w.stranger(), ` ${user.username.toUpperCase()} `)
  expect(page.h1).toBe('Security code')
  await enterPassword(w.stranger(), user.username, PASSWORD.toLowerCase(), { status: 422 })
})

test('a password may be typed with composed or combined accents', async () => {
  const user = await aUser(w.knex, authority)
  await w
    .knex('users')
    .where({ id: user.id })
    .update({ password_hash: await hashPassword('Blåbär-sylt-7') })
  const page = await enterPassword(w.stranger(), user.username, 'Blåbär-sylt-7'.normalize('NFD'))
  expect(page.h1).toBe('Security code')
})

test('every stage has a session id of its own', async () => {
  const user = await aUser(w.knex, authority)
  const someone = w.stranger()
  const idOf = () => someone.cookies().find(cookie => cookie.name === 'imi')?.value
  const page = await enterPassword(someone, user.username)
  const half = someone.clone()
  const first = idOf()
  await page.submit('Sign in', charactersFor(page))
  expect(first).toBeDefined()
  expect(idOf()).not.toBe(first)
  expect((await half.visit('/help/people', { to: /^\/\?next=/ })).h1).toBe('Sign in')
})

test('half signed in, nothing opens but the page for the code', async () => {
  const user = await aUser(w.knex, authority)
  const someone = w.stranger()
  await enterPassword(someone, user.username)
  expect((await someone.visit('/help/people', { to: '/session/code' })).h1).toBe('Security code')
  await someone.visit('/password', { to: '/session/code' })
  await someone.visit('/password/first', { to: '/session/code' })
})

test('empty fields are named, and count as no try', async () => {
  const user = await aUser(w.knex, authority)
  const someone = w.stranger()
  const both = await enterPassword(someone, '', '', { status: 422 })
  expect(both.errors().map(({ field }) => field)).toEqual(['username', 'password'])
  const one = await enterPassword(someone, user.username, '', { status: 422 })
  expect(one.values('Continue')).toMatchObject({ username: user.username, password: '' })
  expect(await w.knex('users').where({ id: user.id }).first('wrong_entries')).toEqual({ wrong_entries: 0 })
})

test('unknown, wrong, blocked, deleted and too late show the same page', async () => {
  const old = new Date(w.clock.now().getTime() - 15 * 86_400_000)
  const users = {
    wrong: await aUser(w.knex, authority),
    blocked: await aUser(w.knex, authority, { blockedAt: old }),
    deleted: await aUser(w.knex, authority, { deletedAt: old }),
    late: await aUser(w.knex, authority, { passwordTemporary: true, passwordSetAt: old }),
  }
  const tries: [string, string][] = [
    ['nobody-at-all', PASSWORD],
    [users.wrong.username, WRONG],
    [users.blocked.username, PASSWORD],
    [users.deleted.username, PASSWORD],
    [users.late.username, PASSWORD],
  ]
  const seen = new Set<string>()
  for (const [username, password] of tries) {
    const page = await enterPassword(w.stranger(), username, password, { status: 422 })
    expect(page.text).toContain('Five wrong entries')
    expect(page.link('I have forgotten my username, password or security code').href).toBe('/help/forgotten')
    expect(page.html).not.toContain(password)
    seen.add(page.html.replaceAll(username, 'NAME').replace(/name="_csrf" value="[^"]*"/g, ''))
  }
  expect(seen.size).toBe(1)
  expect((await w.knex('users').where({ id: users.late.id }).first()).wrong_entries).toBe(0)
  expect((await historyOf(w, users.late.id)).map(({ details }) => details)).toEqual([
    { reason: 'temporary password expired' },
  ])
})

test('an unknown username takes the same statements and as long as a wrong password', async () => {
  const user = await aUser(w.knex, authority)
  await w.knex('users').where({ id: user.id }).update({ wrong_entries: -1000 })
  const page = await w.stranger().visit('/')
  const asked: string[] = []
  const listen = ({ sql }: { sql: string }) => void asked.push(sql)
  w.db.app.on('query', listen)
  const timed = async (username: string) => {
    asked.length = 0
    const start = performance.now()
    await page.submit('Continue', { username, password: WRONG }, { status: 422 })
    return { time: performance.now() - start, statements: asked.join('\n') }
  }
  const best = { known: Infinity, unknown: Infinity }
  for (let round = 0; round < 10; round += 1) {
    const [known, unknown] = [await timed(user.username), await timed('nobody-at-all')]
    expect(unknown.statements).toBe(known.statements)
    best.known = Math.min(best.known, known.time)
    best.unknown = Math.min(best.unknown, unknown.time)
  }
  w.db.app.off('query', listen)
  // The quickest of ten says what the work costs, however busy the machine is.
  expect(best.unknown / best.known).toBeGreaterThan(0.6)
  expect(best.unknown / best.known).toBeLessThan(1.6)
})

test('a refusal is remembered without the username that was typed', async () => {
  const user = await aUser(w.knex, authority)
  await enterPassword(w.stranger(), user.username, WRONG, { status: 422 })
  await enterPassword(w.stranger(), 'nobody-special', WRONG, { status: 422 })
  expect(await historyOf(w, user.id)).toEqual([
    { event: 'session.refused', details: { reason: 'wrong password' }, actor: null },
  ])
  const all = JSON.stringify([await w.knex('audit_events'), await w.knex('audit_values'), w.logged])
  for (const secret of [user.username, 'nobody-special', WRONG, PASSWORD]) expect(all).not.toContain(secret)
})

test('the page that was asked for opens after signing in, if it is one of this site', async () => {
  const user = await aUser(w.knex, authority)
  const someone = w.stranger()
  const start = await someone.visit('/help/people?from=mail', { to: /^\/\?next=/ })
  const code = await start.submit('Continue', { username: user.username, password: PASSWORD })
  expect((await code.submit('Sign in', charactersFor(code))).url).toBe('/help/people?from=mail')
  for (const foreign of [
    '//evil.example/',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\t/evil.example',
  ]) {
    const other = w.stranger()
    const page = await other.visit(`/?next=${encodeURIComponent(foreign)}`)
    const next = await page.submit(
      'Continue',
      { username: user.username, password: PASSWORD },
      { forged: { next: foreign } },
    )
    expect((await next.submit('Sign in', charactersFor(next))).url).toBe('/')
  }
})

test('users of a deactivated authority sign in', async () => {
  const closed = await anAuthority(w.knex, { status: 'deactivated' })
  expect((await signIn(w.stranger(), await aUser(w.knex, closed))).url).toBe('/')
})

test('a sign-in page that was open for too long comes back with the username', async () => {
  const user = await aUser(w.knex, authority)
  const page = await w.stranger().visit('/')
  const again = await page.submit(
    'Continue',
    { username: user.username, password: PASSWORD },
    { status: 403, forged: { _csrf: 'stale' } },
  )
  expect(again.values('Continue')).toEqual({ username: user.username, password: '' })
  expect((await again.submit('Continue', { password: PASSWORD })).h1).toBe('Security code')
})

test('a network address has three hundred attempts in five minutes', async () => {
  const someone = w.stranger()
  w.clock.advance(300_000)
  const page = await someone.visit('/')
  const { action, body, type } = page.prepared('Continue')
  const send = () => someone.request('POST', action, { body, headers: { 'content-type': type ?? '' } })
  for (let sent = 0; sent < 300; sent += 25)
    for (const { status } of await Promise.all(Array.from({ length: 25 }, send))) expect(status).toBe(422)
  const refused = await page.submit('Continue', {}, { status: 429 })
  expect(refused.text).toContain('Wait five minutes')
  w.clock.advance(300_000)
  await page.submit('Continue', {}, { status: 422 })
})

test.each([
  '/session',
  '/session/code',
  '/session/end',
  '/session/extension',
  '/session/return',
  '/password/first',
  '/password',
])('odd bytes sent to %s get an answer', async path => {
  const user = await aUser(w.knex, authority)
  const half = w.stranger()
  await enterPassword(half, user.username)
  for (const someone of [w.stranger(), half, await w.signedIn(user)]) {
    const page = await someone.visit('/')
    const token = String(page.form(page.buttons[0] ?? '').controls[0]?.value)
    const odd: Record<string, string | string[]>[] = [
      { _csrf: '__proto__.x' },
      { _csrf: ['a', 'b'] },
      { _csrf: token, username: ['a', 'b'], password: 'x', typed: '__proto__.x' },
    ]
    for (const body of odd) expect((await someone.clone().request('POST', path, { body })).status).toBeLessThan(500)
    for (const type of ['text/plain', 'application/json', 'multipart/form-data']) {
      const headers = { 'content-type': type, 'x-csrf-token': token }
      expect((await someone.clone().request('POST', path, { body: '{"a":', headers })).status).toBeLessThan(500)
    }
  }
})

test('the sign-in page that was sent can be reloaded in another language', async () => {
  const someone = w.stranger()
  await enterPassword(someone, '', '', { status: 422 })
  expect((await someone.visit('/session?language=sv', { to: '/' })).h1).toBe('Logga in')
})

test('the sign-in pages speak Swedish', async () => {
  const user = await aUser(w.knex, authority)
  const page = await w.stranger('sv').visit('/')
  const code = await page.submit('Fortsätt', { username: user.username, password: PASSWORD })
  expect(code.h1).toBe('Säkerhetskod')
  expect((await code.submit('Logga in', {}, { status: 422 })).errors()).toHaveLength(3)
})
