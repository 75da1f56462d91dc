import { cookieJar, type Cookie } from './cookies.ts'
import type { Entries } from './form-fill.ts'
import { urlencoded } from './form-send.ts'
import type { Answer, Site } from './http.ts'
import { exchange, open, submit, urlOf, type BrowserOptions, type Tab } from './navigation.ts'
import type { Expected, Page, Press } from './page.ts'

/** What a raw request may hold; `cookies: false` leaves those of the browser at home. */
export interface Raw {
  body?: Buffer | string | Record<string, string | string[]>
  headers?: Record<string, string | string[]>
  cookies?: boolean
}

export interface Someone {
  visit(path: string, expected?: Expected): Promise<Page>
  /** One request as it is, for hostile tests: no redirect followed, no rule checked. */
  request(method: string, path: string, raw?: Raw): Promise<Answer>
  /** Presses the button twice at once, as an impatient user does. */
  submitTwice(page: Page, button: string, entries?: Entries, press?: Press): Promise<[Page, Page]>
  /** A second browser with a copy of these cookies. Two tabs of one browser need none: keep two pages. */
  clone(): Someone
  cookies(): Cookie[]
}

/** A person at a browser without JavaScript. Every page they see must obey the rules in page-rules.ts. */
export function browser(site: Site, options: BrowserOptions = {}): Someone {
  return someone({ site, options, jar: cookieJar(() => options.clock?.now().getTime() ?? Date.now(), options.cookies) })
}

function someone(tab: Tab): Someone {
  return {
    visit: (path, expected = {}) => open(tab, path, expected),
    request: (method, path, raw) => rawRequest(tab, method, path, raw),
    async submitTwice(page, button, entries, press = {}) {
      const sent = page.prepared(button, entries, press)
      const from = await urlOf(tab, page.url)
      return Promise.all([submit(tab, sent, press, from), submit(tab, sent, press, from)])
    },
    clone: () => someone({ ...tab, jar: tab.jar.copy() }),
    cookies: () => tab.jar.list(),
  }
}

async function rawRequest(
  tab: Tab,
  method: string,
  path: string,
  { body, headers, cookies = true }: Raw = {},
): Promise<Answer> {
  const url = await urlOf(tab, '/')
  // Only to choose the cookies: what is sent is the path as it was given, were it no path at all.
  if (URL.canParse(path, url.href)) url.pathname = new URL(path, url).pathname
  const guest = { ...tab, jar: cookies ? tab.jar : cookieJar() }
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body))
    return exchange(guest, url, { method, path, headers, body })
  const pairs = Object.entries(body).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  )
  const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
  return exchange(guest, url, { method, path, headers: form, body: urlencoded(pairs) })
}
