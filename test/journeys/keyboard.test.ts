import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, whyNoChromium } from '../support/chromium.ts'
import { type Person, personAt } from './person.ts'
import { type Account, characterFor, choice, demo } from './signing-in.ts'
import { demoSite, type DemoSite } from './site.ts'

const missing = await whyNoChromium()

describe.skipIf(missing)(`with the keyboard alone${missing ? `: ${missing}` : ''}`, () => {
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

  test('somebody chooses a password, signs out and signs in again', { timeout: 60_000 }, async () => {
    const person = await personAt(browser, 'light', { ...site, language: 'sv' })
    const { page, t } = person
    // New at Universitets- och högskolerådet: the password of the demo is a temporary one here.
    const account: Account = { username: 'p3zkd7vy', password: 'Lugn-sjo-84', code: 'Sommarhus-12' }
    await page.goto('/')
    await typePassword(person, account.username, demo('').password)
    await seen(person, t('passwords:first.title'))
    for (const [label, text] of Object.entries(choice(person, account))) await type(person, label, text)
    await page.keyboard.press('Enter')

    await seen(person, t('home:title', { name: 'Leila Karimi' }))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter') // the link to the main content
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await tabTo(person, page.getByRole('button', { name: t('layout:signOut') }))
    await page.keyboard.press('Enter')

    await seen(person, t('sessions:signIn.title'))
    await typePassword(person, account.username, account.password)
    await seen(person, t('sessions:code.title'))
    for (const field of await page.getByRole('main').locator('input[type=password]').all()) {
      await tabTo(person, field)
      await page.keyboard.type(characterFor(await field.getAttribute('name'), account.code))
    }
    await page.keyboard.press('Enter')
    await seen(person, t('home:title', { name: 'Leila Karimi' }))
    await person.close()
  })
})

async function typePassword(person: Person, username: string, password: string): Promise<void> {
  const { page, t } = person
  await type(person, t('sessions:signIn.username'), username)
  await type(person, t('sessions:signIn.password'), password)
  await tabTo(person, page.getByRole('button', { name: t('sessions:signIn.submit') }))
  await page.keyboard.press('Enter')
}

async function type(person: Person, label: string, text: string): Promise<void> {
  await tabTo(person, person.page.getByLabel(label, { exact: true }))
  await person.page.keyboard.type(text)
}

/** Presses Tab until this is in focus, and says that one sees it there. */
async function tabTo({ page }: Person, target: Locator): Promise<void> {
  const focused = page.locator(':focus').and(target)
  for (let presses = 0; presses < 60 && (await focused.count()) === 0; presses += 1) await page.keyboard.press('Tab')
  expect(await focused.count(), `Tab does not lead to ${target.toString()}`).toBe(1)
  const outline = await page.evaluate<string>(
    'getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow',
  )
  expect(outline, `${target.toString()} does not show that it is in focus`).not.toBe('nonenone')
}

const seen = ({ page }: Person, heading: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
