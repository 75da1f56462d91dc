import type { Knex } from 'knex'
import { today } from '../days.ts'
import { tell } from '../tell.ts'
import { BATCH, type RequestNight } from './night.ts'

/** 1: within three days; 2: today; 3: over. Days are those of the country that answers. */
const TODAY = `(cast(:todays as jsonb) ->> p.responder_country)::date`
const STAGE = `case when p.due_date < ${TODAY} then 3 when p.due_date = ${TODAY} then 2
  when p.due_date <= ${TODAY} + 3 then 1 else 0 end`

// A date that was moved ahead is told of anew.
const CHANGED = `
  select p.id, p.due_told as told, ${STAGE} as stage from request_parts p
  where p.status in ('accepted', 'partly answered', 'additional accepted', 'reply awaiting approval')
    and p.due_date is not null and p.due_told <> ${STAGE} and (cast(:id as int) is null or p.id = :id)
  order by p.id limit ${BATCH}`

interface Changed {
  id: number
  told: number
  stage: 0 | 1 | 2 | 3
}

async function changed(db: Knex, at: Date, id: number | null): Promise<Changed[]> {
  const countries = await db('countries').pluck<string[]>('code')
  const todays = JSON.stringify(Object.fromEntries(countries.map(code => [code, today(code, at)])))
  return (await db.raw<{ rows: Changed[] }>(CHANGED, { todays, id })).rows
}

const KINDS = { 1: 'due-soon', 2: 'due-today', 3: 'overdue' } as const

/**
 * Tells the handlers of the responder three days before the agreed date and on it; once it has passed those of the requester, too. After
 * nights without a run only of how it stands now.
 */
export const tellOfDates: RequestNight = {
  name: 'tellOfDates',
  after: '-3, 0, 1 days',
  find: async (db, at) => (await changed(db, at, null)).map(({ id }) => id),
  async apply(c, id) {
    await c.db('request_parts').where({ id }).forUpdate().select('id')
    const [now] = await changed(c.db, c.at, id)
    if (!now) return false
    await c.db('request_parts').where({ id }).update({ due_told: now.stage })
    if (now.stage === 0 || now.stage < now.told) return true
    await tell(c, id, 'responding handlers', KINDS[now.stage])
    if (now.stage === 3) await tell(c, id, 'requesting handlers', 'overdue')
    return true
  },
}
