import { type Changes, changesBetween } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import type { RegisterEdit } from '../forms.ts'
import { dataOf, type FoundRegister, type RegisterData } from '../register.ts'
import { tellOthers } from '../tell.ts'
import { columnsOf, nameOf, writeRest } from '../write.ts'
import { assertListedOnce } from './listed-once.ts'
import { lockVersion } from './lock-version.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'register.edited': Changes<RegisterData> & { register: string; version: number }
  }
}

/**
 * Says anew what a register is and covers (J2). Throws Overtaken when somebody saved meanwhile, NotFound when it was deleted,
 * RuleBroken when nothing differs or the authority lists the new address already.
 */
export async function editRegister(
  c: Change,
  actor: Actor,
  { id, authorityId }: FoundRegister,
  { version: read, ...data }: RegisterEdit,
): Promise<void> {
  await assertListedOnce(c, { authorityId, address: data.address, id })
  const now = dataOf(await lockVersion(c, actor, id, read))
  const changes = changesBetween(now, data)
  if (Object.keys(changes.after).length === 0) throw new RuleBroken('registers:edit.nothing')
  const version = read + 1
  await c
    .db('registers')
    .where({ id })
    .update({ ...columnsOf(c, data), version })
  await writeRest(c, id, data)
  await c.record(
    'register.edited',
    { type: 'register', id, authorityId },
    { register: nameOf(data), ...changes, version },
  )
  await tellOthers(c, actor, authorityId)
}
