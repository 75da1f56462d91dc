import type { Knex } from 'knex'
import type { QuestionSet } from '../../../modules/index.ts'
import type { Actor } from '../../../policy.ts'
import { openPersonal, subjectKey } from '../../personal.ts'
import { COLUMNS, requestFrom, type RequestRow } from '../../queries.ts'
import { reachBindings } from '../../reach.ts'
import type { ImiRequest } from '../../request.ts'

/** So many are named; the list of requests has the others. */
const MOST = 5

const EARLIER = `
  select ${COLUMNS}
  from request_parts p join requests r on r.id = p.request_id join modules m on m.id = r.module_id
  where r.module_id = :module and r.id <> :request
    and ((r.requester_id = :me and p.part = 1) or (p.responder_id = :me and p.accepted_at is not null))
    and :alike = (select count(*) from request_personal x
      join unnest(cast(:keys as text[]), cast(:values as text[])) as wanted (key, value) on x.key = wanted.key and lower(x.value) = wanted.value
      where x.request_id = r.id)
  order by r.id desc limit ${MOST}`

/**
 * Earlier requests of the reader's own authority on the same subject: all that a request must say about the person is the same in
 * both. Nothing is looked for before all of it was typed. Compared by the database where personal data are open to this authority.
 */
export async function earlierRequests(
  db: Knex,
  actor: Actor,
  request: ImiRequest,
  { subject: fields }: QuestionSet,
  values: Readonly<Record<string, string | undefined>>,
): Promise<ImiRequest[]> {
  const asked = fields.filter(({ personal, required }) => personal && required)
  const wanted = asked.map(({ code }) => values[code]?.normalize('NFC').trim().toLowerCase() ?? '')
  if (asked.length === 0 || wanted.includes('')) return []
  return db.transaction(async trx => {
    await openPersonal(trx, actor.authorityId)
    const found = await trx.raw<{ rows: RequestRow[] }>(EARLIER, {
      ...reachBindings(actor),
      module: request.moduleId,
      request: request.requestId,
      alike: asked.length,
      keys: asked.map(({ code }) => subjectKey(code)),
      values: wanted,
    })
    return found.rows.map(requestFrom)
  })
}
