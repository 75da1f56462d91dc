import { type ActingParty, change, type ChangeContext } from '../platform/db/change.ts'
import type { Mistake } from '../platform/web/form.ts'
import { isPassword } from './hash.ts'
import { checkTry, giveBack, refuse, takeTry, TRIES } from './tries.ts'

/**
 * What is wrong with the current password, asked for again before something that lets people in is changed. A wrong entry
 * counts like one at sign-in: whoever finds an open screen gets five tries as well, and then every visit of the user ends.
 */
export async function mistakesInCurrent(
  context: ChangeContext,
  user: ActingParty & { id: number },
  password: string,
): Promise<Mistake[]> {
  if (password === '') return [{ field: 'passwordCurrent', key: 'passwords:current.missing' }]
  const { db, clock } = context
  const entrant = await takeTry(db, clock.now(), { id: user.id })
  const hash = entrant?.number ? entrant.passwordHash : undefined
  const right = await checkTry(db, entrant, () => isPassword(hash, password))
  if (entrant && right && (await giveBack(db, entrant))) return []
  await change(context, user, async c => {
    await refuse(c, entrant, entrant?.number ? 'wrong password' : 'blocked')
    if (entrant?.number === TRIES) await c.db('sessions').where({ user_id: user.id }).delete()
  })
  return [{ field: 'passwordCurrent', key: 'passwords:current.wrong' }]
}
