import { type AuthorityData, registerAuthority } from '../authorities/index.ts'
import type { Change } from '../platform/db/change.ts'
import type { Actor } from '../policy.ts'
import { checkData } from './emails.ts'
import { type Person, registerUser } from './register-user.ts'

/** A registration as it was entered: the authority, its first user, and the authorities that the user says it is not. */
export interface Registration {
  authority: AuthorityData
  firstUser: Person
  differentFrom: readonly number[]
}

/**
 * Registers an authority together with its first user, who becomes its administrator (B1, [000 2.1.1]). Throws what
 * registerAuthority and registerUser throw; then neither of the two is registered.
 */
export async function registerWithFirstUser(
  c: Change,
  registrar: Actor,
  { authority, firstUser, differentFrom }: Registration,
): Promise<{ authorityId: number; userId: number }> {
  const registered = await registerAuthority(c, registrar, authority, differentFrom)
  const { id } = await registerUser(c, registered, firstUser, { administrator: true })
  await c.send(checkData({ ...firstUser, id }, registered))
  return { authorityId: registered.id, userId: id }
}
