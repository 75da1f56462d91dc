import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { allSent, confirmInActions, handInTooMany, release } from './held-steps.ts'
import { codeIsUsed, type Invited, inviteThree, readCode, registerWithCode, validate } from './invitation-steps.ts'
import { personAt } from './person.ts'
import { demo, readTemporaryPassword, signIn, signInForTheFirstTime } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

const invited = (name: string): Invited => {
  const domain = `${name.toLowerCase()}.example`
  const person = { givenName: 'Majken', familyName: 'Strand', email: `majken@${domain}` }
  return { name, address: `registrator@${domain}`, ...person }
}

const passes: [Look, Invited][] = [
  ['dark', invited('Rymdstyrelsen')],
  ['narrow', invited('Kustbevakningen')],
  ['no scripts', invited('Sametinget')],
]
const services = { sv: 'Tjänster – förfrågningar', en: 'Services – requests' }

describe.skipIf(missing)(`invitations in a real browser${missing ? `: ${missing}` : ''}`, () => {
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

  test.each(passes)(
    'three are invited, one registers, is validated and gets to work: %s',
    { timeout: 240_000 },
    async (look, wish) => {
      const coordinator = await personAt(browser, look, { ...site, language: 'sv' })
      await signIn(coordinator, demo('se-nimic'))
      await inviteThree(coordinator, wish)

      const visitor = await personAt(browser, look, { ...site, language: 'en' })
      const code = await readCode(visitor, wish)
      const username = await registerWithCode(visitor, wish, code)
      expect(username).toMatch(/^[a-z0-9]{8,}$/)
      await codeIsUsed(visitor, code)

      await validate(coordinator, wish, { module: services.sv, coordinator: 'Kommerskollegium' })
      for (const path of ['/invitations', '/invitations/import', '/registrations']) {
        await coordinator.page.goto(path)
        await coordinator.sees(await coordinator.page.getByRole('heading', { level: 1 }).innerText())
      }
      await coordinator.close()

      const temporary = await readTemporaryPassword(visitor, wish.email, username)
      await signInForTheFirstTime(visitor, temporary, { username, password: 'Lugn-sjo-84', code: 'Sommarhus-12' })
      await visitor.sees(visitor.t('home:title', { name: `${wish.givenName} ${wish.familyName}` }))
      expect(await visitor.page.locator('#my-roles').innerText()).toContain(services.en)
      await visitor.close()
    },
  )

  test.each<[Look, string]>([
    ['light', 'dk-nimic'],
    ['no scripts', 'ie-nimic'],
  ])('101 are held, confirmed, released and sent: %s', { timeout: 240_000 }, async (look, username) => {
    const domain = `${username}.example`
    const coordinator = await personAt(browser, look, site)
    await signIn(coordinator, demo(username))
    await handInTooMany(coordinator, domain)
    await confirmInActions(coordinator)

    const commission = await personAt(browser, look, site)
    await signIn(commission, demo('eu-admin'))
    await release(commission)
    await commission.close()
    await allSent(coordinator, domain)
    await coordinator.close()
  })
})
