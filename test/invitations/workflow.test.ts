import { afterAll, beforeAll, expect, test } from 'vitest'
import { canTake, OPEN, type Status, STATUSES, steps, SUBMISSION_STATES } from '../../src/invitations/workflow.ts'
import { world, type World } from '../support/app.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

const checked = async (table: string, column: string): Promise<string[]> => {
  const found = await w.knex.raw<{ rows: { text: string }[] }>(
    `select pg_get_constraintdef(oid) as text from pg_constraint where conrelid = ?::regclass and conname = ?`,
    [table, `${table}_${column}_check`],
  )
  return [...(found.rows[0]?.text ?? '').matchAll(/'([^']+)'/g)].map(([, word = '']) => word)
}

test('the database knows the same statuses', async () => {
  expect((await checked('invitations', 'status')).toSorted()).toEqual([...STATUSES].toSorted())
  expect((await checked('invitation_submissions', 'state')).toSorted()).toEqual([...SUBMISSION_STATES].toSorted())
})

/** E7, read once more by hand. */
const next: Record<Status, (Status | null)[]> = {
  draft: ['refused', 'held', 'sent', null],
  refused: ['refused', 'held', 'sent', null],
  held: ['sent', 'refused', 'withdrawn'],
  sent: ['registered', 'expired', 'withdrawn', 'sent'],
  expired: ['sent', 'withdrawn'],
  registered: ['validated', 'rejected'],
  rejected: ['registered'],
  withdrawn: [],
  validated: [],
}

test.each(STATUSES)('from %s it goes where E7 says', status => {
  const names = (Object.keys(steps) as (keyof typeof steps)[]).filter(step => canTake(step, status))
  const reached = new Set(names.map(step => steps[step].to))
  expect([...reached].toSorted()).toEqual(next[status].toSorted())
})

test('an address is in use in the statuses of E7', () => {
  expect([...OPEN]).toEqual(['draft', 'held', 'sent', 'registered'])
})
