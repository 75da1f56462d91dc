import { createServer } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, checkAxe, checkFits, unpackChromium, whyNoChromium, windowOf, type Look } from './chromium.ts'
import { addressOf } from './http.ts'
import { goodPage } from './little-site.ts'

const missing = await whyNoChromium()

const pages: Record<string, string> = {
  '/good': goodPage('Good', '<p>Åäö Ελλάδα България</p><script src="/script.js"></script>'),
  '/bad': goodPage('Bad', '<input name="a"><img src="/x.png">'),
  '/wide': goodPage('Wide', `<p>${'w'.repeat(200)}</p>`),
  '/script.js': 'document.querySelector("p").textContent = "Script was here"',
}
// axe must get in though nothing but the site's own scripts may run.
const POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'"

const server = createServer((request, response) => {
  const type = request.url?.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8'
  response
    .writeHead(200, { 'content-type': type, 'content-security-policy': POLICY })
    .end(pages[request.url ?? ''] ?? '')
})

describe.skipIf(missing)(`a real browser${missing ? `: ${missing}` : ''}`, () => {
  let browser: Browser
  let baseURL: string
  beforeAll(async () => {
    browser = await chromium()
    baseURL = await addressOf(server)
  })
  afterAll(async () => {
    await browser.close()
    server.close()
  })

  async function opened(path: string, look: Look = 'light') {
    const context = await windowOf(browser, look, { baseURL })
    const page = await context.newPage()
    await page.goto(path)
    return page
  }

  test.each<[Look, string]>([
    ['light', 'Script was here'],
    ['dark', 'Script was here'],
    ['narrow', 'Script was here'],
    ['no scripts', 'Åäö Ελλάδα България'],
    ['scripts blocked', 'Åäö Ελλάδα България'],
  ])('shows a page as people see it: %s', async (look, text) => {
    const page = await opened('/good', look)
    expect(await page.textContent('p')).toBe(text)
    if (look !== 'no scripts') await checkAxe(page)
    await page.context().close()
  })

  test('knows dark and narrow windows', async () => {
    const dark = await opened('/good', 'dark')
    expect(await dark.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(true)
    const narrow = await opened('/good', 'narrow')
    expect(await narrow.evaluate('innerWidth')).toBe(320)
    await checkFits(narrow)
    await expect(checkFits(await opened('/wide', 'narrow'))).rejects.toThrow(
      /wide is \d{4} pixels wide in a window of 320/,
    )
  })

  test('says what axe finds, and where', async () => {
    const failure = checkAxe(await opened('/bad'))
    await expect(failure).rejects.toThrow(/axe finds barriers on http:.*\/bad:/)
    await expect(failure).rejects.toThrow(/label \(critical\): .*\n {4}at input: <input name="a">/)
    await expect(failure).rejects.toThrow(/image-alt/)
  })

  test('is unpacked once', async () => {
    const [first, second] = await Promise.all([unpackChromium(), unpackChromium()])
    expect(first).toEqual(second)
  })
})
