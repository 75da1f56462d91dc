import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexAllWords } from '../../src/authorities/index.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { countQueries } from '../support/count-queries.ts'
import { aGrant, aNationalCoordinator, anAuthority, aUser, moduleId } from '../support/factories.ts'

const QUALIFICATIONS = 'professional-qualifications-requests'
const SERVICES = 'services-requests'
const ADVANCED = /<details[^>]* open>/

let w: World
let reader: Someone
let region: string
beforeAll(async () => {
  w = await world()
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Samordnaren' })
  await aGrant(w.knex, nimic, QUALIFICATIONS, { role: 'coordinator' })
  region = (await w.knex('regions').where({ country: 'SE' }).orderBy('code').first('code')).code
  const north = await anAuthority(w.knex, { officialName: 'Styrelsen för sjukvård', region, city: 'Åmål' })
  await aGrant(w.knex, north, QUALIFICATIONS)
  await aGrant(w.knex, north, SERVICES, { role: 'coordinator', status: 'suspended' })
  await w.knex('authority_policy_areas').insert({ authority_id: north.id, policy_area: 'consumer-protection' })
  await w.knex('authority_economic_activities').insert({ authority_id: north.id, economic_activity: '01' })
  const east = await anAuthority(w.knex, { country: 'DK', language: 'da', officialName: 'Sundhedsstyrelsen' })
  await aGrant(w.knex, east, SERVICES, { role: 'coordinator' })
  await indexAllWords(w.knex)
  reader = await w.signedIn(await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' }))
})
afterAll(() => w.close())

const found = async (query: string): Promise<string[]> => {
  const page = await reader.visit(`/authorities?${query}`)
  return page.text.includes('No authority fits') ? [] : page.table('Authorities found').map(row => row.Authority ?? '')
}

describe('the filters of the general search', () => {
  test.each([
    ['q=sjukvard', ['Styrelsen för sjukvård']],
    ['q=SJUKVÅRD+%C3%85m%C3%A5l', ['Styrelsen för sjukvård']],
    ['q=styrelsen', ['Styrelsen för sjukvård']],
    ['q=s', ['Samordnaren', 'Styrelsen för sjukvård', 'Sundhedsstyrelsen']],
    ['role=coordinator', ['Samordnaren', 'Sundhedsstyrelsen']],
    ['role=authority', ['Styrelsen för sjukvård']],
    ['policyArea=consumer-protection', ['Styrelsen för sjukvård']],
    ['economicActivity=01', ['Styrelsen för sjukvård']],
    ['economicActivity=A', ['Styrelsen för sjukvård']],
    ['economicActivity=B', []],
    ['reads=da', ['Sundhedsstyrelsen']],
    ['reads=en&country=DK', ['Sundhedsstyrelsen']],
    ['country=SE&policyArea=consumer-protection&role=authority&q=vard', []],
  ])('%s finds %j', async (query, names) => {
    expect(await found(query)).toEqual(names)
  })

  test('a module and a role in it belong together, and a suspended grant is none', async () => {
    const services = await moduleId(w.knex, SERVICES)
    expect(await found(`module=${services}`)).toEqual(['Sundhedsstyrelsen'])
    expect(await found(`module=${services}&role=coordinator&country=SE`)).toEqual([])
    expect(await found(`module=${await moduleId(w.knex, QUALIFICATIONS)}&role=authority`)).toEqual([
      'Styrelsen för sjukvård',
    ])
  })

  test('regions can be chosen once a country is; those of another country count for nothing', async () => {
    expect((await reader.visit('/authorities')).text).toContain('select a country first')
    const page = await reader.visit('/authorities?country=SE')
    expect(page.options('Search', 'region').map(({ value }) => value)).toContain(region)
    expect(await found(`country=SE&region=${region}`)).toEqual(['Styrelsen för sjukvård'])
    expect(await found(`country=DK&region=${region}`)).toEqual(['Sundhedsstyrelsen'])
    expect(await found(`region=${region}`)).toHaveLength(3)
  })

  test('further filters stay open while they are in use', async () => {
    expect((await reader.visit('/authorities?q=s')).html).not.toMatch(ADVANCED)
    const page = await reader.visit('/authorities?reads=da')
    expect(page.html).toMatch(ADVANCED)
    expect(page.values('Search')).toMatchObject({ reads: 'da' })
  })

  test.each(['role=boss', 'policyArea=%27%22', 'economicActivity=ZZ', 'reads=xx', 'region=SE99', 'reads=a&reads=b'])(
    'takes %s for nothing asked',
    async query => {
      expect(await found(query)).toHaveLength(3)
    },
  )
})

const place = (...values: unknown[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

test.each([
  ['/authorities', place('a', 'b')],
  ['/authorities', place('a', '99999999999')],
  ['/authorities', place('a\0', '1')],
  ['/authorities', place('a', 1)],
  ['/managed-authorities?mine=no', place('a', "1' or 1=1")],
  ['/managed-authorities?mine=no&sort=changed', place('yesterday', '1')],
  ['/managed-authorities?mine=no&sort=changed', place('0000-01-01T00:00:00Z', '1')],
  ['/managed-authorities?mine=no&sort=status', place('active', 'a', 'x')],
])('a place in %s that no list gave out is its beginning', async (path, key) => {
  const first = await reader.visit(path)
  for (const way of ['after', 'before']) {
    const page = await reader.visit(`${path}${path.includes('?') ? '&' : '?'}${way}=${key}`)
    expect(page.table('Authorities found')).toEqual(first.table('Authorities found'))
  }
})

test('a search that finds nothing costs no more statements than one that finds much', async () => {
  const none = await countQueries(w, () => reader.visit('/authorities?q=nobody&reads=da'))
  const much = await countQueries(w, () => reader.visit('/authorities'))
  expect(none).toBe(much)
  expect(much).toBeLessThanOrEqual(5)
})
