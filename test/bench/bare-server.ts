/*
 * The limit: what node:http and pg can do at best with the application's own statements and its own bytes. No routing, no
 * rights, no translation, no templates; statements are named and prepared, the page is put together from strings.
 * Run as a child process: it is sent the recordings and answers with its port.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { randomBytes } from 'node:crypto'
import argon2 from 'argon2'
import pg from 'pg'
import { dependsOnItsValues } from '../../src/platform/db/prepared.ts'
import { placeOf, type Recording } from './record.ts'

export interface Start {
  url: string
  recordings: Recording[]
}

process.once('message', ({ url, recordings }: Start) => {
  const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c role=imi_app', application_name: 'open-imi' })
  const pages = new Map(recordings.map(recording => [recording.place, pageOf(recording)]))
  const server = createServer((req, res) => {
    const page = pages.get(placeOf(req.method ?? '', req.url ?? ''))
    const answered = page ? answer(pool, page, req, res) : signIn(pool, req, res)
    answered.catch((error: unknown) => res.writeHead(500).end(String(error)))
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
})
process.on('disconnect', () => process.exit())

interface Page {
  status: number
  statements: { name?: string; text: string; values: unknown[] }[]
  lines: string[]
}

const pageOf = ({ place, status, statements, body }: Recording): Page => ({
  status,
  statements: statements.map((statement, index) =>
    dependsOnItsValues(statement.text) ? statement : { name: `${place} ${index}`.slice(-60), ...statement },
  ),
  lines: body.split('\n'),
})

async function answer(
  pool: pg.Pool,
  { status, statements, lines }: Page,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.method === 'POST') new URLSearchParams(await text(req))
  const client = await pool.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    client.release()
  }
  let html = lines[0] ?? ''
  for (let i = 1; i < lines.length; i += 1) html += '\n' + lines[i]
  res.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': Buffer.byteLength(html) })
  res.end(html)
}

async function signIn(pool: pg.Pool, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = new URLSearchParams(await text(req))
  const found = await pool.query<{ id: number; password_hash: string }>({
    name: 'user',
    text: `update users set wrong_entries = wrong_entries + 1 where lower(username) = lower($1) returning id, password_hash`,
    values: [body.get('username')],
  })
  const user = found.rows[0]
  if (!user || !(await argon2.verify(user.password_hash, body.get('password') ?? ''))) {
    res.writeHead(422).end()
    return
  }
  await pool.query({ name: 'right', text: 'update users set wrong_entries = 0 where id = $1', values: [user.id] })
  await pool.query({
    name: 'session',
    text: `insert into sessions (id_hash, user_id, stage, created_at, seen_at) values ($1, $2, 'code', now(), now())`,
    values: [randomBytes(32).toString('base64url'), user.id],
  })
  res.writeHead(303, { Location: '/session/code', 'Content-Length': 0 })
  res.end()
}
