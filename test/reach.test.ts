import fc from 'fast-check'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findVisit } from '../src/actor.ts'
import { connectAsOwner, type Database } from '../src/platform/db/connection.ts'
import { type Action, type Actor, authorityStandings, can, policy, type Standing } from '../src/policy.ts'
import { standingsColumn, withinReach } from '../src/reach.ts'
import { standingOf, type Who } from './matrix/expected.ts'
import { randomWorld, type RandomWorld, store } from './matrix/random-world.ts'
import { mayDo, whoIs } from './matrix/roles.ts'
import { freshDatabase } from './support/database.ts'

const actions = Object.keys(policy) as Action[]
const LONG_AGO = { idleSince: new Date(0), openedSince: new Date(0) }

let db: Database
let knex: Knex
beforeAll(async () => {
  db = await freshDatabase()
  knex = connectAsOwner(db.url)
})
afterAll(async () => {
  await knex.destroy()
  await db.close()
})

test(
  'in any world, records and lists say of everybody and every authority what roles.md says',
  { timeout: 180_000 },
  () =>
    fc.assert(
      fc.asyncProperty(randomWorld, async world => {
        const faults = await inside(world, (trx, ids) => faultsOf(trx, ids, world))
        expect(faults).toEqual([])
      }),
      { numRuns: 80 },
    ),
)

test('the random worlds hold every standing, and many who have none', () => {
  const seen = fc
    .sample(randomWorld, 80)
    .flatMap(world => world.humans.flatMap((_human, me) => world.bodies.map((_body, x) => whoIs(world, me, x))))
  // What one is to a request has worlds of its own: test/requests/list-reach.test.ts.
  const toAuthorities: readonly Standing[] = authorityStandings.filter(
    standing => !['self', 'inviter', 'handler'].includes(standing),
  )
  const words = (Object.keys(standingOf) as Who[]).filter(who => toAuthorities.includes(standingOf[who]))
  const rare = words.filter(who => seen.filter(each => each.has(who)).length < seen.length / 1000)
  expect(rare).toEqual([])
  expect(seen.filter(each => each.size === 1).length).toBeGreaterThan(seen.length / 5)
})

/** The world for as long as the work lasts. */
async function inside<T>(world: RandomWorld, work: (trx: Knex, ids: number[]) => Promise<T>): Promise<T> {
  const trx = await knex.transaction()
  try {
    return await work(trx, await store(trx, world))
  } finally {
    await trx.rollback()
  }
}

/** Row by row, where the code and roles.md differ. */
async function faultsOf(trx: Knex, ids: number[], world: RandomWorld): Promise<string[]> {
  const faults: string[] = []
  for (const me of world.humans.keys()) {
    const visit = await findVisit(trx, `session of ${me}`, LONG_AGO)
    // E5: for an authority to be validated nobody is signed in.
    if ((world.bodies[me]?.status === 'to validate') !== (visit === undefined)) faults.push(`a visit of ${me}`)
    if (!visit) continue
    const records = await standingsOf(trx, ids, visit.actor)
    const listed = await listsOf(trx, ids, visit.actor)
    for (const [x, id] of ids.entries()) {
      const found = records.get(id) ?? []
      const said = [...whoIs(world, me, x)].map(who => standingOf[who])
      if (found.toSorted().join() !== said.toSorted().join())
        faults.push(`${me} to ${x}: record [${found.join()}], roles.md [${said.join()}]`)
      for (const action of actions) {
        const expected = mayDo(world, me, x, action)
        const byRecord = can(visit.actor, action, { standings: found })
        const byList = listed.has(`${action} ${id}`)
        if (byRecord !== expected || byList !== expected)
          faults.push(`${action} by ${me} to ${x}: record ${byRecord}, list ${byList}, roles.md ${expected}`)
      }
    }
  }
  return faults
}

async function standingsOf(trx: Knex, ids: number[], actor: Actor): Promise<Map<number, Standing[]>> {
  const rows = await trx('authorities as a')
    .whereIn('a.id', ids)
    .select<{ id: number; standings: Standing[] }[]>('a.id', standingsColumn(trx, actor))
  return new Map(rows.map(({ id, standings }) => [id, standings]))
}

/** The lists of all acts, in one statement. */
async function listsOf(trx: Knex, ids: number[], actor: Actor): Promise<Set<string>> {
  const lists = actions.map(action =>
    withinReach(
      trx('authorities as a')
        .whereIn('a.id', ids)
        .select(trx.raw('cast(? as text) as action', [action]), 'a.id'),
      actor,
      action,
    ),
  )
  const rows = await trx.unionAll(lists)
  return new Set((rows as { action: string; id: number }[]).map(({ action, id }) => `${action} ${id}`))
}
