import { daysAgo, type Loading } from '../loading.ts'

/** Key of an authority that stood in the register until the purge deleted it. */
export const DELETED = 'eekh'

/** What the purge leaves of an authority: its number and its tombstone (B13). */
export async function deletedAuthority({ db, now, authorities }: Loading): Promise<void> {
  const found = await db.raw<{ rows: [{ id: number }] }>(
    `select nextval(pg_get_serial_sequence('authorities', 'id'))::int as id`,
  )
  const { id } = found.rows[0]
  await db('tombstones').insert({
    authority_id: id,
    country: 'HU',
    official_name: 'Egészségügyi Engedélyezési és Közigazgatási Hivatal',
    official_language: 'hu',
    deleted_at: daysAgo(now, 60),
  })
  authorities.set(DELETED, id)
}
