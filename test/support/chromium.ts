import { AxeBuilder } from '@axe-core/playwright'
import {
  chromium as playwright,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'
import { isPackedHere, unpackChromium } from './chromium-files.ts'

export { unpackChromium } from './chromium-files.ts'

/** Why there is no browser here, to be said where the journeys are skipped; undefined when there is one. */
export async function whyNoChromium(): Promise<string | undefined> {
  if (isPackedHere) return undefined
  const started = await installed().catch(() => undefined)
  await started?.close()
  return started
    ? undefined
    : `No Chromium is packed for ${process.platform} ${process.arch}, and no Chrome is installed`
}

/** A real browser: the packed one on Linux x64, an installed Chrome elsewhere. */
export async function chromium(): Promise<Browser> {
  if (!isPackedHere) return installed()
  const { executablePath, env } = await unpackChromium()
  // The package's own arguments hold --single-process and --disable-web-security: not a browser as people have it.
  return playwright.launch({ executablePath, args: ['--no-sandbox'], env: { ...process.env, ...env } })
}

/** The ways in which people look at a page. */
export const looks = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 } },
  'no scripts': { javaScriptEnabled: false },
  // Scripts are switched on for axe, which needs them; those of the site do not arrive.
  'scripts blocked': {},
} as const satisfies Record<string, BrowserContextOptions>

export type Look = keyof typeof looks

/** A window of its own, without cookies, in which pages look like that. `baseURL` lets the test say paths. */
export async function windowOf(
  browser: Browser,
  look: Look,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...looks[look],
    ...options,
  })
  if (look === 'scripts blocked') {
    await context.route('**/*', route =>
      route.request().resourceType() === 'script' ? route.abort() : route.fallback(),
    )
  }
  return context
}

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** Fails when axe finds a barrier on the page: says which, where, and how to mend it. Not for windows with 'no scripts', where axe hangs. */
export async function checkAxe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(LEVELS).setLegacyMode().analyze()
  const findings = violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(
      ({ target, html, failureSummary = '' }) =>
        `${id} (${impact ?? 'minor'}): ${help}\n    at ${target.join(' ')}: ${html.slice(0, 200)}\n    ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  )
  if (findings.length > 0) throw new Error(`axe finds barriers on ${page.url()}:\n- ${findings.join('\n- ')}`)
}

/** Fails when the page must be scrolled sideways to be read. */
export async function checkFits(page: Page): Promise<void> {
  const [wide = 0, seen = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  if (wide > seen) throw new Error(`${page.url()} is ${wide} pixels wide in a window of ${seen}`)
}

// Edge is a Chromium as well, and often the only one.
const installed = () => playwright.launch({ channel: 'chrome' }).catch(() => playwright.launch({ channel: 'msedge' }))
