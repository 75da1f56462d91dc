import { findLastAct } from '../../authorities/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { NotFound, Overtaken } from '../../platform/errors.ts'
import type { Actor } from '../../policy.ts'
import { lockRegister } from '../queries.ts'
import type { Register } from '../register.ts'

/** The entry as it stands, held. Throws NotFound when it is gone, Overtaken, with who saved last, when another version was read. */
export async function lockVersion(c: Change, actor: Actor, id: number, read: number): Promise<Register> {
  const now = await lockRegister(c.db, actor.language, id)
  if (!now) throw new NotFound()
  if (now.version === read) return now
  const last = await findLastAct(c.db, acts => acts.where({ 'e.subject_type': 'register', 'e.subject_id': id }))
  throw new Overtaken(last?.by ?? now.authorityName, last?.at ?? c.at)
}
