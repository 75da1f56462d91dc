import type { Knex } from 'knex'
import { foldWords, wordsQuery } from '../words.ts'

/** One side of a link, with what a mail to it needs. */
export interface Side {
  id: number
  name: string
  language: string
  email: string
}

/** `from` lets `to` see the overview of its requests (B15). */
export interface Link {
  id: number
  from: Side
  to: Side
  since: Date
}

const side = (of: string): string =>
  `json_build_object('id', ${of}.id, 'name', ${of}.official_name, 'language', ${of}.official_language, 'email', ${of}.email)`

/** The links of an authority in both directions: what it shows, and what is shown to it. */
export async function listLinks(db: Knex, authorityId: number): Promise<Link[]> {
  const found = await db.raw<{ rows: Link[] }>(
    `select l.id, l.since, ${side('a')} as "from", ${side('o')} as "to"
     from linked_authorities l join authorities a on a.id = l.authority_id join authorities o on o.id = l.observer_id
     where l.authority_id = :id or l.observer_id = :id order by l.observer_id = :id, a.sort_name, o.sort_name, l.id limit 200`,
    { id: authorityId },
  )
  return found.rows
}

const linkable = (db: Knex, { id, country }: { id: number; country: string }) =>
  db('authorities as o')
    .where({ 'o.country': country, 'o.status': 'active' })
    .where('o.id', '<>', id)
    .select<Side[]>({ id: 'o.id', name: 'o.official_name', language: 'o.official_language', email: 'o.email' })

/** Finds an active authority of the same country that could be linked. */
export const findLinkable = async (
  db: Knex,
  authority: { id: number; country: string },
  observerId: number,
): Promise<Side | undefined> => (await linkable(db, authority).where('o.id', observerId))[0]

/** More than these are not shown: the words are to be narrowed. */
const SHOWN = 20

/** Searches authorities of the country that are not linked yet, by words of name, title, keyword or place. */
export async function searchLinkable(
  db: Knex,
  authority: { id: number; country: string },
  words: string,
): Promise<Side[]> {
  const folded = foldWords(words).slice(0, 6)
  if (folded.length === 0) return []
  const query = linkable(db, authority)
    .whereNotIn('o.id', db('linked_authorities').where({ authority_id: authority.id }).select('observer_id'))
    .whereRaw(`exists (select from authority_search s where s.authority_id = o.id and s.words @@ cast(? as tsquery))`, [
      wordsQuery(folded),
    ])
  return query.orderBy(['o.sort_name', 'o.id']).limit(SHOWN)
}
