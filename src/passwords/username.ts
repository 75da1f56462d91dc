import { randomInt } from 'node:crypto'
import type { Knex } from 'knex'

/** No look-alikes, and no vowels, so that it spells no word: it is told by telephone. */
const CHARACTERS = 'bcdfghjkmnpqrstvwxz23456789'

/** A username that nobody has or had: eight random letters and digits (D2). It says nothing about the person. */
export async function newUsername(db: Knex): Promise<string> {
  for (;;) {
    const username = Array.from({ length: 8 }, () => CHARACTERS.charAt(randomInt(CHARACTERS.length))).join('')
    const taken = await db('users').whereRaw('lower(username) = ?', [username]).first<{ id: number } | undefined>('id')
    if (!taken && /\d/.test(username) && /[a-z]/.test(username)) return username
  }
}
