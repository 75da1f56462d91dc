import type { Names } from '../modules/index.ts'
import type { Change } from '../platform/db/change.ts'
import { rowsOf } from '../platform/db/statement.ts'
import { allocationBegun, severalToAllocate } from './emails.ts'

/** A module of an authority. */
export interface Place {
  authorityId: number
  moduleId: number
}

interface Reader {
  id: number
  email: string
  language: string
  module: Names
}

const READERS = (role: string): string => `
  select u.id, u.email, u.language, m.names as module
  from users u join user_roles w on w.user_id = u.id and w.role = '${role}' join modules m on m.id = w.module_id
  where u.authority_id = :authorityId and w.module_id = :moduleId and u.deleted_at is null and u.id is distinct from cast(:actor as int)
  order by u.id`

const listReaders = (c: Change, { authorityId, moduleId }: Place, role: 'handler' | 'allocator'): Promise<Reader[]> =>
  rowsOf<Reader>(c.db, READERS(role), { authorityId, moduleId, actor: c.actor.id })

/** Tells the allocators, once each, how many requests of a module nobody is allocated to; who acts is not told. */
export async function tellAllocators(c: Change, place: Place, count: number): Promise<void> {
  if (count === 0) return
  for (const reader of await listReaders(c, place, 'allocator'))
    await c.send(severalToAllocate(reader, reader.module, count))
}

/** Tells each handler of the module how many requests have become theirs since the authority uses allocation. */
export async function tellAllocated(c: Change, place: Place, allocated: readonly { userId: number }[]): Promise<void> {
  for (const reader of await listReaders(c, place, 'handler')) {
    const count = allocated.filter(({ userId }) => userId === reader.id).length
    if (count > 0) await c.send(allocationBegun(reader, reader.module, count))
  }
}
