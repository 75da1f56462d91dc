import type { Change } from '../../platform/db/change.ts'
import type { Actor } from '../../policy.ts'
import { dataOf, type FoundRegister } from '../register.ts'
import { tellOthers } from '../tell.ts'
import { nameOf } from '../write.ts'
import { lockVersion } from './lock-version.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'register.deleted': { register: string; address: string }
  }
}

/**
 * Takes an entry out of the directory for good. Throws Overtaken when somebody saved meanwhile, NotFound when it is gone already.
 */
export async function deleteRegister(
  c: Change,
  actor: Actor,
  { id, authorityId }: FoundRegister,
  { version }: { version: number },
): Promise<void> {
  const now = await lockVersion(c, actor, id, version)
  await c.db('registers').where({ id }).delete()
  await c.record(
    'register.deleted',
    { type: 'register', id, authorityId },
    { register: nameOf(dataOf(now)), address: now.address },
  )
  await tellOthers(c, actor, authorityId)
}
