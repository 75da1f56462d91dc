import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTexts } from '../../src/platform/i18n/i18n.ts'
import { nightlyRules } from '../../src/retention/index.ts'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, anAuthority, aUser, type AnAuthority, theCommission } from '../support/factories.ts'
import { night } from './nightly.ts'

const DATA_ADMINISTRATOR = { administrator: true, dataAdministrator: 'all' } as const

let w: World
let nimic: AnAuthority
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE')
})
afterAll(() => w.close())

test('every rule of the night says on the page what it does and why', () => {
  const texts = loadTexts({ strict: true })
  const silent = nightlyRules({ passwordProfile: 'imi', filesUrl: 's3://key:secret@files.test/bucket' })
    .flatMap(({ name }) => [`retention:rule.${name}`, `retention:why.${name}`])
    .filter(key => !texts.exists(key))
  expect(silent).toEqual([])
})

test('a national coordinator and the Commission read what was deleted at night, when and how many; each names what it may see', async () => {
  const user = await aUser(w.knex, nimic, DATA_ADMINISTRATOR)
  expect((await (await w.signedIn(user)).visit('/nightly-work')).text).toContain('Nothing has been done at night yet')
  const gone = (officialName: string, day: string, country = 'SE') =>
    anAuthority(w.knex, { country, officialName, status: 'deactivated', deactivatedAt: new Date(day) })
  for (let n = 1; n <= 22; n += 1) await gone(`Sommarverket ${n}`, '2026-05-01T10:00:00Z')
  await gone('Vinterstyrelsen', '2026-05-01T10:00:00Z', 'DK')
  await night(w)
  await gone('Höstverket', '2026-05-20T23:00:00Z')
  w.clock.set(new Date('2026-11-21T00:30:00Z'))
  await night(w)
  await night(w)

  const home = await (await w.signedIn(user)).visit('/')
  const page = await (await home.follow('Administration')).follow('Nightly work')
  const deleted = 'Deleted authorities with their users and settings Deactivated for more than six months'
  const rows = page.table('Work of the last nights').filter(row => row['What was done'] === deleted)
  expect(rows).toEqual([
    { When: '21 Nov 2026, 01:30 CET', 'What was done': deleted, Number: '1' },
    { When: '20 Nov 2026, 10:00 CET', 'What was done': deleted, Number: '23' },
  ])
  const named = page.table('Authorities that were deleted')
  expect(named[0]).toEqual({ Authority: 'Höstverket', Country: 'Sweden', 'Deleted on': '21 Nov 2026, 01:30 CET' })
  expect(named).toHaveLength(23)

  const commission = await w.signedIn(await aUser(w.knex, await theCommission(w.knex), { imiAdministrator: true }))
  const all = (await commission.visit('/nightly-work')).table('Authorities that were deleted')
  expect(all.map(({ Authority }) => Authority)).toContain('Vinterstyrelsen')
})

test('who answers for no country is refused', async () => {
  const someone = await w.signedIn(await aUser(w.knex, await anAuthority(w.knex), { administrator: true }))
  await someone.visit('/nightly-work', { status: 403 })
})
