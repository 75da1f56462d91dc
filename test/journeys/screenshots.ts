import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { DEMO_PASSWORD, DEMO_SECURITY_CODE } from '../../seeds/demo/load.ts'
import { startApp } from '../bench/servers.ts'
import { chromium, windowOf } from '../support/chromium.ts'

/** `npm run screenshots`: the pictures of README, taken anew from the demo world. */
const PICTURES = join(import.meta.dirname, '../../docs/pictures')
const VAR = join(import.meta.dirname, '../../var/screenshots')

/** Each picture: its name, its page, how it is looked at. All as the Irish national coordinator, who reads English. */
const wanted = [
  { name: 'home', path: '/', look: 'light' },
  { name: 'managed-authorities', path: '/managed-authorities', look: 'light' },
  { name: 'search', path: '/authorities?q=qualifications', look: 'light' },
  { name: 'modules', path: '/authorities?country=IE', follow: /barrister|bar$|King/i, tab: 'Modules', look: 'light' },
  { name: 'registration', path: '/authorities/registration', look: 'dark' },
  { name: 'narrow', path: '/managed-authorities', look: 'narrow' },
] as const

rmSync(VAR, { recursive: true, force: true })
mkdirSync(PICTURES, { recursive: true })
const app = await startApp({ VAR_DIR: VAR })
const browser = await chromium()
try {
  for (const picture of wanted) await take(picture)
} finally {
  await browser.close()
  await app.stop()
}

async function take(picture: (typeof wanted)[number]): Promise<void> {
  const context = await windowOf(browser, picture.look, { baseURL: `http://127.0.0.1:${app.port}` })
  const page = await context.newPage()
  await signIn(page)
  await page.goto(picture.path)
  if ('follow' in picture) {
    await page.getByRole('table').getByRole('link', { name: picture.follow }).first().click()
    await page.getByRole('link', { name: picture.tab, exact: true }).click()
  }
  await page.screenshot({ path: join(PICTURES, `${picture.name}.png`) })
  await context.close()
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Username').fill('ie-nimic')
  await page.getByLabel('Password').fill(DEMO_PASSWORD)
  await page.getByRole('main').getByRole('button').first().click()
  for (const field of await page.getByRole('main').locator('input[type=password]').all()) {
    const position = Number(/\d+$/.exec((await field.getAttribute('name')) ?? '')?.[0])
    await field.fill(DEMO_SECURITY_CODE.charAt(position - 1))
  }
  await page.getByRole('main').getByRole('button').first().click()
  await page.waitForURL('/')
}
