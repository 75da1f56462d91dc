import { createHmac, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { foldWords } from '../../src/authorities/index.ts'
import { cookieSecrets, fingerprint, type Keyring, sign } from '../../src/platform/secrets.ts'
import { DEMO_PASSWORD } from '../../seeds/demo/load.ts'

/** One page of the main journeys, as a request goes out for it. */
export interface BenchPage {
  name: string
  status: number
  request: (n: number) => string
  /** The bare server runs what the application was seen to run; signing in it does by itself. */
  recorded: boolean
}

/** The pages that are measured, as the national coordinator of Sweden sees them, and signing in by many. */
export async function benchPages(db: Knex, keys: Keyring): Promise<BenchPage[]> {
  const coordinator = await nationalCoordinator(db)
  const cookie = await openSession(db, keys, coordinator.id)
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
    page('edit', `/authorities/${own.id}/edit`),
  ]
}

const nationalCoordinator = (db: Knex): Promise<{ id: number; authority_id: number }> =>
  db('users as u')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .where({ 'a.country': 'SE', 'a.kind': 'national coordinator', 'u.administrator': true })
    .first('u.id', 'u.authority_id')

async function openSession(db: Knex, keys: Keyring, userId: number): Promise<string> {
  const id = randomBytes(24).toString('base64url')
  const at = new Date()
  await db('sessions').insert({
    id_hash: fingerprint(id),
    user_id: userId,
    stage: 'full',
    created_at: at,
    seen_at: at,
  })
  const mac = createHmac('sha256', cookieSecrets(keys)[0] ?? '')
    .update(id)
    .digest('base64')
    .replace(/=+$/, '')
  return `imi=${encodeURIComponent(`s:${id}.${mac}`)}`
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
      const body = new URLSearchParams({
        _csrf: token,
        username,
        password: DEMO_PASSWORD,
        next: '',
        typed: '',
      }).toString()
      const address = `10.${(n >> 14) & 127}.${(n >> 7) & 127}.${n & 127}`
      return (
        `POST /session HTTP/1.1\r\nHost: bench\r\nCookie: imi-visitor=${visitor}\r\nX-Forwarded-For: ${address}\r\n` +
        `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
      )
    },
  }
}
