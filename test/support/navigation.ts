import type { Cookie, CookieJar } from './cookies.ts'
import type { Submission } from './form-send.ts'
import { addressOf, isRedirect, send, type Answer, type Question, type Site } from './http.ts'
import { inspect, type SiteRules } from './inspection.ts'
import { pageOf, type Expected, type Page, type Redirect } from './page.ts'

export interface BrowserOptions extends SiteRules {
  /** The address people type, where a proxy stands before the site: 'https://imi.test' brings its Host, X-Forwarded-Proto and Secure cookies. */
  origin?: string
  /** Accept-Language. */
  language?: string
  /** Sent with every request. */
  headers?: Record<string, string>
  /** Cookies the browser has from the start. */
  cookies?: Cookie[]
  /** Lets cookies grow old with the clock of the test. */
  clock?: { now(): Date }
}

/** One browser: the site it looks at and what it keeps of it. */
export interface Tab {
  site: Site
  options: BrowserOptions
  jar: CookieJar
}

interface Ask {
  method: string
  url: URL
  headers: Record<string, string>
  body?: Buffer
}

/** Opens an address: typed by the person, or from a page. */
export async function open(tab: Tab, href: string, expected: Expected, from?: URL): Promise<Page> {
  const url = await urlOf(tab, href, from)
  return load(tab, { method: 'GET', url, headers: { ...sentFrom(from), ...expected.headers } }, expected)
}

/** Sends a form that stands on the page `from`. */
export async function submit(
  tab: Tab,
  { method, action, type, body }: Submission,
  expected: Expected,
  from: URL,
): Promise<Page> {
  const url = await urlOf(tab, action || from.pathname + from.search, from)
  const posted: Record<string, string> = method === 'POST' ? { origin: from.origin, 'content-type': type ?? '' } : {}
  return load(tab, { method, url, headers: { ...sentFrom(from), ...posted, ...expected.headers }, body }, expected)
}

/** The full address of a link. Fails when it leads away from the site. */
export async function urlOf({ site, options }: Tab, href: string, from?: URL): Promise<URL> {
  const home = options.origin ?? (await addressOf(site))
  const url = new URL(href, from ?? home)
  if (url.origin !== new URL(home).origin)
    throw new Error(`${from ? pathOf(from) : 'The test'} leads away from the site, to ${url.href}`)
  return url
}

/** One request with the cookies of this browser, which keeps those that the answer sets. */
export async function exchange({ site, options, jar }: Tab, url: URL, question: Question): Promise<Answer> {
  const cookie = jar.header(url)
  const headers = {
    host: url.host,
    ...(options.language && { 'accept-language': options.language }),
    ...(options.origin && { 'x-forwarded-proto': url.protocol.replace(':', '') }),
    ...(cookie && { cookie }),
    ...options.headers,
    ...question.headers,
  }
  const answer = await send(site, { ...question, headers })
  jar.store(answer.headers['set-cookie'] ?? [], url)
  return answer
}

/** Sends, follows redirects, and holds what comes against what is expected. */
async function load(tab: Tab, first: Ask, expected: Expected): Promise<Page> {
  const redirects: Redirect[] = []
  let asked = first
  let answer = await exchange(tab, asked.url, asQuestion(asked))
  while (expected.follow !== false && isRedirect(answer)) {
    const next = await redirected(tab, asked, answer)
    redirects.push({ status: answer.status, method: asked.method, from: pathOf(asked.url), to: pathOf(next.url) })
    if (redirects.length > 10)
      throw new Error(`The redirects do not end: ${redirects.map(({ from }) => from).join(' → ')}`)
    asked = next
    answer = await exchange(tab, asked.url, asQuestion(asked))
  }
  const { url, method } = asked
  const page = pageOf(
    answer,
    { method, url: pathOf(url), redirects },
    {
      open: (href, next) => open(tab, href, next, url),
      submit: (sent, next) => submit(tab, sent, next, url),
    },
  )
  inspect(page, answer, expected, tab.options)
  return page
}

async function redirected(tab: Tab, asked: Ask, answer: Answer): Promise<Ask> {
  const url = await urlOf(tab, answer.headers.location ?? '', asked.url)
  if (answer.status === 307 || answer.status === 308) return { ...asked, url }
  const { origin: _origin, 'content-type': _type, ...headers } = asked.headers
  return { method: 'GET', url, headers }
}

function asQuestion({ method, url, headers, body }: Ask): Question {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8'
  return {
    method,
    path: url.pathname + url.search,
    body,
    headers: { accept, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', ...headers },
  }
}

function sentFrom(from?: URL): Record<string, string> {
  return from
    ? { referer: from.origin + from.pathname + from.search, 'sec-fetch-site': 'same-origin' }
    : { 'sec-fetch-site': 'none' }
}

const pathOf = ({ pathname, search, hash }: URL) => pathname + search + hash
