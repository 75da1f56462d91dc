import type { Change } from '../platform/db/change.ts'
import { BATCH, rule } from './rule.ts'

interface Due {
  of: 'users' | 'deleted_people' | 'former_people'
  id: number
}

const AFTER = '3 years'

/**
 * Erases the names of people three years after they were deleted, went with their authority, or were replaced in their record
 * (requests.md, Data protection). The history keeps their number.
 */
export const eraseNames = rule<Due>({
  name: 'eraseNames',
  after: AFTER,
  atOnce: 100,
  find: async (db, at) =>
    (
      await db.raw<{ rows: Due[] }>(
        `select 'users' as of, id from users where deleted_at <= cast(:at as timestamptz) - interval '${AFTER}'
         union all select 'deleted_people', user_id from deleted_people where deleted_at <= cast(:at as timestamptz) - interval '${AFTER}'
         union all select 'former_people', id from former_people where until <= cast(:at as timestamptz) - interval '${AFTER}'
         limit ${BATCH}`,
        { at },
      )
    ).rows,
  async apply(c, due) {
    const ids = (of: Due['of']) => due.filter(one => one.of === of).map(({ id }) => id)
    const people = [...ids('users'), ...ids('deleted_people')]
    await eraseValues(c, people)
    await c.db('emails').where({ about_type: 'user' }).whereIn('about_id', people).delete()
    await c.db('former_people').whereIn('id', ids('former_people')).delete()
    await c.db('deleted_people').whereIn('user_id', people).delete()
    await c.db('users').whereIn('id', ids('users')).whereNotNull('deleted_at').delete()
    return due
  },
})

/** What the history says of the person; that something was done, when and by whom stays. */
const eraseValues = (c: Change, people: number[]): Promise<unknown> =>
  c.db.raw(
    `delete from audit_values where event_id in (
       select id from audit_events where subject_type = 'user' and subject_id = any(cast(? as int[])))`,
    [people],
  )
