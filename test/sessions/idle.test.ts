import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { checkAxe, chromium, whyNoChromium, windowOf } from '../support/chromium.ts'
import { type AnAuthority, anAuthority, type AUser, aUser, PASSWORD, SECURITY_CODE } from '../support/factories.ts'
import { addressOf } from '../support/http.ts'

const missing = await whyNoChromium()
const MINUTE = 60_000

describe.skipIf(missing)(`somebody who pauses${missing ? `: ${missing}` : ''}`, () => {
  let browser: Browser
  let w: World
  let authority: AnAuthority
  beforeAll(async () => {
    w = await world()
    authority = await anAuthority(w.knex)
    browser = await chromium()
  })
  afterAll(async () => {
    await browser.close()
    await w.close()
  })

  /** A window whose clock stands where the application's stands, and a user in it with a half-written form. */
  async function typing(user: AUser): Promise<Page> {
    const context = await windowOf(browser, 'light', { baseURL: await addressOf(w.server), locale: 'en' })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    await page.clock.install({ time: w.clock.now() })
    await page.goto('/profile/edit')
    await signIn(page, user)
    await page.getByLabel('Family name').fill('Half-written')
    return page
  }

  /** Both clocks go on; the browser looks at its own every few seconds. */
  async function pause(page: Page, minutes: number): Promise<void> {
    w.clock.advance(minutes * MINUTE)
    await page.clock.runFor(minutes * MINUTE)
  }

  const dialog = (page: Page) => page.getByRole('dialog')

  test('is warned, goes on, and is not signed out', { timeout: 60_000 }, async () => {
    const user = await aUser(w.knex, authority)
    const page = await typing(user)
    await pause(page, 27)
    expect(await dialog(page).count()).toBe(0)
    await pause(page, 2)
    await dialog(page).getByRole('heading', { name: 'You will soon be signed out' }).waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Stay signed in')
    await checkAxe(page)
    const answer = page.waitForResponse('**/session/extension')
    await page.getByRole('button', { name: 'Stay signed in' }).click()
    expect((await answer).status()).toBe(204)
    await dialog(page).waitFor({ state: 'hidden' })
    expect(await page.getByLabel('Family name').inputValue()).toBe('Half-written')

    await pause(page, 20)
    expect(await dialog(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your data have been saved.').waitFor()
    expect(await w.knex('users').where({ id: user.id }).first('family_name')).toEqual({ family_name: 'Half-written' })
    await page.context().close()
  })

  test('is told when it is over, and gets what was typed back after signing in', { timeout: 60_000 }, async () => {
    const user = await aUser(w.knex, authority)
    const page = await typing(user)
    await pause(page, 31)
    await dialog(page).getByRole('heading', { name: 'You have been signed out' }).waitFor()
    await page.getByRole('button', { name: 'Back to the page' }).click()
    expect(await page.getByLabel('Family name').inputValue()).toBe('Half-written')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('What you typed is kept').waitFor()
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await signIn(page, user)
    await page.getByRole('button', { name: 'Go on with your form' }).click()
    await page.getByRole('heading', { level: 1, name: 'Edit my data' }).waitFor()
    expect(await page.getByLabel('Family name').inputValue()).toBe('Half-written')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your data have been saved.').waitFor()
    await page.context().close()
  })

  test('is not warned while working in another tab', { timeout: 60_000 }, async () => {
    const page = await typing(await aUser(w.knex, authority))
    await pause(page, 25)
    const other = await page.context().newPage()
    await other.goto('/profile')
    await pause(page, 20)
    expect(await dialog(page).count()).toBe(0)
    await page.context().close()
  })
})

async function signIn(page: Page, user: AUser): Promise<void> {
  await page.getByLabel('Username').fill(user.username)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { level: 1, name: 'Security code' }).waitFor()
  for (const field of await page.getByRole('main').locator('input[type=password]').all())
    await field.fill(SECURITY_CODE.charAt(Number(/\d+$/.exec((await field.getAttribute('name')) ?? '')?.[0]) - 1))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}
