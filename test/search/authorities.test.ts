import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexAllWords } from '../../src/authorities/index.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { countQueries } from '../support/count-queries.ts'
import { type AnAuthority, aGrant, aNationalCoordinator, anAuthority, aUser, moduleId } from '../support/factories.ts'

const QUALIFICATIONS = 'professional-qualifications-requests'
const SERVICES = 'services-requests'
const CAPTION = 'Authorities found'

let w: World
let reader: Someone
let doctors: AnAuthority
beforeAll(async () => {
  w = await world()
  const own = await anAuthority(w.knex, {
    country: 'DK',
    officialName: 'Styrelsen for Patientsikkerhed',
    language: 'da',
  })
  reader = await w.signedIn(await aUser(w.knex, own))
  for (const country of ['SE', 'DK', 'LV']) {
    const national = await aNationalCoordinator(w.knex, country, { officialName: `Samordnaren i ${country}` })
    await aGrant(w.knex, national, QUALIFICATIONS, { role: 'coordinator' })
  }
  const coordinator = await anAuthority(w.knex, { officialName: 'Universitets- och högskolerådet' })
  await aGrant(w.knex, coordinator, QUALIFICATIONS, { role: 'coordinator' })
  doctors = await anAuthority(w.knex, {
    officialName: 'Socialstyrelsen',
    titles: { en: 'Licences for doctors', sv: 'Läkares legitimation' },
    city: 'Malmö',
  })
  await aGrant(w.knex, doctors, QUALIFICATIONS)
  const riga = await anAuthority(w.knex, { country: 'LV', language: 'lv', officialName: 'Veselības inspekcija' })
  await aGrant(w.knex, riga, SERVICES)
  const midwife = await w.knex('keywords').where({ code: 'pq-midwife' }).first('id')
  await w.knex('authority_keywords').insert({ authority_id: riga.id, keyword_id: midwife.id })
  await hidden()
  await indexAllWords(w.knex)
})
afterAll(() => w.close())

/** Authorities that nobody may find: each carries the word Dolda. */
async function hidden(): Promise<void> {
  const deactivated = await anAuthority(w.knex, { officialName: 'Dolda avaktiverade', status: 'deactivated' })
  await aGrant(w.knex, deactivated, SERVICES)
  const suspended = await anAuthority(w.knex, { officialName: 'Dolda spärrade' })
  await aGrant(w.knex, suspended, SERVICES, { status: 'suspended' })
  const fresh = await anAuthority(w.knex, { officialName: 'Dolda nya', status: 'to validate' })
  await aGrant(w.knex, fresh, SERVICES)
  await anAuthority(w.knex, { officialName: 'Dolda utan modul' })
}

const found = async (query: string): Promise<string[]> => {
  const page = await reader.visit(`/authorities?${query}`)
  return page.text.includes('No authority fits') ? [] : page.table(CAPTION).map(row => row.Authority ?? '')
}

describe('Authorities > Search', () => {
  test('shows title, official name, country and modules with their role', async () => {
    const page = await reader.visit('/authorities?q=socialstyrelsen')
    expect(page.h1).toBe('Search for authorities')
    expect(page.table(CAPTION)).toEqual([
      {
        Authority: 'Licences for doctors Socialstyrelsen',
        Country: 'Sweden',
        Modules: 'Professional qualifications – requests',
      },
    ])
    expect(page.html).toContain('<span class="imi-note" lang="sv">Socialstyrelsen</span>')
    expect((await page.follow('Licences for doctors')).url).toBe(`/authorities/${doctors.id}`)
  })

  test.each([
    ['the beginning of a word', 'q=social'],
    ['a title in another language, without accents', 'q=lakares+leg'],
    ['in capitals', 'q=LÄKARES'],
    ['a place', 'q=malmo'],
    ['several words, each of another text', 'q=doctors+malm%C3%B6+social'],
    ['country and word', 'q=doct&country=SE'],
  ])('finds by %s', async (_how, query) => {
    expect(await found(query)).toEqual(['Licences for doctors Socialstyrelsen'])
  })

  test('finds by a keyword in any language', async () => {
    expect(await found('q=barnmorska')).toEqual(['Veselības inspekcija'])
    expect(await found('q=midwife')).toEqual(['Veselības inspekcija'])
  })

  test('every word has to fit', async () => {
    expect(await found('q=doctors+riga')).toEqual([])
    expect(await found('q=styrelsen')).toEqual([])
  })

  test('finds by country and by module', async () => {
    expect(await found('country=LV')).toEqual(['Samordnaren i LV', 'Veselības inspekcija'])
    expect(await found(`module=${await moduleId(w.knex, SERVICES)}`)).toEqual(['Veselības inspekcija'])
    expect(await found(`country=SE&module=${await moduleId(w.knex, QUALIFICATIONS)}`)).toEqual([
      'Samordnaren i SE',
      'Licences for doctors Socialstyrelsen',
      'Universitets- och högskolerådet',
    ])
  })

  test('finds nobody deactivated, to be validated, suspended everywhere or without a module', async () => {
    expect(await found('q=dolda')).toEqual([])
  })

  test('says whom to turn to: the coordinators of the module in the country', async () => {
    const module = await moduleId(w.knex, QUALIFICATIONS)
    const page = await reader.visit(`/authorities?q=nobody&country=SE&module=${module}`)
    expect(page.text).toContain('Turn to one of these coordinators (Sweden): Universitets- och högskolerådet')
    expect(page.link('Samordnaren i SE')).toBeDefined()
    expect(page.text).toContain('+46 8 000 00 00')
  })

  test('without a country, the own national coordinator', async () => {
    const page = await reader.visit('/authorities?q=nobody')
    expect(page.text).toContain('Turn to this coordinator (Denmark): Samordnaren i DK')
  })

  test('speaks the reader’s language', async () => {
    const swede = await w.signedIn(await aUser(w.knex, doctors, { language: 'sv' }))
    const page = await swede.visit('/authorities?q=social')
    expect(page.h1).toBe('Sök myndigheter')
    expect(page.table(0)[0]).toMatchObject({
      Myndighet: 'Läkares legitimation Socialstyrelsen',
      Land: 'Sverige',
      Moduler: 'Yrkeskvalifikationer – förfrågningar',
    })
  })

  test.each(['q=%25', 'q=_', 'q=%E2%80%A6'])('%s is no word, so nothing fits', async query => {
    expect(await found(query)).toEqual([])
  })

  test.each([
    'page=zzz',
    'q=a&q=b',
    'after=zzz',
    'before=%F0%9F%98%80',
    `after=${Buffer.from('["a"]').toString('base64url')}`,
    'country=XX',
    'country=se',
    'module=0',
    'module=99999999999',
    'module=abc',
    `q=${'x'.repeat(101)}`,
  ])('takes %s for nothing asked', async query => {
    expect(await found(query)).toHaveLength(6)
  })

  test.each([
    'q=%00',
    'q=%FF%FE',
    `after=${Buffer.from('["a","b"]').toString('base64url')}`,
    `before=${Buffer.from('["a","99999999999"]').toString('base64url')}`,
  ])('%s is answered below 500', async query => {
    expect((await reader.request('GET', `/authorities?${query}`)).status).toBeLessThan(500)
  })

  test('a stranger has to sign in first', async () => {
    const page = await w.stranger().visit('/authorities?q=doctors')
    expect(page.redirects[0]?.to).toBe('/?next=%2Fauthorities%3Fq%3Ddoctors')
  })
})

describe('a long list', () => {
  beforeAll(async () => {
    for (let n = 10; n < 40; n += 1) {
      const authority = await anAuthority(w.knex, { country: 'FI', language: 'fi', officialName: `Virasto ${n}` })
      await aGrant(w.knex, authority, SERVICES)
    }
    await indexAllWords(w.knex)
  })

  test('comes in pages, forwards and back, with the filters kept', async () => {
    const first = await reader.visit('/authorities?q=virasto&country=FI')
    expect(first.table(CAPTION).map(row => row.Authority)).toEqual(names(10, 35))
    expect(first.text).toContain('30 results in all')
    const second = await first.follow('Next page')
    expect(second.table(CAPTION).map(row => row.Authority)).toEqual(names(35, 40))
    expect(second.values('Search')).toMatchObject({ q: 'virasto', country: 'FI' })
    const back = await second.follow('Previous page')
    expect(back.table(CAPTION).map(row => row.Authority)).toEqual(names(10, 35))
  })

  test('costs as many statements as one row', async () => {
    const one = await countQueries(w, () => reader.visit('/authorities?q=socialstyrelsen'))
    const many = await countQueries(w, () => reader.visit('/authorities?q=virasto'))
    expect(many).toBe(one)
    expect(one).toBeLessThanOrEqual(5)
  })
})

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => `Virasto ${from + index}`)
