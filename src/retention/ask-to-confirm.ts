import type { Knex } from 'knex'
import type { Change } from '../platform/db/change.ts'
import type { Email } from '../platform/mail/email.ts'
import { listReaders } from '../removal/index.ts'
import { BATCH, rule } from './rule.ts'

interface Due {
  id: number
  officialName: string
}

const AFTER = '1 year'

const isDue = (since: string): string => `${since} <= cast(:at as timestamptz) - interval '${AFTER}'`

// The Commission is nobody's to find: it confirms nothing.
const DUE = `
  select a.id, a.official_name as "officialName" from authorities a
  left join confirmation_requests r on r.authority_id = a.id
  where a.status = 'active' and a.kind <> 'commission' and ${isDue('coalesce(a.data_confirmed_at, a.registered_at)')}
    and (r.asked_at is null or ${isDue('r.asked_at')})
    and exists (select from users u where u.authority_id = a.id and u.administrator and u.deleted_at is null)
  order by a.id limit ${BATCH}`

const MARK = `
  insert into confirmation_requests as r (authority_id, asked_at) select unnest(cast(:ids as int[])), :at
  on conflict (authority_id) do update set asked_at = excluded.asked_at where ${isDue('r.asked_at')}
  returning authority_id`

/**
 * Asks the administrators once a year whether the data of their authority are still right and its users still work there (B16,
 * [004]): a year after they said so last, or after the registration, and not again before another year has passed.
 */
export const askToConfirm = rule<Due>({
  name: 'askToConfirm',
  after: AFTER,
  atOnce: 50,
  find: async (db, at) => (await db.raw<{ rows: Due[] }>(DUE, { at })).rows,
  apply: mark,
  async tell(c, done) {
    for (const due of done) for (const email of await requests(c.db, due)) await c.send(email)
  },
})

async function mark(c: Change, due: Due[]): Promise<Due[]> {
  const marked = await c.db.raw<{ rows: { authority_id: number }[] }>(MARK, { ids: due.map(({ id }) => id), at: c.at })
  const ids = new Set(marked.rows.map(row => row.authority_id))
  return due.filter(({ id }) => ids.has(id))
}

/** One mail to each administrator, the first with a copy to the authority's address. */
async function requests(db: Knex, { id, officialName }: Due): Promise<Email[]> {
  const { people, functional } = await listReaders(db, id)
  const copied = people.every(({ email }) => email !== functional.email)
  return people.map((person, index) => ({
    to: person.email,
    ...(copied && index === 0 && { cc: [functional.email] }),
    language: person.language,
    template: 'retention/confirm-data',
    values: { authority: officialName },
    path: `/authorities/${id}/confirmation`,
    about: { type: 'user', id: person.id },
  }))
}
