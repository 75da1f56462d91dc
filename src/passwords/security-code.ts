import { randomInt, timingSafeEqual } from 'node:crypto'
import { type Keyring, seal, unseal } from '../platform/secrets.ts'
import { CODE_LENGTH } from './rules.ts'

const context = (userId: number): string => `security code of user ${userId}`

/** Closes a security code for the row of this user: single characters must stay checkable, so it cannot be hashed. */
export const sealSecurityCode = (keys: Keyring, userId: number, code: string): string =>
  seal(keys, code, context(userId))

/** Three places of a security code, counted from 1, in their order. */
export function drawPositions(): number[] {
  const drawn = new Set<number>()
  while (drawn.size < 3) drawn.add(randomInt(CODE_LENGTH) + 1)
  return [...drawn].sort((one, other) => one - other)
}

/** Whether these characters stand at these places of the code. Takes the same time wherever a wrong one stands. */
export function areCharacters(
  keys: Keyring,
  userId: number,
  sealed: string,
  positions: readonly number[],
  characters: readonly string[],
): boolean {
  const code = unseal(keys, sealed, context(userId))
  const expected = Buffer.from(positions.map(position => code.charAt(position - 1)).join(''))
  const given = Buffer.from(characters.join(''))
  return given.length === expected.length && timingSafeEqual(given, expected)
}
