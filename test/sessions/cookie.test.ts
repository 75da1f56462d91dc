import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { makeLog } from '../../src/platform/log.ts'
import { sign } from '../../src/platform/secrets.ts'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, anAuthority, type AUser, aUser, PASSWORD } from '../support/factories.ts'
import { type Answer, type Site, send } from '../support/http.ts'
import { sessionCookie } from '../support/session-cookie.ts'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
afterAll(() => w.close())

/** Where the cookie of a visitor holds `visitor`, the right username and password, from another host if there is one. */
function enter(site: Site, { username }: AUser, visitor: string): Promise<Answer> {
  const fields = { _csrf: sign(w.config.keys, 'somebody', 'csrf'), username, password: PASSWORD, next: '', typed: '' }
  const headers = { cookie: `${visitor}=somebody`, 'content-type': 'application/x-www-form-urlencoded' }
  return send(site, { method: 'POST', path: '/session', headers, body: new URLSearchParams(fields).toString() })
}

test('strangers get no session: neither a cookie nor a row', async () => {
  const stranger = w.stranger()
  await stranger.visit('/')
  await stranger.request('GET', '/authorities')
  await stranger.request('GET', '/no-such-page')
  expect(stranger.cookies().map(({ name }) => name)).not.toContain('imi')
  expect(await w.knex('sessions')).toEqual([])
})

test('over plain http the cookie is imi, for the whole site and out of reach of scripts', async () => {
  const answer = await enter(w.server, await aUser(w.knex, authority), 'imi-visitor')
  expect(answer.status).toBe(303)
  expect(answer.headers['set-cookie']).toEqual([
    expect.stringMatching(/^imi=s%3A[\w-]{43}\.[\w%]+; Path=\/; HttpOnly; SameSite=Lax$/),
  ])
})

test('over https it is bound to the host and sent over https only, though the proxy does not say what it speaks', async () => {
  const { db, clock } = w
  const config = { ...w.config, baseUrl: 'https://imi.example' }
  const secure = buildApp({ config, db, clock, log: makeLog('error'), ready: () => Promise.resolve(true) })
  const answer = await enter(secure, await aUser(w.knex, authority), '__Host-imi-visitor')
  expect(answer.status).toBe(303)
  expect(answer.headers['set-cookie']).toEqual([
    expect.stringMatching(/^__Host-imi=s%3A[\w-]{43}\.[\w%]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ])
})

test('a cookie that another key signed, or that nobody did, is nobody’s', async () => {
  const user = await aUser(w.knex, authority)
  const known = await w.signedIn(user)
  const { value } = known.cookies()[0] ?? { value: '' }
  const [, id = ''] = /^s%3A([^.]+)\./.exec(value) ?? []
  const forged = createHmac('sha256', 'guessed').update(id).digest('base64').replace(/=+$/, '')
  const as = (cookie: string) =>
    send(w.server, { method: 'GET', path: '/profile', headers: { cookie: `imi=${cookie}` } })
  expect((await as(value)).status).toBe(200)
  for (const cookie of [id, `s:${id}`, encodeURIComponent(`s:${id}.${forged}`), `${value}x`])
    expect((await as(cookie)).headers.location).toMatch(/^\/\?next=/)
})

test('a cookie that an earlier key signed still counts', async () => {
  const { db, clock, config } = w
  const keys = { current: 'k2', keys: { k2: Buffer.alloc(32, 9), ...config.keys.keys } }
  const later = buildApp({
    config: { ...config, keys },
    db,
    clock,
    log: makeLog('error'),
    ready: () => Promise.resolve(true),
  })
  const [held] = (await w.signedIn(await aUser(w.knex, authority))).cookies()
  const visit = { method: 'GET', path: '/profile', headers: { cookie: `imi=${held?.value}` } }
  expect((await send(later, visit)).status).toBe(200)
  expect(sessionCookie(keys, 'id')).not.toBe(sessionCookie(config.keys, 'id'))
})

test('a running visit is written down once a minute, not at every click', async () => {
  const user = await aUser(w.knex, authority)
  const someone = await w.signedIn(user)
  const seen = async () => (await w.knex('sessions').where({ user_id: user.id }).first()).seen_at as Date
  const opened = w.clock.now()
  w.clock.advance(59_000)
  await someone.visit('/')
  expect(await seen()).toEqual(opened)
  w.clock.advance(1_000)
  await someone.visit('/')
  expect(await seen()).toEqual(w.clock.now())
})
