import { sealSecurityCode } from '../../src/passwords/index.ts'
import { demoAuthorities } from './authorities.ts'
import { administratorOf, ago, daysAgo, idOf, insertAll, type Loading } from './loading.ts'
import type { DemoUser } from './user.ts'

/** A person with rights, roles and the state of the account. */
export async function loadUser(loading: Loading, user: DemoUser): Promise<void> {
  const { db, keys, now, modules } = loading
  const { dataAdministrator = 'none' } = user
  const [row] = await db('users')
    .insert({
      authority_id: idOf(loading.authorities, user.authority),
      given_name: user.givenName,
      family_name: user.familyName,
      email: user.email,
      telephone: user.phone,
      language: user.language,
      username: user.username,
      administrator: user.administrator ?? false,
      data_administrator: typeof dataAdministrator === 'string' ? dataAdministrator : 'chosen',
      imi_administrator: user.imiAdministrator ?? false,
      password_hash: loading.passwordHash,
      registered_at: registeredAt(user, now),
      ...stateOf(user, now),
    })
    .returning<{ id: number }[]>('id')
  const id = row?.id ?? 0
  loading.users.set(user.username, id)
  await db('users')
    .where({ id, password_temporary: false })
    .update({ security_code: sealSecurityCode(keys, id, loading.securityCode) })
  if (typeof dataAdministrator !== 'string')
    await insertAll(
      db,
      'user_data_modules',
      dataAdministrator.map(code => ({ user_id: id, module_id: idOf(modules, code) })),
    )
  const given = givenTo(loading, user)
  const roles = user.roles.flatMap(({ module, roles: some }) =>
    some.map(role => ({ user_id: id, module_id: idOf(modules, module), role: role.replace('-', ' '), ...given })),
  )
  await insertAll(db, 'user_roles', roles)
}

/** Administrators came with their authority, the others later. */
export const registeredAt = ({ administrator }: DemoUser, now: Date): Date => daysAgo(now, administrator ? 400 : 380)

/** Who gave the roles: to administrators whoever granted the module, to the others their own administrator. */
function givenTo({ users, now }: Loading, user: DemoUser): object {
  const { authority } = user
  const by = user.administrator ? demoAuthorities.find(({ key }) => key === authority)?.registeredBy : authority
  const given_at = user.administrator ? daysAgo(now, 390) : registeredAt(user, now)
  return { given_at, given_by: users.get(administratorOf(by ?? authority)) ?? null }
}

/** Each state that an account can be in, as the columns of a user. */
function stateOf({ state }: DemoUser, now: Date): object {
  const before = (count: number) => daysAgo(now, count)
  const temporary = { password_temporary: true, first_signed_in_at: null, last_signed_in_at: null }
  const active = { password_temporary: false, first_signed_in_at: before(370), last_signed_in_at: before(3) }
  if (state === 'new') return { ...temporary, password_set_at: before(2) }
  if (state === 'temporary-expired') return { ...temporary, password_set_at: before(30) }
  if (state === 'temporary') return { ...active, password_temporary: true, password_set_at: before(1) }
  if (state === 'blocked') return { ...active, password_set_at: before(40), wrong_entries: 5, blocked_at: before(1) }
  if (state === 'expiring') return { ...active, password_set_at: ago(now, { months: 5, days: 20 }) }
  if (state === 'expired') return { ...active, last_signed_in_at: before(200), password_set_at: before(250) }
  return { ...active, password_set_at: before(40) }
}
