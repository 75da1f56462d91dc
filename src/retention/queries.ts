import type { Knex } from 'knex'
import { type Page, paginate } from '../platform/web/list.ts'
import type { Actor } from '../policy.ts'
import { withinReach } from '../reach.ts'
import { DELETED_FROM } from '../removal/index.ts'

/** A deactivated authority that waits for its deletion. */
export interface Deletion {
  id: number
  name: string
  language: string
  deactivated_at: Date
  deletedFrom: Date
}

/** What the nightly work will delete of what this person manages, the next one first: the list before the act (B13). */
export function listDeletions(
  db: Knex,
  actor: Actor,
  ask: { search: { after: string; before: string }; path: string },
): Promise<Page<Deletion>> {
  const query = db('authorities as a')
    .where({ 'a.status': 'deactivated' })
    .select({
      id: 'a.id',
      name: 'a.official_name',
      language: 'a.official_language',
      deactivated_at: 'a.deactivated_at',
      deletedFrom: db.raw(DELETED_FROM),
    })
  return paginate<Deletion>(withinReach(query, actor, 'authority.reactivate'), {
    ...ask,
    sort: [
      { column: 'a.deactivated_at', field: 'deactivated_at', type: 'timestamptz' },
      { column: 'a.id', field: 'id', type: 'integer' },
    ],
  })
}

/** What is left of an authority that was deleted. */
export interface Tombstone {
  name: string
  language: string
  deletedAt: Date
}

/** The authorities of a country that were deleted last; at most fifty. */
export const listTombstones = (db: Knex, country: string): Promise<Tombstone[]> =>
  db('tombstones')
    .where({ country })
    .orderBy('deleted_at', 'desc')
    .limit(50)
    .select({ name: 'official_name', language: 'official_language', deletedAt: 'deleted_at' })
