import type { Knex } from 'knex'
import { rowsOf } from '../../platform/db/statement.ts'
import { OPEN_SQL } from '../queries.ts'

const AT_WORK = `
  select m.id from modules m where exists (
    select from requests r where r.requester_id = :authority and r.module_id = m.id
      and (r.status = 'awaiting approval' or r.status in ${OPEN_SQL}))
  or exists (
    select from request_parts p join requests r on r.id = p.request_id
    where p.responder_id = :authority and r.module_id = m.id and p.status in ${OPEN_SQL})
  order by m.id`

/** The modules in which an authority has open or not yet approved requests, of either side: they need a request handler (spec/roles.md). */
export const listModulesAtWork = async (db: Knex, authorityId: number): Promise<number[]> =>
  (await rowsOf<{ id: number }>(db, AT_WORK, { authority: authorityId })).map(({ id }) => id)
