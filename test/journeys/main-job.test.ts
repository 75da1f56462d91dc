import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { personAt } from './person.ts'
import { demo, readTemporaryPassword, signIn, signInForTheFirstTime } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'
import { addressOf, findFromAbroad, grantModules, type Newcomer, register, searchInVain } from './steps.ts'

const missing = await whyNoChromium()

const passes: [Look, Newcomer][] = [
  [
    'light',
    {
      officialName: 'Elsäkerhetsverket',
      title: 'National Electrical Safety Board',
      foundBy: 'elsakerhet',
      domain: 'elsak.example',
      givenName: 'Sigrid',
      familyName: 'Blom',
      language: 'sv',
    },
  ],
  [
    'no scripts',
    {
      officialName: 'Boverket',
      title: 'Housing, building and planning',
      foundBy: 'housing',
      domain: 'boverket.example',
      givenName: 'Tove',
      familyName: 'Rask',
      language: 'en',
    },
  ],
  [
    'scripts blocked',
    {
      officialName: 'Sjöfartsverket',
      title: 'Maritime Administration',
      foundBy: 'SJÖFART',
      domain: 'sjofart.example',
      givenName: 'Ola',
      familyName: 'Ek',
      language: 'sv',
    },
  ],
]

const modules = {
  sv: ['Yrkeskvalifikationer – förfrågningar', 'Tjänster – förfrågningar'],
  en: ['Professional qualifications – requests', 'Services – requests'],
}

describe.skipIf(missing)(`the main job in a real browser${missing ? `: ${missing}` : ''}`, () => {
  let browser: Browser
  let site: DemoSite
  beforeAll(async () => {
    site = await demoSite()
    browser = await chromium()
  })
  afterAll(async () => {
    await browser.close()
    await site.close()
  })

  test.each(passes)('a new authority gets to work: %s', { timeout: 180_000 }, async (look, newcomer) => {
    const coordinator = await personAt(browser, look, { ...site, language: 'sv' })
    await signIn(coordinator, demo('se-nimic'))
    await coordinator.sees(coordinator.t('home:title', { name: 'Ingrid Lindqvist' }))
    await searchInVain(coordinator, newcomer)
    const username = await register(coordinator, newcomer)
    await grantModules(coordinator, newcomer, [
      { name: modules.sv[0] ?? '', coordinator: 'Universitets- och högskolerådet' },
      { name: modules.sv[1] ?? '', coordinator: 'Kommerskollegium' },
    ])
    await coordinator.close()

    const { language, givenName, familyName } = newcomer
    const firstUser = await personAt(browser, look, { ...site, language })
    const temporary = await readTemporaryPassword(firstUser, addressOf(newcomer), username)
    await signInForTheFirstTime(firstUser, temporary, { username, password: 'Lugn-sjo-84', code: 'Sommarhus-12' })
    await firstUser.sees(firstUser.t('home:title', { name: `${givenName} ${familyName}` }))
    for (const module of modules[language]) {
      const row = firstUser.page.locator('#my-roles').getByRole('row').filter({ hasText: module })
      expect(await row.innerText()).toContain(firstUser.t('home:role.handler'))
    }
    await firstUser.close()

    const abroad = await personAt(browser, look, site)
    await signIn(abroad, demo('dk-ufs'))
    await abroad.sees(abroad.t('home:title', { name: 'Kirsten Dam' }))
    await findFromAbroad(abroad, newcomer)
    await abroad.close()
  })
})
