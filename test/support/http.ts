import { createServer, request, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test browser can open: an app, a server (started if it is not), or the address of one that runs. */
export type Site = RequestListener | Server | string

export interface Question {
  method: string
  /** Sent as it is: a hostile path stays hostile. */
  path: string
  headers?: Record<string, string | string[]>
  body?: Buffer | string
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  text: string
}

/** Sends one HTTP request and waits for the whole answer. Fails after 30 seconds with a sentence. */
export async function send(site: Site, { method, path, headers = {}, body = '' }: Question): Promise<Answer> {
  const { hostname, port } = new URL(await addressOf(site))
  const bytes = Buffer.from(body)
  const length = bytes.length > 0 || method === 'POST' ? { 'content-length': String(bytes.length) } : {}
  return new Promise((resolve, reject) => {
    // A connection for each request: none is left over that a server on its way down would wait for.
    const asked = request({ hostname, port, method, path, agent: false, headers: { ...length, ...headers } })
    asked.on('response', response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const all = Buffer.concat(parts)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: all, text: all.toString('utf8') })
      })
    })
    asked.on('error', reject)
    asked.setTimeout(60_000, () => asked.destroy(new Error(`${method} ${path} was not answered within a minute`)))
    asked.end(bytes)
  })
}

const started = new WeakMap<RequestListener | Server, Promise<string>>()

/** The address at which the site answers; an app or a server at rest is started once, on a free port of this machine. */
export async function addressOf(site: Site): Promise<string> {
  if (typeof site === 'string') return site
  if ('listening' in site && site.listening) return urlOf(site)
  const address = started.get(site) ?? start('listening' in site ? site : createServer(site))
  started.set(site, address)
  return address
}

function start(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(urlOf(server)))
    // A test that forgets to close it still ends.
    server.unref()
  })
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

/** Whether the answer sends the browser to another address. */
export const isRedirect = ({ status, headers }: Answer) =>
  [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined
