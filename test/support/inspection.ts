import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseHtml } from './html.ts'
import { isRedirect, type Answer } from './http.ts'
import type { Expected, Page } from './page.ts'
import { faultsOf, type RuleName } from './page-rules.ts'

export interface SiteRules {
  /** Locale namespaces to look for in texts; those of locales/en unless given. */
  namespaces?: string[]
  /** Rules that no page of this site need obey. */
  except?: RuleName[]
}

/** Holds a page against what the test expects and against the rules of every page. Fails with sentences that name the URL. */
export function inspect(page: Page, answer: Answer, expected: Expected, site: SiteRules): void {
  const { status = 200, type = 'text/html', to, except = [] } = expected
  const fail = (what: string) => {
    const way = page.redirects.map(({ from, method }) => `${method} ${from} → `).join('')
    throw new Error(`${way}${page.method} ${page.url} ${what}`)
  }
  if (page.status !== status) fail(`answered ${page.status} instead of ${status}: ${excerpt(page)}`)
  if (to !== undefined && !(typeof to === 'string' ? page.url === to : to.test(page.url)))
    fail(`is not ${String(to)}, where it should end`)
  if (isRedirect(answer)) return
  const { 'content-type': given = '' } = page.headers
  if (!given.startsWith(type)) fail(`is of type '${given}', not '${type}'`)
  const faults = type === 'text/html' ? faultsOf(seen(answer, site), [...except, ...(site.except ?? [])]) : []
  if (faults.length > 0) fail(`breaks the rules of every page:\n- ${faults.join('\n- ')}`)
}

const seen = (answer: Answer, { namespaces = ourNamespaces() }: SiteRules) => ({
  answer,
  html: parseHtml(answer.text),
  namespaces,
})

/** The namespaces of the locale files: what stands before the colon of a key. */
function ourNamespaces(folder = join(import.meta.dirname, '../../locales/en')): string[] {
  return existsSync(folder) ? readdirSync(folder).map(file => file.replace(/[.]json$/, '')) : []
}

const excerpt = ({ h1, text }: Page) => `${h1 ? `'${h1}' – ` : ''}${text.slice(0, 400)}`
