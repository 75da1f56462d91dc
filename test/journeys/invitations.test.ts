import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { enter, follow, type Person, personAt, press } from './person.ts'
import { demo, signIn } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

const passes: [Look, string][] = [
  ['dark', 'Rymdstyrelsen'],
  ['narrow', 'Kustbevakningen'],
  ['no scripts', 'Sametinget'],
]

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
    'an authority is invited, registers, and is validated: %s',
    { timeout: 180_000 },
    async (look, name) => {
      const address = `registrator@${name.toLowerCase()}.example`
      const coordinator = await personAt(browser, look, { ...site, language: 'sv' })
      await signIn(coordinator, demo('se-nimic'))
      await coordinator.sees(coordinator.t('home:title', { name: 'Ingrid Lindqvist' }))
      await invite(coordinator, name, address)

      const visitor = await personAt(browser, look, { ...site, language: 'en' })
      const code = await readCode(visitor, address)
      const username = await register(visitor, name, code)
      expect(username).toMatch(/^[a-z0-9\s]{8,}$/)
      await again(visitor, code)
      await visitor.close()

      await validate(coordinator, name)
      await seesAt(coordinator, ['/invitations', '/invitations/import', '/registrations'])
      await coordinator.close()
    },
  )
})

async function invite(person: Person, name: string, address: string): Promise<void> {
  const { page, t } = person
  await page.goto('/invitations/new')
  await person.sees(t('invitations:new.title'))
  await press(person, t('invitations:new.submit'))
  await page.getByRole('link', { name: t('invitations:new.nothing') }).waitFor()
  await person.sees(t('invitations:new.title'))
  await page.locator('#email_1').fill(address)
  await page.locator('#name_1').fill(name)
  await page.locator('#language_1').selectOption('en')
  await page.locator('#email_2').fill('no address')
  await page.locator('#name_2').fill('Fel')
  await page.locator('#modules_1').check()
  await press(person, t('invitations:new.more'))
  await person.sees(t('invitations:new.title'))
  expect(await page.locator('#email_10').count()).toBe(1)
  await press(person, t('invitations:new.submit'))
  await page.waitForURL(/invitation-submissions/)
  await person.sees(await page.getByRole('heading', { level: 1 }).innerText())
  await follow(person, t('invitations:correction.title'))
  await person.sees(t('invitations:correction.title'))
}

async function readCode(person: Person, address: string): Promise<string> {
  const { page, t } = person
  const subject = t('emails:invitations/invitation.subject')
  await expect
    .poll(
      async () => {
        await page.goto('/dev/mailbox')
        return page.getByRole('row').filter({ hasText: address }).filter({ hasText: subject }).count()
      },
      { timeout: 15_000 },
    )
    .toBeGreaterThan(0)
  await page.getByRole('row').filter({ hasText: address }).getByRole('link').first().click()
  const text = await page.getByRole('main').innerText()
  return /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}/.exec(text)?.[0] ?? ''
}

/** The three steps, the summary, and the page with the username. */
async function register(person: Person, name: string, code: string): Promise<string> {
  const { page, t } = person
  await page.goto('/register')
  await person.sees(t('invitations:code.title'))
  await enter(person, { [t('invitations:code.label')]: code })
  await press(person, t('invitations:code.submit'))
  await person.sees(t('invitations:register.authority'))
  await page.locator('#officialName_sv').fill(name)
  await page.locator('#title_en').fill(`Agency of ${name}`)
  await page.locator('#street').fill('Box 1')
  await page.locator('#postalNumber').fill('111 22')
  await page.locator('#telephone').fill('+46 8 123 45 67')
  await page.locator('#email').fill(`kontakt@${name.toLowerCase()}.example`)
  await page.locator('#type').selectOption('agency')
  await page.getByLabel(t('authorities:level.national'), { exact: true }).check()
  await press(person, t('invitations:register.next'))
  await page.getByRole('link', { name: t('authorities:registration.city.missing') }).waitFor()
  await person.sees(t('invitations:register.authority'))
  await page.locator('#city').fill('Umeå')
  await press(person, t('invitations:register.next'))
  await person.sees(t('invitations:register.classification'))
  await press(person, t('invitations:register.next'))
  await person.sees(t('invitations:register.firstUser'))
  await page.locator('#givenName').fill('Majken')
  await page.locator('#familyName').fill('Strand')
  await page.locator('#userEmail').fill(`majken@${name.toLowerCase()}.example`)
  await page.locator('#userTelephone').fill('+46 70 123 45 67')
  await press(person, t('invitations:register.next'))
  await person.sees(t('invitations:register.summary'))
  await press(person, t('invitations:register.submit'))
  await person.sees(t('invitations:done.title'))
  return page.locator('.imi-secret__value').innerText()
}

/** The code is used: another browser learns nothing with it. */
async function again(person: Person, code: string): Promise<void> {
  const { page, t } = person
  await page.goto('/register')
  await enter(person, { [t('invitations:code.label')]: code })
  await press(person, t('invitations:code.submit'))
  await person.sees(t('invitations:refused.used.title'))
}

async function validate(person: Person, name: string): Promise<void> {
  const { page, t } = person
  await page.goto('/registrations')
  await person.sees(t('invitations:registrations.title'))
  await follow(person, name)
  await person.sees(t('invitations:registration.title', { name }))
  await press(person, t('invitations:registration.submit'))
  await person.sees(t('grants:give.title'))
}

async function seesAt(person: Person, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await person.page.goto(path)
    await person.sees(await person.page.getByRole('heading', { level: 1 }).innerText())
  }
}
