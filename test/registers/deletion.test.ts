import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { lastEvent } from '../authorities/editing.ts'
import { aRegister, QUALIFICATIONS } from '../support/registers.ts'
import { type Keepers, keepers, SAVE, told } from './listing.ts'

const BUTTON = 'Delete the entry'

let w: World
let k: Keepers
let id: number
beforeAll(async () => {
  w = await world()
  k = await keepers(w)
})
beforeEach(async () => {
  await w.knex('registers').delete()
  id = await aRegister(w.knex, k.authority, {
    name: 'Legitimationsregistret',
    address: 'https://register.authority.test/',
    modules: [QUALIFICATIONS, 'patients-rights-requests'],
    keywords: ['pq-nurse'],
    activities: ['86', '87'],
  })
})
afterAll(() => w.close())

const path = () => `/registers/${id}/deletion`

test('the page says in numbers what ends; then it is gone, and the history keeps which it was', async () => {
  const page = await (await k.own.visit(`/registers/${id}`)).follow('Delete')
  expect(page.text).toContain('in 2 modules')
  expect(page.text).toContain('under 3 professions, services or activities')
  const list = await page.submit(BUTTON, {}, { to: `/authorities/${k.authority.id}/registers` })
  expect(list.notice).toContain('deleted')
  for (const table of [
    'registers',
    'register_names',
    'register_modules',
    'register_keywords',
    'register_economic_activities',
  ])
    expect(await w.knex(table)).toEqual([])
  expect(await lastEvent(w, k.authority.id)).toMatchObject({
    event: 'register.deleted',
    actor_id: k.admin.id,
    details: { register: 'Legitimationsregistret', address: 'https://register.authority.test/' },
  })
  const history = (await k.own.visit(`/authorities/${k.authority.id}/management`)).text
  expect(history).toContain('Deleted the entry of a public register')
  expect(history).toContain('Register: Legitimationsregistret')
  await k.own.visit(`/registers/${id}`, { status: 404 })
  expect(await told(w)).toEqual([])
})

test('by an access manager it is told', async () => {
  await (await k.manager.visit(path())).submit(BUTTON)
  expect(await told(w)).toEqual([k.admin.email])
})

test('an entry that somebody edited meanwhile is looked at once more', async () => {
  const page = await k.own.visit(path())
  await (await k.manager.visit(`/registers/${id}/edit`)).submit(SAVE, { activities_R: ['86'] })
  const again = await page.submit(BUTTON, {}, { status: 409 })
  expect(again.text).toContain('saved this page')
  expect(again.text).toContain('under 2 professions, services or activities')
  await again.submit(BUTTON)
  expect(await w.knex('registers')).toEqual([])
})

test('two at once delete once', async () => {
  const [mine, theirs] = [await k.own.visit(path()), await k.manager.visit(path())]
  await mine.submit(BUTTON)
  await theirs.submit(BUTTON, {}, { status: 404 })
  expect(await w.knex('audit_events').where({ event: 'register.deleted', subject_id: id })).toHaveLength(1)
})

test('nobody else deletes it', async () => {
  for (const someone of [k.member, k.abroad]) await someone.visit(path(), { status: 403 })
  expect(await w.knex('registers')).toHaveLength(1)
})
