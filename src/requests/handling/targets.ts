import type { Knex } from 'knex'
import { foldWords, wordsQuery } from '../../authorities/index.ts'

/** An authority that a request or a part of it can be given to. */
export interface Target {
  id: number
  name: string
  language: string
  coordinates: boolean
}

/** More are not offered at once: a word more finds the right one. */
export const MOST_TARGETS = 20

interface From {
  moduleId: number
  responderId: number | null
  requesterId: number
}

const TARGETS = `
  from authorities a
  join grants g on g.authority_id = a.id and g.module_id = :module and g.status = 'active'
  join authorities own on own.id = :responder and own.country = a.country
  where a.status = 'active' and a.id not in (:responder, :requester)`

const bindings = ({ moduleId, responderId, requesterId }: From): Record<string, Knex.Value> => ({
  module: moduleId,
  responder: responderId ?? 0,
  requester: requesterId,
})

/**
 * Where the responder can pass a request on to: active, with the module active, of its country, not the requester
 * (spec/requests.md, Forwarding). `q`: words of the name, the informal titles, keywords, the place.
 */
export async function searchTargets(db: Knex, from: From, q: string): Promise<Target[]> {
  const words = foldWords(q)
  const worded =
    words.length > 0
      ? `and a.id in (select s.authority_id from authority_search s where s.words @@ cast(:words as tsquery))`
      : ''
  const found = await db.raw<{ rows: Target[] }>(
    `select a.id, a.official_name as name, a.official_language as language, g.role = 'coordinator' as coordinates
     ${TARGETS} ${worded} order by a.sort_name, a.id limit ${MOST_TARGETS}`,
    { ...bindings(from), words: wordsQuery(words) },
  )
  return found.rows
}

/** The chosen target as it is now, held until the change is done; undefined where it cannot be one (any more). */
export async function holdTarget(
  db: Knex.Transaction,
  from: From,
  id: number,
): Promise<(Target & { country: string; mayRefuse: boolean }) | undefined> {
  const found = await db.raw<{ rows: (Target & { country: string; mayRefuse: boolean })[] }>(
    `select a.id, a.official_name as name, a.official_language as language, a.country, g.may_refuse as "mayRefuse",
       g.role = 'coordinator' as coordinates
     ${TARGETS} and a.id = :id for share of a, g`,
    { ...bindings(from), id },
  )
  return found.rows[0]
}
