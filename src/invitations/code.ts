import { randomInt } from 'node:crypto'
import { fingerprint } from '../platform/secrets.ts'

/** No look-alikes: it is copied by hand from a mail. 16 of 32: 80 bits, which nobody guesses. */
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const LENGTH = 16

/** A registration code as the mail shows it: `ABCD-EFGH-JKLM-NPQR` (E4). */
export function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => CHARACTERS.charAt(randomInt(CHARACTERS.length))).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** What is stored of a code as somebody typed it, in whatever case and with whatever gaps; undefined: it cannot be a code. */
export function codeHash(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '')
  const all = letters.length === LENGTH && [...letters].every(letter => CHARACTERS.includes(letter))
  return all ? fingerprint(letters) : undefined
}
