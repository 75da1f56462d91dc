import type { Knex } from 'knex'
import { rowsOf } from '../platform/db/statement.ts'
import type { Actor, Standing } from '../policy.ts'
import { standingsOf } from '../reach.ts'
import type { FoundRegister, Register } from './register.ts'

const named = (of: string): string =>
  `json_build_object('code', ${of}.code, 'name', coalesce(${of}.names->>:lang, ${of}.names->>'en'))`

/** The columns of an entry joined as `r` with its authority `a`, for a reader of the language `:lang`. */
const COLUMNS = `
  r.id, r.authority_id as "authorityId", a.official_name as "authorityName", a.official_language as "authorityLanguage",
  a.status as "authorityStatus", a.country, r.address, r.languages, r.contents, r.note, r.note_language as "noteLanguage",
  r.access, r.version, r.changed_at as "changedAt",
  (select coalesce(json_agg(json_build_object('text', n.name, 'lang', n.language) order by n.language <> a.official_language, n.language), '[]')
    from register_names n where n.register_id = r.id) as names,
  (select coalesce(json_agg(json_build_object('text', t.title, 'lang', t.language) order by t.language), '[]')
    from register_titles t where t.register_id = r.id) as titles,
  (select coalesce(json_agg(${named('m')} order by m.id), '[]')
    from register_modules x join modules m on m.id = x.module_id where x.register_id = r.id) as modules,
  (select coalesce(json_agg(${named('k')} order by coalesce(k.names->>:lang, k.names->>'en')), '[]')
    from register_keywords x join keywords k on k.id = x.keyword_id where x.register_id = r.id) as keywords,
  (select coalesce(json_agg(${named('e')} order by coalesce(e.parent, e.code), e.parent nulls first, e.code), '[]')
    from register_economic_activities x join economic_activities e on e.code = x.economic_activity
    where x.register_id = r.id) as activities`

const FROM = 'from registers r join authorities a on a.id = r.authority_id'

interface FoundRow extends Register {
  standings: Standing[]
}

/**
 * Finds an entry with what the actor is to its authority. Those of an authority that is not active are the business of its own
 * people and of those who manage it.
 */
export async function findRegister(db: Knex, actor: Actor, id: number): Promise<FoundRegister | undefined> {
  const { sql, values } = standingsOf(actor)
  const [row] = await rowsOf<FoundRow>(db, `select ${COLUMNS}, ${sql} ${FROM} where r.id = :id`, {
    ...values,
    id,
    lang: actor.language,
  })
  return row && seesThoseOf(row.authorityStatus, row) ? row : undefined
}

/** Whether somebody reads the entries of an authority: all do while it is active. */
export const seesThoseOf = (status: Register['authorityStatus'], { standings }: { standings: readonly Standing[] }) =>
  status === 'active' || standings.includes('member') || standings.includes('manager for')

/** The entries of one authority, by name. */
export const listRegisters = (db: Knex, lang: string, authorityId: number): Promise<Register[]> =>
  rowsOf(db, `select ${COLUMNS} ${FROM} where r.authority_id = :authorityId order by r.sort_name, r.id`, {
    lang,
    authorityId,
  })

/** These entries, in their order. */
export const registersIn = (db: Knex, lang: string, ids: readonly number[]): Promise<Register[]> =>
  rowsOf(
    db,
    `select ${COLUMNS} ${FROM} join unnest(cast(:ids as int[])) with ordinality as wanted (id, place) on wanted.id = r.id
     order by wanted.place`,
    { lang, ids: [...ids] },
  )

/** An entry, held until the change is done: whoever edits it after this one sees what this one saved. */
export async function lockRegister(db: Knex.Transaction, lang: string, id: number): Promise<Register | undefined> {
  await db('registers').where({ id }).forUpdate().first('id')
  return (await registersIn(db, lang, [id]))[0]
}
