import type { Change } from '../platform/db/change.ts'
import { findSessionHash } from './queries.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    /** The person ended visits of their own from another one. */
    'session.endedElsewhere': { sessions: number }
  }
}

interface Owner {
  id: number
  authorityId: number
}

/** Ends one of the own visits, chosen from the list (A9). One that is over already needs no ending. */
export async function endSession(c: Change, user: Owner, key: string): Promise<void> {
  const hash = await findSessionHash(c.db, user.id, key)
  const ended = hash === undefined ? 0 : await c.db('sessions').where({ user_id: user.id, id_hash: hash }).delete()
  await recordEnd(c, user, ended)
}

/** Ends every own visit but the one with this digest, half signed in ones too; says how many (A9). */
export async function endOtherSessions(c: Change, user: Owner, kept: string): Promise<number> {
  const ended = await c.db('sessions').where({ user_id: user.id }).whereNot({ id_hash: kept }).delete()
  await recordEnd(c, user, ended)
  return ended
}

const recordEnd = (c: Change, { id, authorityId }: Owner, sessions: number): Promise<void> =>
  c.record('session.endedElsewhere', { type: 'user', id, authorityId }, { sessions })
