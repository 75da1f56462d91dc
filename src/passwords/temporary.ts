import { randomInt } from 'node:crypto'
import { days } from '../platform/clock.ts'
import { hashPassword } from './hash.ts'
import { brokenPasswordRules } from './rules.ts'

/** How long a temporary password lets its user choose an own one (A2). */
export const TEMPORARY_FOR = days(14)

/** No look-alikes: it is copied by hand from a mail. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789'

const NOBODY = { givenName: '', familyName: '', username: '', email: '' }

/**
 * A new temporary password with the hash to store; the password itself goes into the mail to its user and nowhere else (A6).
 * @throws Busy when too many passwords are being hashed
 */
export async function newTemporaryPassword(): Promise<{ password: string; hash: string }> {
  let password: string
  do password = [fourCharacters(), fourCharacters(), fourCharacters()].join('-')
  while (brokenPasswordRules(password, NOBODY, 'imi').length > 0)
  return { password, hash: await hashPassword(password) }
}

const fourCharacters = (): string =>
  Array.from({ length: 4 }, () => CHARACTERS.charAt(randomInt(CHARACTERS.length))).join('')
