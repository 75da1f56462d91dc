import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attr, all, textOf } from '../support/html.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aNationalCoordinator, aUser } from '../support/factories.ts'
import type { Page } from '../support/page.ts'
import { BUTTON, registration, swedishManager } from './registering.ts'

let w: World
let manager: Someone
let abroad: Someone
let id: number
let nimic: AnAuthority
beforeAll(async () => {
  w = await world()
  ;({ someone: manager, nimic } = await swedishManager(w))
  const dane = await aUser(w.knex, await aNationalCoordinator(w.knex, 'DK', { language: 'da' }), { language: 'da' })
  abroad = await w.signedIn(dane)
  const entries = registration('Vatten', {
    title_da: 'Vand og miljø',
    title_sv: 'Vatten och miljö',
    type: 'inspectorate',
    level: 'regional',
    region: 'SE11',
    policyAreas: ['education'],
    activities_E: ['E'],
    keywords_1: ['pq-doctor', 'pq-nurse'],
  })
  await (await manager.visit('/authorities/registration')).submit(BUTTON, entries)
  id = ((await w.knex('authorities').where({ official_name: 'Vattenverket' }).first('id')) as { id: number }).id
})
afterAll(() => w.close())

const tabsOf = (page: Page) =>
  all(page.document, 'nav')
    .filter(nav => attr(nav, 'aria-label') === 'Pages about this authority')
    .flatMap(nav => all(nav, 'a').map(textOf))

const langOf = (page: Page, text: string) =>
  all(page.document)
    .find(element => attr(element, 'lang') && textOf(element) === text)
    ?.attrs.find(a => a.name === 'lang')?.value

describe('the tab Authority', () => {
  test('everybody signed in reads the data of an authority of any country', async () => {
    const page = await abroad.visit(`/authorities/${id}`)
    expect(page.h1).toBe('Vattenverket')
    expect(langOf(page, 'Vattenverket')).toBe('sv')
    expect(page.details()).toMatchObject({
      'Official name (Swedish)': 'Vattenverket',
      Country: 'Sweden',
      'Telephone number': '+46 18 123 45 67',
      'Contact e-mail address': 'registrator@vatten.test',
      Website: 'https://www.vatten.test/',
      Type: 'Inspectorate or supervisory authority',
      Level: 'Regional',
      Region: 'Stockholm',
    })
    expect(page.details()['Languages that the authority can read']).toMatch(/English\s*Swedish/)
    expect(page.link('registrator@vatten.test').href).toBe('mailto:registrator@vatten.test')
  })

  test('shows the informal title in the language of the reader, with its language', async () => {
    const page = await abroad.visit(`/authorities/${id}`)
    expect(page.details()['Informal title']).toBe('Vand og miljø')
    expect(langOf(page, 'Vand og miljø')).toBe('da')
    expect(page.details()['Informal title (English)']).toBe('Vattenish Office')
  })

  test('else in English, else in the language of the authority, else none', async () => {
    const none = await anAuthority(w.knex)
    const own = await anAuthority(w.knex, { titles: { sv: 'Eget namn' } })
    const english = await anAuthority(w.knex, { titles: { sv: 'Eget namn', en: 'Own name' } })
    const titles = await Promise.all(
      [none, own, english].map(async one => (await abroad.visit(`/authorities/${one.id}`)).details()['Informal title']),
    )
    expect(titles).toEqual(['Not provided', 'Eget namn', 'Own name'])
  })

  test('reads in Swedish for a Swedish reader', async () => {
    const swede = await w.signedIn(await aUser(w.knex, nimic, { language: 'sv' }))
    const page = await swede.visit(`/authorities/${id}`)
    expect(page.lang).toBe('sv')
    expect(page.details()).toMatchObject({
      'Informellt namn': 'Vatten och miljö',
      Land: 'Sverige',
      Typ: 'Inspektion eller tillsynsmyndighet',
    })
  })

  test('numbers that are no authority are not found', async () => {
    for (const path of ['0', '999999', '2147483648', 'abc', '1%00', '-1'])
      expect((await abroad.request('GET', `/authorities/${path}`)).status, path).toBeGreaterThanOrEqual(400)
    await abroad.visit('/authorities/999999', { status: 404 })
    await abroad.visit('/authorities/abc/classification', { status: 404 })
  })

  test('one that is to be validated is there for its managers only; a deactivated one for all', async () => {
    const waiting = await anAuthority(w.knex, { status: 'to validate' })
    const gone = await anAuthority(w.knex, { status: 'deactivated' })
    for (const tab of ['', '/classification', '/management', '/users'])
      await abroad.visit(`/authorities/${waiting.id}${tab}`, { status: 404 })
    expect((await manager.visit(`/authorities/${waiting.id}`)).text).toContain('To be validated')
    expect((await abroad.visit(`/authorities/${gone.id}`)).text).toContain('Deactivated')
  })
})

describe('the tab Classification', () => {
  test('names policy areas, economic activities and keywords in the language of the reader', async () => {
    const page = await abroad.visit(`/authorities/${id}/classification`)
    expect(page.details()).toMatchObject({
      'Policy areas': 'Education',
      'Keywords: Professional qualifications': expect.stringMatching(/Doctor.*Nurse/) as string,
    })
    expect(page.details()['Areas of economic activity']).toMatch(/water/i)
  })

  test('says so where there is none', async () => {
    const page = await abroad.visit(`/authorities/${nimic.id}/classification`)
    expect(page.details()).toMatchObject({ 'Policy areas': 'Not provided', Keywords: 'Not provided' })
  })
})

describe('the tabs', () => {
  test('are those that the person may open', async () => {
    const member = await w.signedIn(await aUser(w.knex, { id }))
    const administrator = await w.signedIn(await aUser(w.knex, { id }, { administrator: true }))
    const tabs = async (someone: Someone) => tabsOf(await someone.visit(`/authorities/${id}`))
    expect(await tabs(abroad)).toEqual(['Authority', 'Classification', 'Modules'])
    expect(await tabs(member)).toEqual(['Authority', 'Classification', 'Modules', 'Managing information'])
    const every = ['Authority', 'Classification', 'Modules', 'Managing information', 'Users']
    expect(await tabs(administrator)).toEqual(every)
    expect(await tabs(manager)).toEqual(every)
  })
})
