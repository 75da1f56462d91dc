import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'

/** Whether an authority may be sent a request in a module, as its register stands now. */
export interface Standing {
  id: number
  country: string
  name: string
  language: string
  /** Languages that it reads. */
  languages: string[]
  active: boolean
  granted: boolean
  coordinates: boolean
  abroad: boolean
}

const STANDINGS = `
  select a.id, a.country, a.official_name as name, a.official_language as language, a.languages, a.status = 'active' as active,
    coalesce(g.status = 'active', false) as granted, coalesce(g.status = 'active' and g.role = 'coordinator', false) as coordinates,
    a.id <> :own and (a.country <> :country or m.own_country) as abroad
  from authorities a join modules m on m.id = :module
  left join grants g on g.authority_id = a.id and g.module_id = m.id
  where a.id = any(cast(:ids as int[])) order by a.id`

export interface Asking {
  moduleId: number
  own: { id: number; country: string }
}

/** How these authorities stand to being asked. One that was deleted is not among them. */
export const standingsOf = (db: Knex, ids: readonly number[], { moduleId, own }: Asking): Promise<Standing[]> =>
  rowsOf<Standing>(db, STANDINGS, { ids: [...ids], module: moduleId, own: own.id, country: own.country })

/** May be asked: active, with an active grant, in another country unless the module allows one's own. */
export const isAskable = ({ active, granted, abroad }: Standing): boolean => active && granted && abroad

/** Holds the register's rows until the change is done: whoever suspends or deactivates meanwhile waits. */
export async function holdGrants(
  db: Knex.Transaction,
  authorities: readonly number[],
  moduleId: number,
): Promise<void> {
  await db.raw('select from authorities where id = any(?) order by id for share', [[...authorities]])
  await db.raw('select from grants where authority_id = any(?) and module_id = ? order by id for share', [
    [...authorities],
    moduleId,
  ])
}

/** Whether the requester itself may send now: active, with an active grant. */
export const mayAsk = ({ active, granted }: Pick<Standing, 'active' | 'granted'>): boolean => active && granted
