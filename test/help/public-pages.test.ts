import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, anAuthority, aUser, type AUser } from '../support/factories.ts'

let w: World
let person: AUser
beforeAll(async () => {
  w = await world({ mailFrom: 'IMI <no-reply@imi.example.eu>' })
  const sweden = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium', email: 'imi@nimic.test' })
  await aNationalCoordinator(w.knex, 'AT', { officialName: 'Bundesministerium', language: 'de' })
  await aNationalCoordinator(w.knex, 'DK', { officialName: 'Tidligere Styrelse', status: 'deactivated' })
  await anAuthority(w.knex, { officialName: 'Socialstyrelsen' })
  person = await aUser(w.knex, sweden, { administrator: true, familyName: 'Lindqvist' })
})
afterAll(() => w.close())

const pages = [
  ['/help/access', 'How to get access', 'Så får du tillgång'],
  ['/help/forgotten', 'I cannot sign in', 'Jag kan inte logga in'],
  ['/help/data-protection', 'Data protection', 'Dataskydd'],
  ['/help/accessibility', 'Accessibility statement', 'Tillgänglighetsredogörelse'],
  ['/help/training', 'Training environment', 'Utbildningsmiljö'],
] as const

describe.each(pages)('%s', (path, english, swedish) => {
  test('is read by strangers in their language', async () => {
    const page = await w.stranger('en').visit(path)
    expect([page.lang, page.h1]).toEqual(['en', english])
    const sida = await w.stranger('sv-SE,sv;q=0.9').visit(path)
    expect([sida.lang, sida.h1]).toEqual(['sv', swedish])
  })

  test('leads strangers back to the sign-in page and to the other pages', async () => {
    const page = await w.stranger('en').visit(path)
    expect(page.link('Sign in').href).toBe('/')
    for (const [other, title] of pages) if (other !== path) expect(page.link(title).href).toBe(other)
  })

  test('leads users to those who can help them', async () => {
    const page = await (await w.signedIn(person)).visit(path)
    expect(page.link('Who can help me?').href).toBe('/help/people')
  })

  test('names no person and no other authority', async () => {
    const { html } = await w.stranger('en').visit(path)
    for (const secret of ['Lindqvist', person.email, person.username, 'Socialstyrelsen'])
      expect(html).not.toContain(secret)
  })
})

describe('how to get access', () => {
  test('lists the national coordinators with contact data, by the country in the reader’s language', async () => {
    const page = await w.stranger('sv').visit('/help/access')
    expect(page.table('Nationella IMI-samordnare')).toMatchObject([
      { Land: 'Sverige', 'Nationell IMI-samordnare': 'Kommerskollegium', 'E-postadress': 'imi@nimic.test' },
      { Land: 'Österrike', 'Nationell IMI-samordnare': 'Bundesministerium' },
    ])
    expect(page.link('imi@nimic.test').href).toBe('mailto:imi@nimic.test')
  })

  test('leaves out a deactivated one', async () => {
    const page = await w.stranger('en').visit('/help/access')
    expect(page.text).not.toContain('Tidligere Styrelse')
    expect(page.text).not.toContain('Denmark')
  })
})

describe('I cannot sign in', () => {
  test('answers each question with whom to ask', async () => {
    const page = await w.stranger('en').visit('/help/forgotten')
    expect(page.headings).toEqual(
      expect.arrayContaining([
        'I have forgotten my username',
        'I have forgotten my password or my security code',
        'I am blocked',
        'I have not received the e-mail',
      ]),
    )
    expect(page.link('contact data of the national coordinators').href).toBe('/help/access#national-coordinators')
  })

  test('names the domain that the e-mails come from', async () => {
    const page = await w.stranger('en').visit('/help/forgotten')
    expect(page.text).toContain('“imi.example.eu”')
  })
})
