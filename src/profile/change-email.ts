import { days, hours } from '../platform/clock.ts'
import type { Change } from '../platform/db/change.ts'
import { RuleBroken } from '../platform/errors.ts'
import { fingerprint, randomToken } from '../platform/secrets.ts'
import { addressChanged, addressInUse, changeAsked, confirmAddress } from './emails.ts'
import { countEmailAsks, findByAddress } from './queries.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'profile.emailAsked': { email: string }
    'profile.emailChanged': { before: { email: string }; after: { email: string } }
    'profile.emailCancelled': Record<string, never>
  }
}

/** How long the link in the mail is good for. */
const LINK_FOR = hours(24)
/** How many addresses somebody can enter in a day: each costs a stranger a mail. */
const ASKS_A_DAY = 5

interface Owner {
  id: number
  authorityId: number
  email: string
  language: string
}

const subject = ({ id, authorityId }: Owner) => ({ type: 'user', id, authorityId })

/**
 * Asks whether a new address is the user's own: a link goes there, and word of it to the present address (D8). Where another
 * user has the address, everything looks the same to the one who asks, and the other one is warned.
 * @throws RuleBroken when too many addresses were entered in a day
 */
export async function askForEmailChange(c: Change, user: Owner, email: string): Promise<void> {
  await c.db('users').where({ id: user.id }).forUpdate().first('id')
  if ((await countEmailAsks(c.db, user.id, new Date(c.at.getTime() - days(1)))) >= ASKS_A_DAY)
    throw new RuleBroken('profile:email.tooMany', { field: 'email' })
  const token = randomToken()
  const waiting = { email, token_hash: fingerprint(token), asked_at: c.at }
  await c
    .db('email_changes')
    .insert({ user_id: user.id, ...waiting, expires_at: new Date(c.at.getTime() + LINK_FOR) })
    .onConflict('user_id')
    .merge()
  await c.record('profile.emailAsked', subject(user), { email })
  const other = await findByAddress(c.db, email)
  await c.send(other ? addressInUse({ ...other, email }) : confirmAddress({ ...user, email }, token))
  await c.send(changeAsked(user))
}

/**
 * Makes the waiting address the user's own; the former one is told.
 * @throws RuleBroken when the link was used, has expired, is another user's, or the address has become another user's
 */
export async function confirmEmailChange(c: Change, user: Owner, token: string): Promise<void> {
  const [waiting] = await c
    .db('email_changes')
    .where({ user_id: user.id, token_hash: fingerprint(token) })
    .where('expires_at', '>', c.at)
    .delete()
    .returning<{ email: string }[]>('email')
  if (!waiting) throw new RuleBroken('profile:confirmation.invalid')
  const { email } = waiting
  await c
    .db('users')
    .where({ id: user.id })
    .update({ email, version: c.db.raw('version + 1') })
    .catch((error: unknown) => {
      throw (error as { code?: string }).code === '23505' ? new RuleBroken('profile:confirmation.invalid') : error
    })
  await c.record('profile.emailChanged', subject(user), { before: { email: user.email }, after: { email } })
  await c.send(addressChanged(user))
}

/** Drops the waiting address; the link leads nowhere from now on. */
export async function cancelEmailChange(c: Change, user: Owner): Promise<void> {
  await c.db('email_changes').where({ user_id: user.id }).delete()
  await c.record('profile.emailCancelled', subject(user), {})
}
