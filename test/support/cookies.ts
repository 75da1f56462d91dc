export interface Cookie {
  name: string
  value: string
  path: string
  secure: boolean
  httpOnly: boolean
  sameSite?: string
  /** Milliseconds since 1970; undefined: until the browser is closed. */
  expires?: number
}

export interface CookieJar {
  /** Keeps what an answer sets, as Chromium does: `Secure` and `__Host-` need https, a date in the past deletes. */
  store(setCookie: string[], from: URL): void
  /** The Cookie header for a request to this address, undefined when there is none to send. */
  header(to: URL): string | undefined
  list(): Cookie[]
  copy(): CookieJar
}

/** The cookies of one browser for one host. `now` lets them grow old with the clock of the test. */
export function cookieJar(now: () => number = Date.now, kept: Cookie[] = []): CookieJar {
  const fresh = () => (kept = kept.filter(cookie => cookie.expires === undefined || cookie.expires > now()))
  return {
    store(setCookie, from) {
      for (const header of setCookie) {
        const cookie = readCookie(header, from, now())
        if (!allowed(cookie, from)) continue
        kept = [...kept.filter(other => other.name !== cookie.name || other.path !== cookie.path), cookie]
      }
    },
    header(to) {
      const sent = fresh().filter(cookie => covers(cookie.path, to.pathname) && (!cookie.secure || isHttps(to)))
      sent.sort((a, b) => b.path.length - a.path.length)
      return sent.length > 0 ? sent.map(({ name, value }) => `${name}=${value}`).join('; ') : undefined
    },
    list: () => fresh().map(cookie => ({ ...cookie })),
    copy: () =>
      cookieJar(
        now,
        fresh().map(cookie => ({ ...cookie })),
      ),
  }
}

function readCookie(header: string, from: URL, now: number): Cookie {
  const [pair = '', ...rest] = header.split(';').map(part => part.trim())
  const flags = new Map(rest.map(part => split(part)).map(([name, value]) => [name.toLowerCase(), value]))
  const [name, value] = split(pair)
  const path = flags.get('path')
  return {
    name,
    value,
    path: path?.startsWith('/') ? path : from.pathname.replace(/\/[^/]*$/, '') || '/',
    secure: flags.has('secure'),
    httpOnly: flags.has('httponly'),
    sameSite: flags.get('samesite'),
    expires: expiry(flags, now),
  }
}

function expiry(flags: Map<string, string>, now: number): number | undefined {
  const age = flags.get('max-age')
  if (age !== undefined && /^-?\d+$/.test(age)) return now + Number(age) * 1000
  const date = Date.parse(flags.get('expires') ?? '')
  return Number.isNaN(date) ? undefined : date
}

function allowed(cookie: Cookie, from: URL): boolean {
  if (cookie.secure && !isHttps(from)) return false
  if (cookie.name.startsWith('__Secure-')) return cookie.secure
  return !cookie.name.startsWith('__Host-') || (cookie.secure && cookie.path === '/')
}

function split(part: string): [string, string] {
  const equals = part.indexOf('=')
  return equals < 0 ? [part, ''] : [part.slice(0, equals).trim(), part.slice(equals + 1).trim()]
}

const isHttps = (url: URL) => url.protocol === 'https:'

const covers = (path: string, asked: string) =>
  asked === path || asked.startsWith(path.endsWith('/') ? path : `${path}/`)
