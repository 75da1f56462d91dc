import { afterAll, beforeAll, expect, test } from 'vitest'
import { indexAllWords } from '../../src/authorities/index.ts'
import { readCsv } from '../../src/platform/csv.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aDelegation, aGrant, aNationalCoordinator, anAuthority, aUser } from '../support/factories.ts'

const QUALIFICATIONS = 'professional-qualifications-requests'

let w: World
let national: Someone
let delegated: Someone
beforeAll(async () => {
  w = await world()
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  const manager = await anAuthority(w.knex, { officialName: 'Rådet', managers: [nimic] })
  await aDelegation(w.knex, manager, { modules: [QUALIFICATIONS] })
  const mine = await anAuthority(w.knex, {
    officialName: '=HYPERLINK("http://evil.test";"x")',
    city: '+46',
    managers: [manager],
    titles: { en: '@office; "quoted"\n' },
  })
  await aGrant(w.knex, mine, QUALIFICATIONS, { role: 'coordinator', status: 'suspended' })
  await aUser(w.knex, mine, { administrator: true, blockedAt: new Date() })
  const other = await anAuthority(w.knex, { officialName: 'Övriga', managers: [nimic] })
  await aGrant(w.knex, other, 'services-requests')
  await aUser(w.knex, other, { administrator: true })
  await indexAllWords(w.knex)
  national = await w.signedIn(await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' }))
  delegated = await w.signedIn(await aUser(w.knex, manager, { administrator: true, dataAdministrator: 'all' }))
})
afterAll(() => w.close())

async function file(who: Someone, query: string) {
  const answer = await who.request('GET', `/managed-authorities/csv?${query}`)
  expect(answer.status).toBe(200)
  const { heading, rows, bad } = readCsv(answer.body)
  expect(bad).toEqual([])
  return { answer, rows: rows.map(({ cells }) => Object.fromEntries(heading.map((head, i) => [head, cells[i]]))) }
}

test('the page leads to the file of the same search', async () => {
  const page = await delegated.visit('/managed-authorities?mine=no&status=suspended&sort=changed')
  expect(page.link('Save the whole list as CSV').href).toContain(
    '/managed-authorities/csv?mine=no&status=suspended&sort=changed',
  )
  expect(page.text).toContain('at most 20,000 authorities')
})

test('the file is a download, in UTF-8 with its mark, and no formula is left in it', async () => {
  const { answer, rows } = await file(delegated, '')
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.headers['content-disposition']).toBe('attachment; filename="authorities-2026-11-20.csv"')
  expect(answer.headers['cache-control']).toBe('no-store')
  expect([...answer.body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(answer.text).toContain(`"'=HYPERLINK(""http://evil.test"";""x"")"`)
  expect(answer.text).toContain(`'+46`)
  expect(answer.text).not.toMatch(/(^|;)"?[=+@]/m)
  expect(rows).toEqual([
    {
      'Official name': '=HYPERLINK("http://evil.test";"x")',
      'Informal title': '@office; "quoted"\n',
      Status: 'Suspended',
      Level: 'National',
      Region: '',
      City: '+46',
      'E-mail address': expect.stringContaining('@authority.test'),
      Modules: 'Professional qualifications – requests (coordinator) (suspended)',
      Administrators: '1',
      'Roles with one holder': '0',
      'Users with password problems': '1',
      'Last change': '2026-11-01',
    },
  ])
})

test('it says no more about people than the page does', async () => {
  const { rows } = await file(delegated, 'mine=no&q=%C3%B6vriga')
  expect(rows).toMatchObject([{ 'Official name': 'Övriga', Administrators: '', 'Users with password problems': '' }])
  expect((await file(national, 'mine=no&q=%C3%B6vriga')).rows).toMatchObject([{ Administrators: '1' }])
  expect((await file(delegated, 'mine=no&oneAdministrator=yes&q=%C3%B6vriga')).rows).toEqual([])
})

test('it is there for nobody who may not see the page', async () => {
  const nobody = await w.signedIn(await aUser(w.knex, await anAuthority(w.knex)))
  expect((await nobody.request('GET', '/managed-authorities/csv')).status).toBe(403)
})

test('it holds every authority of the list in its order, in batches', async () => {
  const many = Array.from({ length: 1100 }, (_, n) => ({
    country: 'SE',
    official_name: `Verk ${n}`,
    official_language: 'sv',
    email: `verk${n}@authority.test`,
    sort_name: `verk ${String(n % 400).padStart(4, '0')}`,
    name_key: `verk ${n}`,
    registered_at: new Date(Date.UTC(2026, 0, 1 + (n % 300))),
  }))
  await w.knex.batchInsert('authorities', many, 500)
  await indexAllWords(w.knex)
  for (const sort of ['name', 'status', 'changed']) {
    const { rows } = await file(national, `mine=no&q=verk&sort=${sort}`)
    expect(new Set(rows.map(row => row['Official name'])).size).toBe(1100)
    const changes = rows.map(row => row['Last change'] ?? '')
    if (sort === 'changed') expect(changes).toEqual(changes.toSorted().reverse())
  }
  const page = await national.visit('/managed-authorities?mine=no&q=verk')
  expect(page.text).toContain('More than 1,000')
})
