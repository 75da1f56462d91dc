import { afterAll, beforeAll, expect, test } from 'vitest'
import { secretOf } from '../../src/platform/mail/queue.ts'
import { charactersFor, historyOf, WRONG } from '../sessions/support.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, type AUser, aUser, PASSWORD } from '../support/factories.ts'
import type { Expected, Page } from '../support/page.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
afterAll(() => w.close())

const HOUR = 3_600_000
let counter = 0
const newAddress = (): string => `new${(counter += 1)}@people.test`

async function ask(someone: Someone, email: string, expected: Expected = {}, password = PASSWORD): Promise<Page> {
  const page = await someone.visit('/profile/email')
  return page.submit('Send the link', { email, passwordCurrent: password }, expected)
}

const mailsTo = async (email: string) => (await w.mails()).filter(({ to_address }) => to_address === email)

/** Where the mail leads: only its reader knows. */
async function linkSentTo(email: string): Promise<string> {
  const mail = (await mailsTo(email)).at(-1)
  if (!mail) throw new Error(`No mail to ${email}`)
  return mail.path.replace('{token}', secretOf(w.config.keys, mail).token ?? '')
}

const emailOf = async ({ id }: AUser): Promise<string> =>
  (await w.knex('users').where({ id }).first<{ email: string }>('email')).email

test('a new address is confirmed by the link that went there; the former one is told', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  const email = newAddress()
  const profile = await ask(someone, email)
  expect(profile.notice).toContain(`A message has been sent to ${email}.`)
  expect(profile.text).toContain('A new e-mail address waits for you')
  expect((await mailsTo(user.email)).map(({ template }) => template)).toEqual(['profile/change-asked'])

  const link = await linkSentTo(email)
  const page = await someone.visit(link)
  expect(page.text).toContain(email)
  expect(await emailOf(user)).toBe(user.email)
  const done = await page.submit('Confirm this address')
  expect([done.url, done.notice]).toEqual([
    '/profile',
    expect.stringContaining('Your e-mail address has been changed.'),
  ])
  expect(done.details()['E-mail address']).toContain(email)
  expect((await mailsTo(user.email)).at(-1)?.template).toBe('profile/address-changed')
  expect(await historyOf(w, user.id)).toMatchObject([
    { event: 'profile.emailAsked', details: { email } },
    { event: 'profile.emailChanged', details: { before: { email: user.email }, after: { email } } },
  ])

  const again = await someone.visit(link)
  expect(again.text).toContain('This link cannot be used')
  expect((await page.submit('Confirm this address')).url).toBe('/profile')
})

test('the token stands nowhere in the database but sealed, and no mail holds a username', async () => {
  const user = await aUser(w.knex, authority)
  const email = newAddress()
  await ask(await w.signedIn(user), email)
  const token = new URL(await linkSentTo(email), w.config.baseUrl).searchParams.get('token') ?? ''
  expect(token).toMatch(/^[\w-]{32}$/)
  const [rows, mails] = [await w.knex('email_changes'), await w.mails()]
  expect(JSON.stringify([rows, mails])).not.toContain(token)
  expect(JSON.stringify(mails)).not.toContain(user.username)
})

test('the link leads through the sign-in page, and is good for the same user only', async () => {
  const [user, other] = [await aUser(w.knex, authority), await aUser(w.knex, authority)]
  const email = newAddress()
  await ask(await w.signedIn(user), email)
  const link = await linkSentTo(email)
  const start = await w.stranger().visit(link, { to: `/?next=${encodeURIComponent(link)}` })
  const code = await start.submit('Continue', { username: user.username, password: PASSWORD })
  const page = await code.submit('Sign in', charactersFor(code))
  expect(page.url).toBe(link)

  const stranger = await w.signedIn(other)
  expect((await stranger.visit(link)).text).toContain('was sent to another user')
  const own = await ask(stranger, newAddress())
  expect(own.url).toBe('/profile')
  const { token = '' } = Object.fromEntries(new URL(link, w.config.baseUrl).searchParams)
  const mine = await stranger.visit(
    await linkSentTo((await w.knex('email_changes').where({ user_id: other.id }).first('email')).email),
  )
  const refused = await mine.submit('Confirm this address', {}, { status: 422, forged: { token } })
  expect(refused.errors()).toEqual([
    {
      field: '',
      message: 'This link cannot be used any more. Your e-mail address has not been changed. Ask for a new link.',
    },
  ])
  await page.submit('Confirm this address')
  expect([await emailOf(user), await emailOf(other)]).toEqual([email, other.email])
})

test('the link expires after a day, and a newer one takes its place', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  const [first, second] = [newAddress(), newAddress()]
  await ask(someone, first)
  const early = await linkSentTo(first)
  await ask(someone, second)
  expect((await someone.visit(early)).text).toContain('This link cannot be used')
  const link = await linkSentTo(second)
  w.clock.advance(24 * HOUR)
  const later = await w.signedIn(user)
  expect((await later.visit(link)).text).toContain('This link cannot be used')
  expect((await later.visit('/profile')).text).not.toContain('waits for you')
})

test('a waiting change is cancelled', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  const email = newAddress()
  await ask(someone, email)
  const link = await linkSentTo(email)
  const page = await (await someone.visit('/profile')).follow('Change or cancel this')
  const done = await page.submit('Cancel the change')
  expect(done.notice).toContain('The change is cancelled.')
  expect((await someone.visit(link)).text).toContain('This link cannot be used')
  expect((await historyOf(w, user.id)).at(-1)?.event).toBe('profile.emailCancelled')
})

test('an address that is in use looks the same to the one who asks; its owner is warned without names', async () => {
  const [user, owner] = [await aUser(w.knex, authority), await aUser(w.knex, authority)]
  const someone = await w.signedIn(user)
  const free = newAddress()
  const unused = await ask(someone, free)
  const used = await ask(someone, owner.email.toUpperCase())
  const bare = (page: Page, email: string) => page.text.replaceAll(email, 'ADDRESS')
  expect(bare(used, owner.email.toUpperCase())).toBe(bare(unused, free))
  const mails = (await w.mails()).filter(({ to_address }) => to_address.toLowerCase() === owner.email)
  expect(mails).toMatchObject([{ template: 'profile/address-in-use', values: {}, secret: null, about_id: owner.id }])
})

test('an address that became another user’s meanwhile is not confirmed', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  const email = newAddress()
  await ask(someone, email)
  const page = await someone.visit(await linkSentTo(email))
  await aUser(w.knex, authority, { email })
  await page.submit('Confirm this address', {}, { status: 422 })
  expect(await emailOf(user)).toBe(user.email)
})

test('the password is asked for, and mistakes are named together', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  const refused = await ask(someone, 'nobody', { status: 422 }, WRONG)
  expect(refused.errors().map(({ field }) => field)).toEqual(['email', 'passwordCurrent'])
  expect(refused.values('Send the link')).toEqual({ email: 'nobody', passwordCurrent: '' })
  const same = await ask(someone, ` ${user.email.toUpperCase()}`, { status: 422 })
  expect(same.errors()).toEqual([
    { field: 'email', message: 'This is your e-mail address already. Enter another one.' },
  ])
  expect(await w.knex('email_changes').where({ user_id: user.id })).toEqual([])
})

test('nobody can have many addresses written to', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  for (let asked = 0; asked < 5; asked += 1) await ask(someone, newAddress())
  const refused = await ask(someone, newAddress(), { status: 422 })
  expect(refused.errors().map(({ field }) => field)).toEqual(['email'])
  w.clock.advance(24 * HOUR)
  await ask(await w.signedIn(user), newAddress())
})
