import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { anAuthority, aUser } from '../support/factories.ts'
import { BUTTON, registration, swedishManager } from './registering.ts'

const PATH = '/authorities/registration'
const CAPTION = 'Already registered? These authorities are similar'

let w: World
let someone: Someone
beforeAll(async () => {
  w = await world()
  ;({ someone } = await swedishManager(w))
})
afterAll(() => w.close())

const countCalled = async (name: string) =>
  Number((await w.knex('authorities').where({ official_name: name }).count('* as n'))[0]?.n)

const warnedOf = async (entries: Parameters<typeof registration>[1], word: string) =>
  (await someone.visit(PATH)).submit(BUTTON, registration(word, entries), { status: 422 })

test('a name that is alike, without accents and in another case, is shown and can be opened', async () => {
  const there = await anAuthority(w.knex, { officialName: 'Lakemedelsverket i Uppsala' })
  const page = await warnedOf({ officialName_sv: 'LÄKEMEDELSVERKET Uppsala' }, 'Ytterberg')
  expect(page.errors().map(({ field }) => field)).toEqual(['noneOfThese'])
  expect(page.table(CAPTION)).toEqual([
    { Authority: 'Lakemedelsverket i Uppsala', City: 'Stockholm', 'What is similar': 'similar name', Status: 'Active' },
  ])
  expect(page.values(BUTTON)).toMatchObject({ officialName_sv: 'LÄKEMEDELSVERKET Uppsala', givenName: 'Åsa' })
  const opened = await page.follow('Lakemedelsverket i Uppsala')
  expect(opened.url).toBe(`/authorities/${there.id}`)
})

test('it finds by informal title, by e-mail address and by website; deactivated and not yet validated ones too', async () => {
  await (await someone.visit(PATH)).submit(BUTTON, registration('Vinter', { title_en: 'Avalanche warning service' }))
  await anAuthority(w.knex, { officialName: 'Post A', email: 'shared@box.test', status: 'to validate' })
  await anAuthority(w.knex, { officialName: 'Sajt B', website: 'https://www.shared.test', status: 'deactivated' })
  const page = await warnedOf(
    { title_en: 'Avalanche warning services', email: 'Shared@Box.test', website: 'shared.test/start' },
    'Sommar',
  )
  const rows = page.table(CAPTION).map(row => [row['What is similar'], row.Status])
  expect(rows).toHaveLength(3)
  expect(rows).toEqual(
    expect.arrayContaining([
      ['similar name', 'Active'],
      ['same e-mail address', 'To be validated'],
      ['same website', 'Deactivated'],
    ]),
  )
})

test('authorities of other countries are no duplicates', async () => {
  await anAuthority(w.knex, { country: 'DK', officialName: 'Rymdverket', language: 'da' })
  await (await someone.visit(PATH)).submit(BUTTON, registration('Rymd'), { to: /username$/ })
  expect(await countCalled('Rymdverket')).toBe(2)
})

test('"none of these" registers, but only for those that were shown', async () => {
  await anAuthority(w.knex, { officialName: 'Skogsverket' })
  const page = await warnedOf({}, 'Skogs')
  await anAuthority(w.knex, { officialName: 'Skogsverket Nord' })
  const again = await page.submit(BUTTON, { noneOfThese: true }, { status: 422 })
  expect(again.table(CAPTION)).toHaveLength(2)
  expect(again.values(BUTTON).noneOfThese).toBeNull()
  await again.submit(BUTTON, { noneOfThese: true }, { to: /username$/ })
  expect(await countCalled('Skogsverket')).toBe(2)
})

test('the question stands among the other mistakes', async () => {
  await anAuthority(w.knex, { officialName: 'Fiskeverket' })
  const page = await warnedOf({ city: '' }, 'Fiske')
  expect(page.errors().map(({ field }) => field)).toEqual(['city', 'noneOfThese'])
})

test('two managers register one authority at once: one is registered, the other is asked', async () => {
  const { manager } = await anotherManager()
  const pages = await Promise.all([someone.visit(PATH), manager.visit(PATH)])
  const send = (i: 0 | 1) => {
    const { body } = pages[i].prepared(BUTTON, registration('Samtidig', { userEmail: `person${i}@samtidig.test` }))
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return (i === 0 ? someone : manager).request('POST', PATH, { body: body?.toString() ?? '', headers })
  }
  const answers = await Promise.all([send(0), send(1)])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  expect(answers.find(({ status }) => status === 422)?.text).toContain(CAPTION)
  expect(await countCalled('Samtidigverket')).toBe(1)
  expect(await w.knex('users').whereILike('email', '%@samtidig.test')).toHaveLength(1)
})

async function anotherManager() {
  const [nimic] = await w.knex('authorities').where({ kind: 'national coordinator' })
  const user = await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' })
  return { manager: await w.signedIn(user) }
}
