import fc from 'fast-check'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findActor } from '../../src/actor.ts'
import { connectAsOwner, type Database } from '../../src/platform/db/connection.ts'
import { requestSearch } from '../../src/requests/lists/forms.ts'
import { searchRequests } from '../../src/requests/lists/queries.ts'
import { findRequest, type FoundRequest } from '../../src/requests/queries.ts'
import { combined, type Status, statuses } from '../../src/requests/workflow.ts'
import { freshDatabase } from '../support/database.ts'
import { anAuthority, aGrant, aUser, moduleId } from '../support/factories.ts'
import { MODULE } from '../support/requests.ts'

const AT = new Date('2026-11-20T09:00:00Z')
const SIZE = 6

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

const anybody = fc.nat({ max: SIZE - 1 })
const somebody = fc.option(anybody)
const part = fc.record({
  responder: anybody,
  coordinator: somebody,
  status: fc.constantFrom(...statuses),
  cameFrom: fc.constantFrom<Status>('accepted', 'partly answered', 'additional accepted'),
})

/** Authorities by their places; who coordinates whom before and after the requests came, who linked whom, who asked whom. */
const randomRequests = fc.record({
  before: fc.array(fc.tuple(anybody, anybody), { maxLength: 8 }),
  after: fc.array(fc.tuple(anybody, anybody), { maxLength: 4 }),
  ended: fc.array(fc.tuple(anybody, anybody), { maxLength: 4 }),
  linked: fc.array(fc.tuple(anybody, anybody), { maxLength: 5 }),
  unlinked: fc.array(fc.tuple(anybody, anybody), { maxLength: 3 }),
  requests: fc.array(
    fc.record({ requester: anybody, coordinator: somebody, parts: fc.array(part, { minLength: 1, maxLength: 3 }) }),
    { minLength: 2, maxLength: 8 },
  ),
  moved: fc.array(fc.record({ at: fc.nat({ max: 20 }), to: part }), { maxLength: 4 }),
})
type RandomRequests = typeof randomRequests extends fc.Arbitrary<infer World> ? World : never

test(
  'in any world, each list shows exactly what a record’s standings say, with the status that the record shows',
  { timeout: 120_000 },
  () =>
    fc.assert(
      fc.asyncProperty(randomRequests, async world => {
        const trx = await knex.transaction()
        try {
          expect(await faultsOf(trx, await store(trx, world))).toEqual([])
        } finally {
          await trx.rollback()
        }
      }),
      { numRuns: 30 },
    ),
)

async function faultsOf(trx: Knex, users: number[]): Promise<string[]> {
  const ids = await trx('request_parts').orderBy('id').pluck<number[]>('id')
  const faults: string[] = []
  for (const [me, userId] of users.entries()) {
    const actor = await findActor(trx, userId)
    if (!actor) throw new Error('No actor')
    const records: FoundRequest[] = []
    for (const id of ids) records.push(...[await findRequest(trx, actor, id)].filter(one => one !== undefined))
    const search = requestSearch.parse({})
    for (const list of ['own', 'coordinated', 'linked'] as const) {
      const page = await searchRequests(trx, actor, { list, search, at: AT })
      const found = page.rows.map(({ id, readStatus }) => `${id} ${readStatus}`).sort()
      const said = records.flatMap(record => expected(list, record)).sort()
      if (found.join() !== said.join()) faults.push(`${me} ${list}: [${found.join()}], records say [${said.join()}]`)
    }
  }
  return faults
}

function expected(list: 'own' | 'coordinated' | 'linked', record: FoundRequest): string[] {
  const { id, part, standings, shownStatus, wholeStatus } = record
  const has = (...some: string[]) => standings.some(one => some.includes(one))
  if (list === 'coordinated')
    return has('requesting coordinator', 'responding coordinator') ? [`${id} ${shownStatus}`] : []
  if (list === 'linked') return has('linked to a side') ? [`${id} ${shownStatus}`] : []
  const sent = has('requesting member') && part === 1 ? [`${id} ${wholeStatus}`] : []
  return [...sent, ...(has('responding member') ? [`${id} ${shownStatus}`] : [])]
}

/** Stores the world and answers a user of each authority, who has no role. */
async function store(trx: Knex, world: RandomRequests): Promise<number[]> {
  const bodies: { id: number }[] = []
  for (let at = 0; at < SIZE; at += 1) bodies.push(await anAuthority(trx, { country: at % 2 ? 'DK' : 'SE' }))
  const users = []
  for (const body of bodies) users.push((await aUser(trx, body)).id)
  for (const body of bodies) await aGrant(trx, body, MODULE)
  const id = (at: number): number => bodies[at]?.id ?? 0
  const module_id = await moduleId(trx, MODULE)
  const link = async (pairs: [number, number][]): Promise<void> => {
    for (const [of, by] of pairs.filter(([one, other]) => one !== other))
      await trx.raw(
        `insert into grant_coordinators (grant_id, coordinator_id) select id, ? from grants where authority_id = ? on conflict do nothing`,
        [id(by), id(of)],
      )
  }
  await link(world.before)
  for (const [of, by] of world.linked.filter(([one, other]) => one !== other))
    await trx('linked_authorities')
      .insert({ authority_id: id(of), observer_id: id(by), since: AT })
      .onConflict(['authority_id', 'observer_id'])
      .ignore()
  const [set] = await trx('question_sets').where({ module_id }).limit(1).pluck<number[]>('id')
  for (const [n, { requester, coordinator, parts }] of world.requests.entries()) {
    const [made] = await trx('requests')
      .insert({
        number: `SE-2026-${n}`,
        module_id,
        question_set_id: set,
        requester_id: id(requester),
        requester_country: 'SE',
        requester_coordinator_id: coordinator === null ? null : id(coordinator),
        status: combined(parts.map(one => ({ status: one.status, cameFrom: one.cameFrom }))),
        language: 'sv',
        created_at: AT,
        edited_at: AT,
      })
      .returning<{ id: number }[]>('id')
    for (const [place, one] of parts.filter(({ responder }) => responder !== requester).entries())
      await trx('request_parts').insert({ request_id: made?.id, part: place + 1, ...columns(one, id) })
  }
  const ids = await trx('request_parts').orderBy('id').pluck<number[]>('id')
  for (const { at, to } of world.moved) {
    const [request] = await trx('request_parts as p')
      .join('requests as r', 'r.id', 'p.request_id')
      .where('p.id', ids[at] ?? 0)
      .pluck<number[]>('r.requester_id')
    if (request !== undefined && request !== id(to.responder))
      await trx('request_parts').where({ id: ids[at] }).update(columns(to, id))
  }
  await link(world.after)
  for (const [of, by] of world.ended)
    await trx('grant_coordinators')
      .where({ coordinator_id: id(by) })
      .whereIn(
        'grant_id',
        trx('grants')
          .where({ authority_id: id(of) })
          .select('id'),
      )
      .delete()
  for (const [of, by] of world.unlinked)
    await trx('linked_authorities')
      .where({ authority_id: id(of), observer_id: id(by) })
      .delete()
  return users
}

const columns = (
  { responder, coordinator, status, cameFrom }: RandomRequests['moved'][number]['to'],
  id: (at: number) => number,
): object => ({
  responder_id: id(responder),
  responder_country: 'DK',
  coordinator_id: coordinator === null ? null : id(coordinator),
  status,
  came_from: status === 'reply awaiting approval' ? cameFrom : null,
  status_since: AT,
  acted_at: AT,
  arrived_at: AT,
  due_date: '2026-11-01',
})
