import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexAllWords } from '../../src/authorities/index.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { countQueries } from '../support/count-queries.ts'
import {
  aDelegation,
  aGrant,
  type AnAuthority,
  aNationalCoordinator,
  anAuthority,
  aUser,
  moduleId,
} from '../support/factories.ts'

const QUALIFICATIONS = 'professional-qualifications-requests'
const SERVICES = 'services-requests'
const CAPTION = 'Authorities found'

let w: World
let nimic: AnAuthority
let manager: AnAuthority
let mine: AnAuthority
let national: Someone
let delegated: Someone
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  manager = await anAuthority(w.knex, { officialName: 'Rådet', managers: [nimic] })
  await aDelegation(w.knex, manager, { modules: [QUALIFICATIONS] })
  mine = await anAuthority(w.knex, { officialName: 'Alfa', managers: [manager], titles: { en: 'Health office' } })
  await aUser(w.knex, mine, { administrator: true })
  const foreign = await anAuthority(w.knex, { officialName: 'Beta', managers: [nimic] })
  await aGrant(w.knex, foreign, SERVICES)
  for (const _ of [1, 2]) await aUser(w.knex, foreign, { administrator: true })
  const shared = await anAuthority(w.knex, { officialName: 'Gamma', managers: [nimic] })
  await aGrant(w.knex, shared, QUALIFICATIONS, { status: 'suspended' })
  await anAuthority(w.knex, { officialName: 'Delta', managers: [nimic], status: 'deactivated' })
  await anAuthority(w.knex, { officialName: 'Epsilon', managers: [nimic], status: 'to validate' })
  await anAuthority(w.knex, { country: 'DK', language: 'da', officialName: 'Alfa i Danmark' })
  await indexAllWords(w.knex)
  national = await w.signedIn(await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' }))
  delegated = await w.signedIn(await aUser(w.knex, manager, { administrator: true, dataAdministrator: 'all' }))
})
afterAll(() => w.close())

const found = async (who: Someone, query: string): Promise<string[]> => {
  const page = await who.visit(`/managed-authorities?${query}`)
  const empty = page.text.includes('No authority fits') || page.text.includes('You have no authorities yet')
  return empty ? [] : page.table(CAPTION).map(row => row.Authority ?? '')
}

describe('Managed authorities', () => {
  test('shows only my authorities unless asked otherwise', async () => {
    const page = await delegated.visit('/managed-authorities')
    expect(page.h1).toBe('Managed authorities')
    expect(page.values('Search')).toMatchObject({ mine: 'yes' })
    expect(page.table(CAPTION)).toEqual([
      {
        Authority: 'Health office Alfa',
        Status: 'Active',
        Modules: '0 No module yet',
        Administrators: 'Only 1 administrator',
        'Last change': '1 November 2026',
        Actions: 'Edit Alfa Manage modules Alfa Users Alfa',
      },
    ])
    expect((await page.follow('Manage modules Alfa')).url).toBe(`/authorities/${mine.id}/modules`)
  })

  test('widens to the whole country; what lies outside the delegation says so, without its people', async () => {
    const page = await delegated.visit('/managed-authorities?mine=no')
    const rows = new Map(page.table(CAPTION).map(row => [row.Authority, row]))
    expect([...rows.keys()]).toEqual([
      'Health office Alfa',
      'Beta',
      'Delta',
      'Epsilon',
      'Gamma',
      'Kommerskollegium',
      'Rådet',
    ])
    expect(rows.get('Beta')).toMatchObject({ Modules: '1', Administrators: '' })
    expect(rows.get('Kommerskollegium')).toMatchObject({ Administrators: '', Actions: 'Not yours to manage' })
    expect(rows.get('Gamma')).toMatchObject({ Status: 'Suspended', Administrators: 'No administrator' })
    expect(rows.get('Delta')).toMatchObject({ Status: 'Deactivated', Actions: '' })
  })

  test('the national coordinator sees the administrators of all', async () => {
    const page = await national.visit('/managed-authorities?q=beta')
    expect(page.table(CAPTION)[0]).toMatchObject({ Authority: 'Beta', Administrators: '2' })
  })

  test('finds by the beginning of a word and by status', async () => {
    expect(await found(national, 'q=kommers&mine=no')).toEqual(['Kommerskollegium'])
    expect(await found(national, 'mine=no&status=suspended')).toEqual(['Gamma'])
    expect(await found(national, 'mine=no&status=deactivated')).toEqual(['Delta'])
    expect(await found(national, 'mine=no&status=toValidate')).toEqual(['Epsilon'])
    expect(await found(national, 'mine=no&status=active&q=alfa')).toEqual(['Health office Alfa'])
    expect(await found(national, 'mine=no&status=suspended&q=alfa')).toEqual([])
  })

  test('an authority of which nothing may be read has no link', async () => {
    const page = await delegated.visit('/managed-authorities?mine=no&status=toValidate')
    expect(page.links.map(link => link.text)).not.toContain('Epsilon')
  })

  test('an empty list says what to do next', async () => {
    const other = await anAuthority(w.knex, { officialName: 'Zeta' })
    await aDelegation(w.knex, other)
    const fresh = await w.signedIn(await aUser(w.knex, other, { administrator: true, dataAdministrator: 'all' }))
    const page = await fresh.visit('/managed-authorities')
    expect(page.text).toContain('You have no authorities yet')
    const searched = await fresh.visit('/managed-authorities?q=nobody')
    expect(searched.text).toContain('select No at “Only my authorities”')
    expect((await fresh.visit('/managed-authorities?q=nobody&mine=no')).text).toContain('register it')
    await w.knex('authorities').where({ id: other.id }).delete()
  })

  test.each(['mine=perhaps', 'status=nope', 'page=999', 'after=zzz', 'q=a&q=b'])(
    'takes %s for nothing asked',
    async query => {
      expect(await found(delegated, query)).toEqual(['Health office Alfa'])
    },
  )

  test.each(['q=%25', 'q=%5F'])('%s fits nothing', async query => {
    expect(await found(national, query)).toEqual([])
  })

  test.each(['q=%00', `after=${Buffer.from('["a","b"]').toString('base64url')}`])('%s is below 500', async query => {
    expect((await national.request('GET', `/managed-authorities?${query}`)).status).toBeLessThan(500)
  })
})

describe('who may not', () => {
  test('an administrator whose authority manages nobody is told who does', async () => {
    const someone = await w.signedIn(await aUser(w.knex, mine, { administrator: true }))
    const page = await someone.visit('/managed-authorities', { status: 403 })
    expect(page.text).toContain('Kommerskollegium')
  })

  test('a user of an access manager who is no data administrator', async () => {
    const someone = await w.signedIn(await aUser(w.knex, manager))
    await someone.visit('/managed-authorities', { status: 403 })
  })

  test('a data administrator for another module sees the authority without its people', async () => {
    const user = await aUser(w.knex, nimic, { administrator: true, dataAdministrator: [QUALIFICATIONS] })
    const page = await (await w.signedIn(user)).visit('/managed-authorities?mine=no&q=beta')
    expect(page.table(CAPTION)[0]).toMatchObject({ Authority: 'Beta', Administrators: '' })
  })

  test('a stranger has to sign in', async () => {
    const page = await w.stranger().visit('/managed-authorities')
    expect(page.redirects[0]?.to).toBe('/?next=%2Fmanaged-authorities')
  })
})

test('26 rows cost as many statements as one', async () => {
  const module_id = await moduleId(w.knex, SERVICES)
  for (let n = 0; n < 26; n += 1) {
    const authority = await anAuthority(w.knex, { officialName: `Många ${n}`, managers: [nimic] })
    await w.knex('grants').insert({ authority_id: authority.id, module_id, role: 'authority', granted_at: new Date() })
  }
  await indexAllWords(w.knex)
  const one = await countQueries(w, () => national.visit('/managed-authorities?q=beta'))
  const many = await countQueries(w, () => national.visit('/managed-authorities?q=manga'))
  expect(many).toBe(one)
  expect(one).toBeLessThanOrEqual(5)
})
