import { type Authority, listTold, lockAccess } from '../../authorities/index.ts'
import { passInvitationsOn } from '../../invitations/index.ts'
import type { Change } from '../../platform/db/change.ts'
import { RuleBroken } from '../../platform/errors.ts'
import { fingerprint } from '../../platform/secrets.ts'
import type { Actor } from '../../policy.ts'
import { settleCoordinator } from '../../requests/index.ts'
import { type Registration, registerWithFirstUser } from '../../users/index.ts'
import { coordinatorReplaced } from '../emails.ts'
import { findReplacement, type Replacement, type Successor } from './queries.ts'
import { takeOffice } from './take-office.ts'

type Moved = Omit<Replacement, 'successor'> & { former: number; successor: number }

declare module '../../platform/db/change.ts' {
  interface AuditEvents {
    'nationalCoordinator.replaced': Moved
    'nationalCoordinator.appointed': Moved
  }
}

/** Says whether the numbers that were shown before are those of now. */
export const seenNumbers = (replacement: Replacement): string => fingerprint(JSON.stringify(replacement)).slice(0, 24)

/**
 * Puts another authority of the country in the place of its national coordinator, in one act (I1): all it was to others, access
 * manager of record, validating authority, linked coordinator, is the other's from now on. It becomes an ordinary authority that
 * keeps its modules and users. Both are told, and so are the access managers of the country. Throws RuleBroken when it is no
 * national coordinator any more, when the successor cannot become one, or when something else would move than was shown.
 */
export async function replaceNationalCoordinator(
  c: Change,
  actor: Actor,
  old: Authority,
  { successor, seen }: { successor: number; seen: string },
): Promise<Successor> {
  await lockOffice(c, old, successor)
  const moving = await findReplacement(c.db, old.id, successor)
  if (!moving.successor) throw new RuleBroken('access:replacement.successor.unfit', { field: 'successor' })
  if (seenNumbers(moving) !== seen) throw new RuleBroken('access:replacement.otherNumbers')
  await handOver(c, actor, old, moving)
  return moving.successor
}

/** The same with a successor that is registered in the same act, with its first user. */
export async function replaceByNewAuthority(
  c: Change,
  actor: Actor,
  old: Authority,
  registration: Registration,
): Promise<{ authorityId: number; userId: number }> {
  const registered = await registerWithFirstUser(c, actor, registration)
  await lockOffice(c, old, registered.authorityId)
  const moving = await findReplacement(c.db, old.id, registered.authorityId)
  await handOver(c, actor, old, moving)
  return registered
}

async function lockOffice(c: Change, old: Authority, successor: number): Promise<void> {
  await lockAccess(c.db, old.country)
  const locked = await c
    .db('authorities')
    .whereIn('id', [old.id, successor])
    .orderBy('id')
    .forUpdate()
    .select<{ id: number; kind: string }[]>('id', 'kind')
  if (!locked.some(({ id, kind }) => id === old.id && kind === 'national coordinator'))
    throw new RuleBroken('access:replacement.already')
}

async function handOver(c: Change, actor: Actor, old: Authority, moving: Replacement): Promise<void> {
  const { successor, ...numbers } = moving
  if (!successor) throw new RuleBroken('access:replacement.successor.unfit', { field: 'successor' })
  await leaveOffice(c, old.id)
  await takeOffice(c, successor.id, actor.authorityId)
  await moveRecords(c, old.id, successor.id)
  await moveLinks(c, old.id, successor.id)
  await settleCoordinator(c, old.id, { gone: true, office: true })
  await passInvitationsOn(c, old.id, successor.id, 'everything')
  const details = { ...numbers, former: old.id, successor: successor.id }
  await c.record('nationalCoordinator.replaced', { type: 'authority', id: old.id, authorityId: old.id }, details)
  const { id } = successor
  await c.record('nationalCoordinator.appointed', { type: 'authority', id, authorityId: id }, details)
  await tell(c, old, successor)
}

async function leaveOffice(c: Change, id: number): Promise<void> {
  await c.db('authorities').where({ id }).update({ kind: 'competent' })
  await c
    .db('user_data_modules')
    .whereIn('user_id', c.db('users').where({ authority_id: id }).select('id'))
    .delete()
  await c.db('users').where({ authority_id: id }).update({ data_administrator: 'none' })
}

/** Whoever had the old one as access manager of record or validating authority has the new one, and so has the old one itself. */
async function moveRecords(c: Change, old: number, successor: number): Promise<void> {
  await c.db.raw(
    `insert into authority_access_managers (authority_id, manager_id, since)
     select authority_id, ?, since from authority_access_managers where manager_id = ? and authority_id <> ?
     on conflict do nothing`,
    [successor, old, successor],
  )
  await c.db('authority_access_managers').where({ manager_id: old }).orWhere({ authority_id: old }).delete()
  await c.db('authority_access_managers').insert({ authority_id: old, manager_id: successor, since: c.at })
  await c
    .db('authorities')
    .where(any => any.where({ validating_authority_id: old }).orWhere({ id: old }))
    .whereNot({ id: successor })
    .update({ validating_authority_id: successor })
}

async function moveLinks(c: Change, old: number, successor: number): Promise<void> {
  await c.db.raw(
    `insert into grant_coordinators (grant_id, coordinator_id)
     select l.grant_id, ? from grant_coordinators l join grants g on g.id = l.grant_id
     where l.coordinator_id = ? and g.authority_id <> ? on conflict do nothing`,
    [successor, old, successor],
  )
  await c.db('grant_coordinators').where({ coordinator_id: old }).delete()
}

async function tell(c: Change, old: Authority, successor: Successor): Promise<void> {
  const managers = (await c
    .db('delegations as d')
    .join('authorities as a', 'a.id', 'd.authority_id')
    .where('a.country', old.country)
    .orderBy('a.id')
    .select({ email: 'a.email', language: 'a.official_language' })) as { email: string; language: string }[]
  const people = [...(await listTold(c.db, old.id)), ...(await listTold(c.db, successor.id))]
  const what = { id: successor.id, before: old.officialName, after: successor.name }
  for (const to of [...people, ...managers.map(one => ({ ...one, copy: [] }))])
    await c.send(coordinatorReplaced(to, what))
}
