import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { loadTexts, type OfferedLanguage, type Translate, translatorsOf } from '../../src/platform/i18n/i18n.ts'
import { checkAxe, checkFits, type Look, windowOf } from '../support/chromium.ts'

const translators = translatorsOf(loadTexts({ strict: true }))

/** How the pages are built in which axe has found nothing: in another with other words only it would find nothing either. */
const flawless = new Set<string>()

/** The markup of the page, every text as x and every number as 0. */
const BUILD = `document.documentElement.outerHTML
  .replace(/>[^<]*[^<\\s][^<]*</g, '>x<')
  .replace(/ value="[^"]+"/g, ' value="x"')
  .replace(/\\d+/g, '0')`

/** Somebody at a window of their own. */
export interface Person {
  page: Page
  /** The language in which the interface speaks to them, and its texts. */
  language: OfferedLanguage
  t: Translate
  /** Says that the page with this heading has come, and inspects it. */
  sees(heading: string): Promise<void>
  close(): Promise<void>
}

/** Opens a window in which pages look like that, for somebody whose browser asks for this language. */
export async function personAt(
  browser: Browser,
  look: Look,
  { baseURL, language = 'en' }: { baseURL: string; language?: OfferedLanguage },
): Promise<Person> {
  const context = await windowOf(browser, look, { baseURL, locale: language })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const broken: string[] = []
  const inspected = new Set<string>()
  page.on('pageerror', error => broken.push(String(error)))
  page.on('response', answer => {
    if (answer.status() >= 500) broken.push(`${answer.status()} ${answer.url()}`)
  })
  return {
    page,
    language,
    t: translators[language],
    async sees(heading) {
      await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
      expect(await page.title(), page.url()).toContain(heading)
      expect(broken, page.url()).toEqual([])
      await checkFits(page)
      if (look === 'no scripts') return
      // Without the site's scripts only what is drawn anew can have changed: each page once.
      if (look === 'scripts blocked' && inspected.has(heading)) return
      inspected.add(heading)
      const build = `${look} ${await page.evaluate<string>(BUILD)}`
      if (flawless.has(build)) return
      await checkAxe(page)
      flawless.add(build)
    },
    close: () => context.close(),
  }
}

/** Presses the button with this text, or follows the link, in the main part of the page. */
export const press = (person: Person, label: string): Promise<void> => inMain(person, 'button', label).click()
export const follow = (person: Person, label: string): Promise<void> => inMain(person, 'link', label).click()

const inMain = ({ page }: Person, role: 'button' | 'link', name: string) =>
  page.getByRole('main').getByRole(role, { name, exact: true })

/** Fills fields by what stands above them. */
export async function enter({ page }: Person, entries: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(entries)) await page.getByLabel(label, { exact: true }).fill(text)
}
