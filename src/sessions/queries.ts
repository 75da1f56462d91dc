import type { Knex } from 'knex'
import { fingerprint } from '../platform/secrets.ts'

/** The places of the security code that this user is asked for until a sign-in succeeds; none when it just did. */
export async function findPositions(db: Knex, userId: number): Promise<number[]> {
  const row = await db('users').where({ id: userId }).first<{ code_positions: number[] | null }>('code_positions')
  return row.code_positions ?? []
}

/** One visit of a person, as the person reads it. */
export interface OwnSession {
  /** Names it on the page: made of the digest of its id, from which nobody gets back to either. */
  key: string
  current: boolean
  createdAt: Date
  seenAt: Date
  address: string
  browser: string
}

interface SessionRow {
  id_hash: string
  created_at: Date
  seen_at: Date
  address: string | null
  browser: string | null
}

/** The visits of a user that go on, the one last seen first; `current` is the digest of the one that asks (A9). */
export async function listSessions(
  db: Knex,
  userId: number,
  limits: { idleSince: Date; openedSince: Date },
  current: string,
): Promise<OwnSession[]> {
  const rows = await db('sessions')
    .where({ user_id: userId, stage: 'full' })
    .where('seen_at', '>', limits.idleSince)
    .where('created_at', '>', limits.openedSince)
    .orderByRaw('id_hash = ? desc, seen_at desc, id_hash', [current])
    .limit(200)
    .select<SessionRow[]>('id_hash', 'created_at', 'seen_at', 'address', 'browser')
  return rows.map(row => ({
    key: fingerprint(row.id_hash),
    current: row.id_hash === current,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    address: row.address ?? '',
    browser: row.browser ?? '',
  }))
}

/** The digest of the visit that a page names by this key, among those of its user only. */
export async function findSessionHash(db: Knex, userId: number, key: string): Promise<string | undefined> {
  const hashes = await db('sessions').where({ user_id: userId }).pluck<string[]>('id_hash')
  return hashes.find(hash => fingerprint(hash) === key)
}
