import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aDelegation, type AnAuthority, anAuthority, aUser } from '../support/factories.ts'
import { lastEvent } from './editing.ts'
import { swedishManager } from './registering.ts'

const ADD = 'Become access manager'
const REMOVE = 'Remove my authority'

let w: World
let nimic: AnAuthority
let manager: Someone
let other: Someone
let otherAuthority: AnAuthority
beforeAll(async () => {
  w = await world()
  ;({ nimic, someone: manager } = await swedishManager(w))
  otherAuthority = await anAuthority(w.knex, { officialName: 'Länsstyrelsen' })
  await aDelegation(w.knex, otherAuthority)
  other = await w.signedIn(await aUser(w.knex, otherAuthority, { administrator: true, dataAdministrator: 'all' }))
})
afterAll(() => w.close())

const managersOf = async (id: number) =>
  (await manager.visit(`/authorities/${id}/management`)).table('Access managers').map(row => row.Authority)

test('an access manager of the country adds its own authority; those of record are told', async () => {
  const { id } = await anAuthority(w.knex, { managers: [nimic] })
  const page = await (await other.visit(`/authorities/${id}/management`)).follow('Add my authority as access manager')
  expect(page.text).toContain('beside 1 other')
  const done = await page.submit(ADD, {}, { to: `/authorities/${id}/management` })
  expect(done.notice).toContain('now access manager')
  expect(await managersOf(id)).toEqual(expect.arrayContaining(['Länsstyrelsen', 'Samordningsverket']))
  expect(await lastEvent(w, id)).toMatchObject({
    event: 'authority.managerAdded',
    details: { authorityId: otherAuthority.id },
  })
  expect((await w.mails()).at(-1)).toMatchObject({
    template: 'authorities/changed-by-another',
    to_address: nimic.email,
  })
  expect(done.text).toContain('Remove my authority as access manager')
  expect((await other.visit(`/authorities/${id}/access-management`)).text).toContain(
    'access manager of this authority already',
  )
})

test('it removes itself, never the last one: two at once leave one', async () => {
  const { id } = await anAuthority(w.knex, { managers: [nimic, otherAuthority] })
  const path = `/authorities/${id}/access-management/removal`
  const [one, two] = await Promise.all([manager.visit(path), other.visit(path)])
  const results = await Promise.allSettled([
    one.submit(REMOVE, {}, { to: `/authorities/${id}/management` }),
    two.submit(REMOVE, {}, { to: `/authorities/${id}/management` }),
  ])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await managersOf(id)).toHaveLength(1)
})

test('the last one reads why it cannot', async () => {
  const { id } = await anAuthority(w.knex, { managers: [nimic] })
  const page = await manager.visit(`/authorities/${id}/access-management/removal`)
  expect(page.text).toContain('last access manager')
  expect(page.buttons).not.toContain(REMOVE)
})

test('own administrators and access managers of other countries cannot', async () => {
  const authority = await anAuthority(w.knex, { managers: [nimic] })
  const own = await w.signedIn(await aUser(w.knex, authority, { administrator: true }))
  await own.visit(`/authorities/${authority.id}/access-management`, { status: 403 })
  await own.visit(`/authorities/${authority.id}/access-management/removal`, { status: 403 })
})
