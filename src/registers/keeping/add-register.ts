import type { Authority } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { MOST_OF_ONE, type RegisterData } from '../register.ts'
import { tellOthers } from '../tell.ts'
import { columnsOf, nameOf, writeRest } from '../write.ts'
import { assertListedOnce } from './listed-once.ts'

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'register.added': RegisterData & { register: string }
  }
}

/**
 * Lists a public register of an authority in the directory (J2, [004]). Throws RuleBroken when the authority lists the address
 * already, or as many as one may.
 * @returns the number of the entry
 */
export async function addRegister(c: Change, actor: Actor, authority: Authority, data: RegisterData): Promise<number> {
  const { id: authorityId } = authority
  await assertListedOnce(c, { authorityId, address: data.address })
  const listed = await c.db('registers').where({ authority_id: authorityId }).pluck<number[]>('id')
  if (listed.length >= MOST_OF_ONE) throw new RuleBroken('registers:most', { values: { count: MOST_OF_ONE } })
  const id = await insertRegister(c, authorityId, data)
  await tellOthers(c, actor, authorityId)
  return id
}

/** Writes an entry and that it was added, as it is: what it must fulfil was looked at. Returns its number. */
export async function insertRegister(c: Change, authorityId: number, data: RegisterData): Promise<number> {
  const [row] = await c
    .db('registers')
    .insert({ authority_id: authorityId, ...columnsOf(c, data) })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  await writeRest(c, id, data)
  await c.record('register.added', { type: 'register', id, authorityId }, { register: nameOf(data), ...data })
  return id
}
