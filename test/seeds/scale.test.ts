import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadScale } from '../../seeds/scale/load.ts'
import { languageOf } from '../../seeds/scale/languages/index.ts'
import { nameNumber } from '../../seeds/scale/name.ts'
import { countries } from '../../seeds/reference/countries.ts'
import { indexWords } from '../../src/authorities/index.ts'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, theCommission } from '../support/factories.ts'

const NOW = new Date('2026-11-20T09:00:00Z')
let w: World
let swedish: number
let shapeBefore: unknown

beforeAll(async () => {
  w = await world()
  await theCommission(w.knex)
  swedish = (await aNationalCoordinator(w.knex, 'SE')).id
  shapeBefore = await shape()
  await loadScale(w.knex, { count: 200, keys: w.config.keys, now: NOW, tell: () => undefined })
})
afterAll(() => w.close())

/** Every index and constraint there is. */
async function shape(): Promise<unknown> {
  const { rows } = await w.knex.raw(
    `select tablename, indexdef as text from pg_indexes where schemaname = 'public'
     union all select conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
     order by 1, 2`,
  )
  return rows
}

async function count(sql: string): Promise<number> {
  const { rows } = await w.knex.raw(`select count(*)::int as n from ${sql}`)
  return rows[0].n
}

test('there are as many authorities and people as were asked for, in thirty countries', async () => {
  expect(await count('authorities where id > 2')).toBe(200)
  expect(await count('users')).toBe(600)
  expect(await count('users where administrator')).toBe(200)
  expect(await count('(select distinct country from authorities) c')).toBe(31)
})

test('each country has one national coordinator, and the one that was there stays', async () => {
  const rows = await w.knex('authorities').where({ kind: 'national coordinator' }).select('id', 'country')
  expect(rows).toHaveLength(30)
  expect(rows.find(row => row.country === 'SE').id).toBe(swedish)
})

test('every index and constraint is there again', async () => {
  expect(await shape()).toEqual(shapeBefore)
})

test('every authority but the national coordinators has a module, managers of its country, and linked coordinators', async () => {
  const own = `authorities a where a.id > 2 and a.kind = 'competent'`
  expect(await count(`${own} and not exists (select from grants g where g.authority_id = a.id)`)).toBe(0)
  expect(
    await count(`${own} and not exists (select from authority_access_managers m where m.authority_id = a.id)`),
  ).toBe(0)
  expect(
    await count(`authority_access_managers m join authorities a on a.id = m.authority_id join authorities b on b.id = m.manager_id
      where a.country <> b.country`),
  ).toBe(0)
  expect(
    await count(`grant_coordinators gc join grants g on g.id = gc.grant_id where not exists (
      select from grants c where c.authority_id = gc.coordinator_id and c.module_id = g.module_id and c.role = 'coordinator')
      and gc.coordinator_id <> ${swedish}`),
  ).toBe(0)
  expect(await count(`delegations`)).toBeGreaterThan(20)
})

test('an access manager of record may manage what it has on record', async () => {
  const wrong = await count(`authority_access_managers m join delegations d on d.authority_id = m.manager_id
    join authorities a on a.id = m.authority_id
    where d.region is not null and d.region <> a.region
      or not d.all_modules and not exists (select from delegation_modules dm join grants g on g.module_id = dm.module_id
        where dm.authority_id = d.authority_id and g.authority_id = a.id)`)
  expect(wrong).toBe(0)
})

test('the words are those that a change of the authority would write', async () => {
  const words = async (id: number): Promise<string> =>
    (await w.knex('authority_search').where({ authority_id: id }).first('words')).words
  for (const id of [10, 60, 150, 201]) {
    const made = await words(id)
    expect(made.split(' ').length).toBeGreaterThan(5)
    await indexWords(w.knex, id)
    expect(await words(id)).toEqual(made)
  }
})

test('one of its administrators works on the next authority', async () => {
  const user = await w.knex('users').where({ administrator: true, data_administrator: 'all' }).first()
  const page = await (await w.signedIn(user)).visit('/')
  expect(page.status).toBe(200)
  const [row] = await w
    .knex('users')
    .insert({ ...user, id: undefined, username: 'next', email: 'next@people.test' })
    .returning('id')
  expect(row.id).toBeGreaterThan(600)
})

test('each language has its words, and no name comes twice', () => {
  const codes = [...new Set(countries.flatMap(({ languages }) => languages))]
  for (const code of codes) {
    const { kinds, fields, places, given, family } = languageOf(code)
    const lengths = [kinds, fields, places.first, places.last, given, family].map(list => new Set(list).size)
    expect([code, ...lengths]).toEqual([code, 8, 16, 14, 10, 10, 10])
  }
  const names = Array.from({ length: 40_000 }, (_, n) => nameNumber(n, 4, 'de').officialName)
  expect(new Set(names).size).toBe(names.length)
})
