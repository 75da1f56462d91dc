import type { IncomingHttpHeaders, RequestListener } from 'node:http'

export interface Asked {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Given {
  status?: number
  headers?: Record<string, string | string[]>
  body?: string
}

/** A site of a few pages to try the test browser on: 'POST /names' → what it answers. */
export function littleSite(
  pages: Record<string, string | Given | ((asked: Asked) => string | Given)>,
): RequestListener {
  return (request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const found = pages[`${method} ${url.replace(/[?].*/, '')}`] ?? { status: 404, body: goodPage('Page not found') }
      const given =
        typeof found === 'function' ? found({ method, url, headers, body: Buffer.concat(parts).toString() }) : found
      const { status = 200, headers: more = {}, body = '' } = typeof given === 'string' ? { body: given } : given
      response.writeHead(status, { ...GOOD_HEADERS, ...more }).end(body)
    })
  }
}

/** A page that obeys every rule, around this content. */
export function goodPage(heading: string, content = '', title = `${heading} – Open IMI`): string {
  return `<!doctype html>
<html lang="en"><head><title>${title}</title></head>
<body><main id="main"><h1>${heading}</h1>${content}</main></body></html>`
}

/** An answer that sends the browser elsewhere. */
export const redirect = (status: number, location: string): Given => ({ status, headers: { location } })

const GOOD_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}
