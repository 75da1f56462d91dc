import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/routes.ts'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, aUser } from '../support/factories.ts'
import type { Someone } from '../support/browser.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 4)

let w: World
let someone: Someone
let token: string
beforeAll(async () => {
  w = await world()
  const national = await aNationalCoordinator(w.knex, 'SE')
  const user = await aUser(w.knex, national, { administrator: true, dataAdministrator: 'all' })
  someone = await w.signedIn(user)
  const page = await someone.visit('/')
  token = /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
})
afterAll(() => w.close())

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\0',
    '%00',
    '%',
    '%c0%af',
    '-1',
    '0',
    '2147483648',
    '9'.repeat(40),
    "'; drop table users --",
    '<b>',
    '../..',
    '\ud800',
    '1e3',
    '__proto__',
  ),
)
const fields = fc.dictionary(
  fc.oneof(
    fc.constantFrom('q', 'after', 'before', 'country', 'module', 'email', '_once', '__proto__', 'languages'),
    nasty,
  ),
  nasty,
  { maxKeys: 6 },
)
const encoded = (values: Record<string, string>): string =>
  Object.entries(values)
    .map(([name, value]) => `${safe(name)}=${safe(value)}`)
    .join('&')
const safe = (text: string): string => encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '\ufffd'))

describe('any bytes get an answer below 500', () => {
  // Signing out would end the visit of the other tests.
  const tried = routes({ mode: 'demo' }).filter(({ path }) => path !== '/session/end')

  test.each(tried.map(({ method, path }) => [method.toUpperCase(), path] as const))('%s %s', async (method, path) => {
    await fc.assert(
      fc.asyncProperty(nasty, fields, fields, async (id, query, body) => {
        const address = `${path.replace(/:\w+/g, () => safe(id))}?${encoded(query)}`
        const posted =
          method === 'POST'
            ? {
                body: `_csrf=${token}&${encoded(body)}`,
                headers: { 'content-type': 'application/x-www-form-urlencoded' },
              }
            : {}
        const answer = await someone.request(method, address, posted)
        expect(answer.status, `${method} ${address}`).toBeLessThan(500)
      }),
      { numRuns: RUNS },
    )
  })

  test('raw bytes in path, body, cookie and headers', async () => {
    const raw = fc.uint8Array({ maxLength: 80 })
    await fc.assert(
      fc.asyncProperty(raw, nasty, async (bytes, text) => {
        const header = safe(text).slice(0, 200)
        const answer = await someone.request('POST', '/session', {
          body: Buffer.from(bytes),
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            cookie: `imi=${header}; imi-visitor=${header}`,
            'accept-language': header,
          },
          cookies: false,
        })
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: RUNS * 5 },
    )
  })

  test('a broken escape in the path, a huge body, an unknown method', async () => {
    expect((await someone.request('GET', '/authorities/%E0%A4%A')).status).toBe(400)
    expect(
      (
        await someone.request('POST', '/session', {
          body: `a=${'x'.repeat(600_000)}`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
      ).status,
    ).toBe(413)
    expect((await someone.request('DELETE', '/authorities')).status).toBe(404)
  })
})
