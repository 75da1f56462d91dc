import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { foldWords } from '../../src/authorities/index.ts'
import { fingerprint, type Keyring, sign } from '../../src/platform/secrets.ts'
import { editValues } from '../../src/authorities/editing/forms.ts'
import { findRecord } from '../../src/authorities/editing/queries.ts'
import { DEMO_PASSWORD } from '../../seeds/demo/load.ts'
import { sessionCookie } from '../support/session-cookie.ts'
import { CONNECTIONS } from './load.ts'

/** One page of the main journeys, as a request goes out for it. */
export interface BenchPage {
  name: string
  status: number
  request: (n: number, connection?: number) => string
  /** Where the bare server is asked something else. */
  toBare?: () => string
  connections?: number
  /** The bare server runs what the application was seen to run; signing in it does by itself. */
  recorded: boolean
}

/** The pages that are measured, as the national coordinator of Sweden sees them, and signing in by many. */
export async function benchPages(db: Knex, keys: Keyring): Promise<BenchPage[]> {
  const coordinator = await nationalCoordinator(db)
  const session = await openSession(db, keys, coordinator.id)
  const { cookie } = session
  const own = await db('authority_access_managers as m')
    .join('authorities as a', 'a.id', 'm.authority_id')
    .where({ manager_id: coordinator.authority_id, 'a.status': 'active' })
    .orderBy('a.id')
    .first<{ id: number; city: string }>('a.id', 'a.city')
  const page = (name: string, path: string): BenchPage => ({
    name,
    status: 200,
    request: () => `GET ${path} HTTP/1.1\r\nHost: bench\r\nCookie: ${cookie}\r\n\r\n`,
    recorded: true,
  })
  return [
    await signIn(db, keys),
    page('home', '/'),
    page('managed authorities', '/managed-authorities'),
    page('search, common word', '/authorities?q=office'),
    page('search, rare word', `/authorities?q=${foldWords(own.city).join('+')}`),
    page('search, country', '/authorities?country=DE'),
    page('authority', `/authorities/${own.id}`),
    page('requests, coordinated', '/requests/coordinated'),
    page('requests, urgent list', '/requests/urgent'),
    page('my actions', '/actions'),
    page('edit', `/authorities/${own.id}/edit`),
    await save(db, keys, session, coordinator.authority_id),
  ]
}

const nationalCoordinator = (db: Knex): Promise<{ id: number; authority_id: number }> =>
  db('users as u')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .where({ 'a.country': 'SE', 'a.kind': 'national coordinator', 'u.administrator': true })
    .first('u.id', 'u.authority_id')

interface Session {
  id: string
  cookie: string
}

async function openSession(db: Knex, keys: Keyring, userId: number): Promise<Session> {
  const id = randomBytes(24).toString('base64url')
  const at = new Date()
  await db('sessions').insert({
    id_hash: fingerprint(id),
    user_id: userId,
    stage: 'full',
    created_at: at,
    seen_at: at,
  })
  return { id, cookie: `imi=${sessionCookie(keys, id)}` }
}

/** Each connection changes the street of an authority of its own; the last one is the bare server's. */
async function save(db: Knex, keys: Keyring, session: Session, managerId: number): Promise<BenchPage> {
  const ids = await db('authority_access_managers as m')
    .join('authorities as a', 'a.id', 'm.authority_id')
    .where({ manager_id: managerId, 'a.status': 'active', 'a.kind': 'competent' })
    .orderBy('a.id')
    .limit(CONNECTIONS + 1)
    .pluck<number[]>('a.id')
  const forms = await Promise.all(ids.map(async id => ({ id, values: editValues(await findRecord(db, id)) })))
  const request = (_: number, connection = -1): string => {
    const form = forms.at(connection)
    if (!form) throw new Error('Too few authorities to edit')
    const sent = {
      ...form.values,
      street: `${randomBytes(4).toString('hex')} 1`,
      _csrf: sign(keys, session.id, 'csrf'),
    }
    const fields = Object.entries({ ...sent, _once: randomBytes(12).toString('base64url') })
    form.values.version = form.values.opened = String(Number(form.values.version) + 1)
    const body = fields.flatMap(([name, value]) => [value ?? []].flat().map(one => [name, String(one)]))
    return posted(
      `/authorities/${form.id}/edit`,
      `Cookie: ${session.cookie}`,
      new URLSearchParams(body as [string, string][]),
    )
  }
  const toBare = posted(
    `/authorities/${ids[0] ?? 0}/edit`,
    `Cookie: ${session.cookie}`,
    new URLSearchParams({ street: 'a' }),
  )
  const connections = Math.min(CONNECTIONS, ids.length - 1)
  return { name: 'edit, save', status: 303, recorded: true, request, toBare: () => toBare, connections }
}

const posted = (path: string, heads: string, fields: URLSearchParams): string => {
  const body = fields.toString()
  return (
    `POST ${path} HTTP/1.1\r\nHost: bench\r\n${heads}\r\n` +
    `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}

/** Each time another user, from another address, since both are counted against guessing. */
async function signIn(db: Knex, keys: Keyring): Promise<BenchPage> {
  const usernames = await db('users').where({ password_temporary: false }).orderBy('id').limit(5000).pluck('username')
  const visitor = randomBytes(18).toString('base64url')
  const token = sign(keys, visitor, 'csrf')
  return {
    name: 'sign-in (password)',
    status: 303,
    recorded: false,
    request(n) {
      const username = usernames[n % usernames.length]
      const fields = new URLSearchParams({ _csrf: token, username, password: DEMO_PASSWORD, next: '', typed: '' })
      const address = `10.${(n >> 14) & 127}.${(n >> 7) & 127}.${n & 127}`
      return posted('/session', `Cookie: imi-visitor=${visitor}\r\nX-Forwarded-For: ${address}`, fields)
    },
  }
}
