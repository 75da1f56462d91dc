import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserText, shortAddress } from '../../src/profile/visits.ts'
import { historyOf, signIn } from '../sessions/support.ts'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, anAuthority, aUser } from '../support/factories.ts'
import type { Page } from '../support/page.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
afterAll(() => w.close())

const MINUTE = 60_000
/** The buttons say which session they end. */
const endButton = (page: Page): string => page.buttons.find(button => button.startsWith('End this session')) ?? ''

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0'

test('somebody sees where they are signed in, this session first', async () => {
  const user = await aUser(w.knex, authority)
  const [there, here] = [w.stranger(), w.stranger()]
  await signIn(there, user)
  await w.knex('sessions').where({ user_id: user.id }).update({ browser: FIREFOX, address: '192.0.2.17' })
  w.clock.advance(5 * MINUTE)
  await signIn(here, user)
  const page = await here.visit('/profile/sessions')
  expect(page.headings).toEqual(['Unknown browser This session', 'Firefox on Windows'])
  expect(page.text).toContain('20 Nov 2026, 10:00 CET')
  expect(page.text).toContain('20 Nov 2026, 10:05 CET')
  expect(page.text).toContain('192.0 …')
  expect(page.html).not.toContain('192.0.2.17')
  for (const { id_hash } of await w.knex('sessions').where({ user_id: user.id }))
    expect(page.html).not.toContain(id_hash)
})

test('one session is ended, this one goes on', async () => {
  const user = await aUser(w.knex, authority)
  const [here, there] = [await w.signedIn(user), await w.signedIn(user)]
  const page = await here.visit('/profile/sessions')
  const done = await page.submit(endButton(page))
  expect(done.notice).toContain('The session has been ended.')
  expect(done.text).toContain('You are signed in nowhere else.')
  await there.visit('/profile', { to: /^\/\?next=/ })
  expect(await historyOf(w, user.id)).toEqual([
    { event: 'session.endedElsewhere', actor: user.id, details: { sessions: 1 } },
  ])
})

test('all others are ended at once, half signed in ones too', async () => {
  const user = await aUser(w.knex, authority)
  const here = await w.signedIn(user)
  const others = [await w.signedIn(user), await w.signedIn(user)]
  const done = await (await here.visit('/profile/sessions')).submit('End all other sessions')
  expect(done.notice).toContain('All other sessions have been ended.')
  for (const other of others) await other.visit('/profile', { to: /^\/\?next=/ })
  await here.visit('/profile')
  expect((await historyOf(w, user.id)).at(-1)?.details).toEqual({ sessions: 2 })
})

test('nobody ends the session of somebody else', async () => {
  const [user, other] = [await aUser(w.knex, authority), await aUser(w.knex, authority)]
  const [victim, theirs] = [await w.signedIn(user), await w.signedIn(user)]
  const key = /name="session" value="([^"]+)"/.exec((await victim.visit('/profile/sessions')).html)?.[1] ?? ''
  const attacker = await w.signedIn(other)
  await w.signedIn(other)
  const page = await attacker.visit('/profile/sessions')
  await page.submit(endButton(page), {}, { forged: { session: key } })
  await theirs.visit('/profile')
  expect((await historyOf(w, other.id)).at(-1)?.details).toEqual({ sessions: 0 })
})

test('sessions that are over are not shown', async () => {
  const user = await aUser(w.knex, authority)
  await w.signedIn(user)
  w.clock.advance(31 * MINUTE)
  const page = await (await w.signedIn(user)).visit('/profile/sessions')
  expect(page.buttons).not.toContain('End all other sessions')
})

test.each([
  [FIREFOX, 'firefox on windows'],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0',
    'edge on windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36',
    'samsung on android',
  ],
  [
    'Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36',
    'chrome on chromeos',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18 Mobile Safari/604',
    'safari on ios',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 (KHTML, like Gecko) Version/18 Safari/605',
    'safari on macos',
  ],
  ['<script>', 'unknown'],
])('the browser of “%s” is %s', (userAgent, expected) => {
  const words = (key: string, values: Record<string, unknown> = {}): string =>
    key.endsWith('.on') ? `${String(values.browser)} on ${String(values.system)}` : (key.split('.').at(-1) ?? '')
  expect(browserText(userAgent, words)).toBe(expected)
})

test.each([
  ['192.0.2.17', '192.0 …'],
  ['::ffff:192.0.2.17', '192.0 …'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1 …'],
  ['2001:db8::7', '2001:db8 …'],
  ['::1', ':: …'],
  ['', ''],
  ['nonsense', ''],
])('of the address %s one sees %s', (address, expected) => {
  expect(shortAddress(address)).toBe(expected)
})
