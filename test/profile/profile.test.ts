import { afterAll, beforeAll, expect, test } from 'vitest'
import { historyOf } from '../sessions/support.ts'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, anAuthority, aUser } from '../support/factories.ts'
import type { Page } from '../support/page.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex, { officialName: 'Patent- och registreringsverket' })
})
afterAll(() => w.close())

/** What stands beside each label, without the link that changes it. */
const said = (page: Page): Record<string, string> =>
  Object.fromEntries(Object.entries(page.details()).map(([label, text]) => [label, text.replace(/, Change .*$/, '')]))

const person = { givenName: 'Kim', familyName: 'Berg' }

test('the own data are a click on the own name away, the username among them', async () => {
  const user = await aUser(w.knex, authority, person)
  const home = await (await w.signedIn(user)).visit('/')
  const page = await home.follow('Kim Berg')
  expect(page.h1).toBe('My profile')
  expect(said(page)).toMatchObject({
    'First name': 'Kim',
    'Working language': 'English',
    'E-mail address': user.email,
    Authority: 'Patent- och registreringsverket',
  })
  expect(page.details().Username).toContain(user.username)
  for (const href of ['/password', '/profile/sessions', '/profile/rights']) page.link({ href })
})

test('the home page leads there too', async () => {
  const home = await (await w.signedIn(await aUser(w.knex, authority))).visit('/')
  expect(home.link('My profile').href).toBe('/profile')
  expect((await home.follow('See who gave it to you')).h1).toBe('What I may do and who gave it to me')
})

test('somebody corrects name and telephone number, and the history has both values', async () => {
  const user = await aUser(w.knex, authority, person)
  const page = await (await w.signedIn(user)).visit('/profile/edit')
  const entries = { givenName: ' Kim  Maria ', telephone: '+46 8 123 45 67' }
  const done = await page.submit('Save', entries)
  expect([done.url, done.notice]).toEqual(['/profile', expect.stringContaining('Your data have been saved.')])
  expect(said(done)).toMatchObject({ 'First name': 'Kim Maria', 'Family name': 'Berg' })
  expect(await historyOf(w, user.id)).toEqual([
    {
      event: 'profile.edited',
      actor: user.id,
      details: {
        before: { givenName: 'Kim', telephone: '+46 70 000 00 00' },
        after: { givenName: 'Kim Maria', telephone: '+46 8 123 45 67' },
      },
    },
  ])
})

test('the next page speaks the new language', async () => {
  const page = await (await w.signedIn(await aUser(w.knex, authority))).visit('/profile/edit')
  const done = await page.submit('Save', { language: 'sv' })
  expect([done.lang, done.h1]).toEqual(['sv', 'Min profil'])
})

test('every language can be chosen; where its texts are not ready, English is shown and the choice kept', async () => {
  const user = await aUser(w.knex, authority)
  const page = await (await w.signedIn(user)).visit('/profile/edit')
  const options = page.options('Save', 'language')
  expect(options).toHaveLength(26)
  const finnish = options.find(({ value }) => value === 'fi')
  expect(finnish?.text).toBe('Finnish – English is shown until its texts are ready')
  const done = await page.submit('Save', { language: 'fi' })
  expect(done.lang).toBe('en')
  expect(said(done)['Working language']).toBe('Finnish English is shown until the texts in this language are ready.')
  expect(await w.knex('users').where({ id: user.id }).first('language')).toEqual({ language: 'fi' })
})

test('all mistakes are named at once, and nothing typed is lost', async () => {
  const page = await (await w.signedIn(await aUser(w.knex, authority))).visit('/profile/edit')
  const entries = { givenName: '', familyName: 'x'.repeat(101), telephone: 'home' }
  const refused = await page.submit('Save', entries, { status: 422, forged: { language: 'xx' } })
  expect(refused.errors().map(({ field }) => field)).toEqual(['givenName', 'familyName', 'telephone', 'language'])
  expect(refused.values('Save')).toMatchObject(entries)
})

test('what was saved meanwhile in another window is not overwritten unseen', async () => {
  const user = await aUser(w.knex, authority, person)
  const someone = await w.signedIn(user)
  const [first, second] = [await someone.visit('/profile/edit'), await someone.visit('/profile/edit')]
  await first.submit('Save', { familyName: 'Lind' })
  const both = await second.submit('Save', { givenName: 'Kaj' }, { status: 409 })
  expect(both.text).toContain('Kim Lind saved this page at 20 Nov 2026')
  await both.submit('Save', { familyName: 'Lind' })
  expect(await w.knex('users').where({ id: user.id }).first('given_name', 'family_name')).toEqual({
    given_name: 'Kaj',
    family_name: 'Lind',
  })
})

test('strangers are sent to sign in and come back', async () => {
  for (const path of ['/profile', '/profile/edit', '/profile/email', '/profile/sessions', '/profile/rights'])
    await w.stranger().visit(path, { to: `/?next=${encodeURIComponent(path)}` })
})
