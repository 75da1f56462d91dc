import type { Mistake } from '../platform/web/form.ts'
import { isPassword } from './hash.ts'
import type { Credentials } from './queries.ts'
import {
  brokenCodeRules,
  brokenPasswordRules,
  CODE_LENGTH,
  PASSWORD_MAX,
  PASSWORD_MIN,
  type PasswordProfile,
} from './rules.ts'

/** A secret as it was sent; a field that was sent twice or not at all is empty. */
export const secretText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Everything that is wrong with a password chosen twice (A3). @throws Busy when too many passwords are being checked */
export async function mistakesInPassword(
  { chooser, hashes }: Credentials,
  profile: PasswordProfile,
  password: string,
  again: string,
): Promise<Mistake[]> {
  if (password === '') return [{ field: 'password', key: 'passwords:password.missing' }]
  const values = { min: PASSWORD_MIN[profile], max: PASSWORD_MAX }
  const mistakes = brokenPasswordRules(password, chooser, profile).map((rule): Mistake => {
    return { field: 'password', key: `passwords:mistake.${rule}`, values }
  })
  if (await isOneOf(hashes, password)) mistakes.push({ field: 'password', key: 'passwords:mistake.former' })
  if (again !== password) mistakes.push({ field: 'passwordAgain', key: 'passwords:password.differs' })
  return mistakes
}

/** Everything that is wrong with a security code chosen twice (A3). */
export function mistakesInCode(code: string, again: string): Mistake[] {
  if (code === '') return [{ field: 'securityCode', key: 'passwords:code.missing' }]
  const mistakes = brokenCodeRules(code).map((rule): Mistake => {
    return { field: 'securityCode', key: `passwords:codeMistake.${rule}`, values: { length: CODE_LENGTH } }
  })
  if (again !== code) mistakes.push({ field: 'securityCodeAgain', key: 'passwords:code.differs' })
  return mistakes
}

async function isOneOf(hashes: readonly string[], password: string): Promise<boolean> {
  for (const hash of hashes) if (await isPassword(hash, password)) return true
  return false
}
