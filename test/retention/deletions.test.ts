import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, anAuthority, aUser, type AnAuthority } from '../support/factories.ts'
import { night } from './nightly.ts'

const DATA_ADMINISTRATOR = { administrator: true, dataAdministrator: 'all' } as const

let w: World
let nimic: AnAuthority
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE')
})
afterAll(() => w.close())

test('an access manager reads what will be deleted and when, the next one first, and what was deleted', async () => {
  const manager = await w.signedIn(await aUser(w.knex, nimic, DATA_ADMINISTRATOR))
  expect((await manager.visit('/deletions')).text).toContain('No authority will be deleted')
  const gone = (name: string, day: string, country = 'SE') =>
    anAuthority(w.knex, { country, officialName: name, status: 'deactivated', deactivatedAt: new Date(day) })
  await gone('Sommarverket', '2026-07-01T10:00:00Z')
  const next = await gone('Vinterverket', '2026-06-01T10:00:00Z')
  await gone('Vårverket', '2026-04-01T10:00:00Z')
  await gone('Vinterstyrelsen', '2026-06-01T10:00:00Z', 'DK')
  await night(w)
  const page = await manager.visit('/deletions')
  expect(page.table('Will be deleted').map(row => [row.Authority, row['Will be deleted on']])).toEqual([
    ['Vinterverket', '1 December 2026'],
    ['Sommarverket', '1 January 2027'],
  ])
  expect(page.table('Deleted last')).toEqual([{ Authority: 'Vårverket', 'Deleted on': '20 November 2026' }])
  expect(page.links.map(({ href }) => href)).toContain(`/authorities/${next.id}/reactivation`)
})

test('who manages nobody is refused', async () => {
  const someone = await w.signedIn(await aUser(w.knex, await anAuthority(w.knex), { administrator: true }))
  await someone.visit('/deletions', { status: 403 })
})
