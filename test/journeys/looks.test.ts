import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'
import { personAt, press } from './person.ts'
import { demo, signIn } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

/** What is done to an authority, a module and a user, each on a page of its own. */
const editing = ['edit', 'classification/edit', 'users/new', 'delegation']
const ofGrant = ['settings', 'coordinators', 'suspension', 'role']
const ofUser = ['', '/roles', '/replacement', '/deletion']
const own = ['/profile', '/profile/email', '/profile/sessions', '/profile/rights', '/profile/rights/report']
const lists = ['/deletions', '/delegations', '/invitations', '/keyword-proposals']

const forStrangers = ['/help/access', '/help/data-protection', '/dev/mailbox']

describe.skipIf(missing)(`the main pages in a real browser${missing ? `: ${missing}` : ''}`, () => {
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

  test.each<Look>(['dark', 'narrow'])('can be read in a window that is %s', { timeout: 240_000 }, async look => {
    const person = await personAt(browser, look, { ...site, language: 'sv' })
    const { page, t } = person
    const seesAt = async (path: string) => {
      await page.goto(path)
      await person.sees(await page.getByRole('heading', { level: 1 }).innerText())
    }
    for (const path of forStrangers) await seesAt(path)
    await signIn(person, demo('se-nimic'))
    await person.sees(t('home:title', { name: 'Ingrid Lindqvist' }))
    await seesAt('/managed-authorities')
    await page.getByRole('row').filter({ hasText: 'Socialstyrelsen' }).getByRole('link').first().click()
    await person.sees('Socialstyrelsen')
    const authority = new URL(page.url()).pathname
    for (const tab of ['classification', 'modules', 'management', 'users']) await seesAt(`${authority}/${tab}`)
    for (const path of ['/authorities', `${authority}/modules/new?module=2`, '/help/people', '/password'])
      await seesAt(path)
    for (const path of [...own, ...lists, ...editing.map(page => `${authority}/${page}`)]) await seesAt(path)
    await page.goto(`${authority}/modules`)
    const grant = await firstPath(page, /^\/grants\/\d+/)
    for (const act of ofGrant) await seesAt(`${grant}/${act}`)
    await page.goto(`${authority}/users`)
    const user = await firstPath(page, /^\/users\/\d+/)
    for (const act of ofUser) await seesAt(`${user}${act}`)
    await seesAt('/authorities/registration')
    await press(person, t('authorities:registration.submit'))
    await page.getByRole('link', { name: t('authorities:registration.city.missing') }).waitFor()
    await person.sees(t('authorities:registration.title'))
    await person.close()
  })
})

/** The beginning of the first link on the page that leads to such a place. */
async function firstPath(page: Page, place: RegExp): Promise<string> {
  for (const link of await page.getByRole('main').getByRole('link').all()) {
    const [path] = place.exec((await link.getAttribute('href')) ?? '') ?? []
    if (path) return path
  }
  throw new Error(`No link on ${page.url()} leads to ${place.source}`)
}
