import type { Change } from '../platform/db/change.ts'
import type { Actor } from '../policy.ts'
import type { AuthorityData, RegisteredAuthority } from './authority.ts'
import { authorityRegistered } from './emails.ts'
import {
  assertNotRegistered,
  authorityColumns,
  insertClassification,
  insertNames,
  officialNameOf,
} from './register-authority.ts'
import { indexWords } from './words.ts'

declare module '../platform/db/change.ts' {
  interface AuditEvents {
    'authority.handedIn': Record<string, never>
    'authority.validated': AuthorityData
    'authority.rejected': Record<string, never>
  }
}

/** Registers an authority that has entered its data itself: it takes part in nothing until it is validated (E5) [001]. */
export async function handInAuthority(c: Change, data: AuthorityData): Promise<{ id: number }> {
  const row = { ...authorityColumns(data), status: 'to validate', registered_at: c.at }
  const [{ id }] = (await c.db('authorities').insert(row).returning('id')) as [{ id: number }]
  await insertWhatBelongs(c, id, data)
  await c.record('authority.handedIn', { type: 'authority', id, authorityId: id }, {})
  return { id }
}

/**
 * Makes an authority active that registered itself, with the data as they were corrected; who invited it becomes its access
 * manager and validating authority (E6) [000 2.2].
 * @throws RuleBroken when others could be the same and the actor has not said that they are not (B4)
 */
export async function validateAuthority(
  c: Change,
  { actor, inviter }: { actor: Actor; inviter: { id: number; officialName: string } },
  id: number,
  { data, differentFrom }: { data: AuthorityData; differentFrom: readonly number[] },
): Promise<RegisteredAuthority> {
  await assertNotRegistered(c, actor, data, { id, differentFrom })
  await c
    .db('authorities')
    .where({ id, status: 'to validate' })
    .update({ ...authorityColumns(data), status: 'active', validating_authority_id: inviter.id })
  for (const table of PARTS) await c.db(table).where({ authority_id: id }).delete()
  await insertWhatBelongs(c, id, data)
  const since = { authority_id: id, manager_id: inviter.id, since: c.at }
  await c.db('authority_access_managers').insert(since).onConflict().ignore()
  const authority = { id, ...officialNameOf(data) }
  await c.record('authority.validated', { type: 'authority', id, authorityId: id }, data)
  await c.send(authorityRegistered(authority, data, { ...actor, authorityName: inviter.officialName }))
  return authority
}

/** Erases an authority that registered itself and was not accepted, with its first user. */
export async function eraseHandedIn(c: Change, id: number): Promise<void> {
  await c.record('authority.rejected', { type: 'authority', id, authorityId: id }, {})
  await c.db('authorities').where({ id, status: 'to validate' }).delete()
}

const PARTS = [
  'authority_names',
  'authority_titles',
  'authority_policy_areas',
  'authority_economic_activities',
  'authority_keywords',
] as const

async function insertWhatBelongs(c: Change, id: number, data: AuthorityData): Promise<void> {
  await insertNames(c, id, data)
  await insertClassification(c, id, data)
  await indexWords(c.db, id)
}
