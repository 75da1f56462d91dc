import type { Knex } from 'knex'
import type { Translate } from '../platform/i18n/i18n.ts'
import { moment, zoneOf } from '../platform/i18n/names.ts'
import { rowsOf } from '../platform/db/statement.ts'

/** Somebody who has a page for editing this part of a request open. */
export interface Editor {
  name: string
  since: Date
}

/** So long after the last sign of somebody, they no longer count as editing. */
export const FORGOTTEN_AFTER = 15 * 60_000

/**
 * Notes that somebody is editing: called whenever a page for editing is drawn or sent. Whoever comes back after having been forgotten
 * begins anew. [001: the others see who edits]
 */
export async function markEditing(db: Knex, partId: number, userId: number, at: Date): Promise<void> {
  await db.raw(
    `insert into request_editing as e (part_id, user_id, since, seen_at) values (:partId, :userId, :at, :at)
     on conflict (part_id, user_id) do update set seen_at = excluded.seen_at,
       since = case when e.seen_at < :forgotten then excluded.since else e.since end`,
    { partId, userId, at, forgotten: new Date(at.getTime() - FORGOTTEN_AFTER) },
  )
}

/** Somebody has saved, and edits no longer. */
export async function stopEditing(db: Knex, partId: number, userId: number): Promise<void> {
  await db('request_editing').where({ part_id: partId, user_id: userId }).delete()
}

/** Who of the reader's own authority edits this part besides the reader. What others are doing is their own business. */
export const editorsOf = (
  db: Knex,
  partId: number,
  reader: { id: number; authorityId: number },
  at: Date,
): Promise<Editor[]> =>
  rowsOf<Editor>(db, EDITORS, {
    partId,
    reader: reader.id,
    authority: reader.authorityId,
    since: new Date(at.getTime() - FORGOTTEN_AFTER),
  })

const EDITORS = `
  select u.given_name || ' ' || u.family_name as name, e.since
  from request_editing e join users u on u.id = e.user_id and u.deleted_at is null
  where e.part_id = :partId and u.authority_id = :authority and u.id <> :reader and e.seen_at > :since
  order by e.since, u.id`

/** "X is editing since …", one line for each of them. */
export const editorsText = (
  editors: readonly Editor[],
  { t, lang, country }: { t: Translate; lang: string; country: string },
): string[] =>
  editors.map(({ name, since }) => t('requests:editing.since', { name, since: moment(lang, zoneOf(country), since) }))
