import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, aUser } from '../support/factories.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

test('the helpdesk of each country is linked at the top of every page after sign-in, the own country first', async () => {
  await aNationalCoordinator(w.knex, 'AT', { officialName: 'Bundesministerium', language: 'de' })
  const sweden = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium', email: 'imi@nimic.test' })
  const home = await (await w.signedIn(await aUser(w.knex, sweden))).visit('/')
  const page = await home.follow('Helpdesks')
  expect([page.url, page.h1]).toEqual(['/helpdesks', 'National helpdesks'])
  expect(page.table(0).map(row => [row.Country, row['National coordinator']])).toEqual([
    ['Sweden', 'Kommerskollegium'],
    ['Austria', 'Bundesministerium'],
  ])
  expect(page.link('imi@nimic.test').href).toBe('mailto:imi@nimic.test')
})

test('strangers sign in first, and find no link to it', async () => {
  expect((await w.stranger('en').visit('/')).links.map(({ text }) => text)).not.toContain('Helpdesks')
  expect((await w.stranger('en').visit('/helpdesks')).h1).toBe('Sign in')
})
