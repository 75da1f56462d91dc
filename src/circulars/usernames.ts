import type { Knex } from 'knex'
import { type Actor, can, type Standing } from '../policy.ts'
import { standingsColumn } from '../reach.ts'

/** A username in a text; `seen` where the sender may see it anyway. */
export interface FoundUsername {
  username: string
  seen: boolean
}

/**
 * The usernames of these authorities that the text holds as whole words, whatever their case (B11, D2): a username is never
 * e-mailed.
 */
export async function findUsernames(
  db: Knex,
  actor: Actor,
  authorities: readonly number[],
  text: string,
): Promise<FoundUsername[]> {
  const words = text.normalize('NFC').toLowerCase()
  const rows = await db('users as u')
    .join('authorities as a', 'a.id', 'u.authority_id')
    .where('u.deleted_at', null)
    .whereRaw('u.authority_id = any(cast(? as int[]))', [[...authorities]])
    .whereRaw('position(lower(u.username) in ?) > 0', [words])
    .orderBy('u.username')
    .select<{ username: string; standings: Standing[] }[]>('u.username', standingsColumn(db, actor))
  return rows
    .filter(({ username }) => isWordOf(words, username.toLowerCase()))
    .map(({ username, standings }) => ({ username, seen: can(actor, 'user.see', { standings }) }))
}

const LETTER = /[\p{L}\p{N}]/u

/** Whether the word stands in the text with no letter or digit beside it. */
export function isWordOf(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at).at(-1) ?? ''
    const after = text.charAt(at + word.length)
    if (!LETTER.test(before) && !LETTER.test(after)) return true
  }
  return false
}
