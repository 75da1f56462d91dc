import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { personAt } from '../journeys/person.ts'
import { demo, signIn } from '../journeys/signing-in.ts'
import { demoSite, type DemoSite } from '../journeys/site.ts'
import { chromium, type Look, whyNoChromium } from '../support/chromium.ts'

const missing = await whyNoChromium()

describe.skipIf(missing)(`the pages that edit an authority${missing ? `: ${missing}` : ''}`, () => {
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

  test.each<Look>(['light', 'dark', 'narrow'])(
    'can be read in a window that is %s',
    { timeout: 180_000 },
    async look => {
      const person = await personAt(browser, look, { ...site, language: 'sv' })
      const { page } = person
      const seesAt = async (path: string) => {
        await page.goto(path)
        await person.sees(await page.getByRole('heading', { level: 1 }).innerText())
      }
      await signIn(person, demo('se-nimic'))
      await page.goto('/managed-authorities')
      await page.getByRole('row').filter({ hasText: 'Socialstyrelsen' }).getByRole('link').first().click()
      const authority = new URL(page.url()).pathname
      const pages = [
        '',
        '/edit',
        '/classification/edit',
        '/management',
        '/titles',
        '/keyword-proposals/new',
        '/access-management/removal',
      ]
      for (const tail of pages) await seesAt(`${authority}${tail}`)
      await seesAt('/keyword-proposals')
      await page.goto('/')
      const own = await page.locator('a[href^="/authorities/"][href$="/users"]').first().getAttribute('href')
      for (const tail of ['/linked-authorities?q=socialstyrelsen', '/linked-authorities/removal', '/confirmation'])
        await seesAt(`${own?.replace('/users', '')}${tail}`)
      await person.close()
    },
  )
})
