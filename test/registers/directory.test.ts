import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCsv } from '../../src/platform/csv.ts'
import { ACCESS, CONTENTS } from '../../src/registers/register.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { countQueries } from '../support/count-queries.ts'
import { type AnAuthority, anAuthority, aUser } from '../support/factories.ts'
import { aRegister } from '../support/registers.ts'

const SERVICES = 'services-requests'

let w: World
let reader: Someone
let swedes: AnAuthority
let danes: AnAuthority
let portuguese: AnAuthority
beforeAll(async () => {
  w = await world()
  swedes = await anAuthority(w.knex, { officialName: 'Socialstyrelsen' })
  danes = await anAuthority(w.knex, { country: 'DK', language: 'da', officialName: 'Patientstyrelsen' })
  portuguese = await anAuthority(w.knex, { country: 'PT', language: 'pt', officialName: 'Turismo de Portugal' })
  reader = await w.signedIn(await aUser(w.knex, await anAuthority(w.knex, { country: 'HU', language: 'hu' })))
  await aRegister(w.knex, swedes, {
    name: 'Legitimationsregistret',
    titles: { en: '=Licences of carers', hu: 'Egészségügyi nyilvántartás' },
    address: 'https://legitimation.socialstyrelsen.test/sok',
    keywords: ['pq-nurse', 'pq-midwife'],
    note: 'Sök med hela namnet.',
  })
  await aRegister(w.knex, danes, {
    name: 'Autorisationsregisteret',
    language: 'da',
    keywords: ['pq-dentist'],
    activities: ['86'],
    access: 'login',
  })
  await aRegister(w.knex, portuguese, {
    name: 'Registo de agentes de animação turística',
    language: 'pt',
    titles: { en: 'Tourist guides of Portugal' },
    modules: [SERVICES],
    activities: ['O'],
    access: 'fee',
  })
  await aRegister(w.knex, danes, {
    name: 'Virksomhedsregistret',
    language: 'da',
    modules: [SERVICES],
    contents: ['establishment'],
  })
  const gone = await anAuthority(w.knex, { status: 'deactivated', officialName: 'Nedlagda' })
  await aRegister(w.knex, gone, { name: 'Nedlagda registret', keywords: ['pq-nurse'] })
})
afterAll(() => w.close())

const NAMES = ['Autorisationsregisteret', 'Virksomhedsregistret', 'Tourist guides of Portugal', '=Licences of carers']
const found = async (query: string, someone = reader): Promise<string[]> => {
  const { text } = await someone.visit(`/registers?${query}`)
  return NAMES.filter(name => text.includes(name)).toSorted((one, other) => text.indexOf(one) - text.indexOf(other))
}

describe('the directory of registers', () => {
  test('is in the menu of everybody, and shows what active authorities list, by country and name', async () => {
    const page = await (await reader.visit('/')).follow('Registers')
    expect(page.h1).toBe('Directory of registers')
    expect(await found('')).toEqual(NAMES)
    expect(page.text).not.toContain('Nedlagda')
    expect(page.text).toContain('4 results in all.')
  })

  test('says of each what it is, in the reader’s words, and leads there safely', async () => {
    const page = await reader.visit('/registers?country=SE')
    expect(page.text).toContain('legitimation.socialstyrelsen.test · Legitimationsregistret'.replace(' · ', ' '))
    for (const text of [
      'Right to practise',
      'Midwife; Nurse responsible for general care',
      'Free, open to everybody',
      'Swedish',
      'Socialstyrelsen',
    ])
      expect(page.text).toContain(text)
    expect(page.html).toContain(
      '<a class="ds-link imi-new-tab" href="https://legitimation.socialstyrelsen.test/sok" target="_blank" rel="external nofollow noopener noreferrer"><span lang="en">=Licences of carers</span>',
    )
    expect(page.html).toContain('<span lang="sv">Legitimationsregistret</span>')
    expect((await page.follow('Socialstyrelsen')).url).toBe(`/authorities/${swedes.id}`)
  })

  test('names a register in the reader’s language, else in English, else as it calls itself', async () => {
    const nameFor = async (language: string) => {
      const someone = await w.signedIn(await aUser(w.knex, swedes, { language }))
      return [
        ...(await someone.visit('/registers')).html.matchAll(/rel="external[^>]*><span lang="(..)">([^<]*)/g),
      ].map(([, lang, name]) => `${lang}: ${name}`)
    }
    expect(await nameFor('sv')).toEqual([
      'da: Autorisationsregisteret',
      'da: Virksomhedsregistret',
      'en: Tourist guides of Portugal',
      'sv: Legitimationsregistret',
    ])
  })

  test.each([
    ['q=legitimation', ['=Licences of carers']],
    ['q=EGESZSEGUGYI', ['=Licences of carers']],
    ['q=nurs', ['=Licences of carers']],
    ['q=sjuksk%C3%B6terska', ['=Licences of carers']],
    ['q=sjukskoterska+socialstyrelsen', ['=Licences of carers']],
    ['q=nurse+dentist', []],
    ['q=turistica', ['Tourist guides of Portugal']],
    ['q=hela+namnet', ['=Licences of carers']],
    ['q=%25', []],
    ['country=DK', NAMES.slice(0, 2)],
    ['country=XX', NAMES],
    ['keyword=pq-nurse', ['=Licences of carers']],
    ['keyword=sv-retail', ['Virksomhedsregistret']],
    ['keyword=nope', NAMES],
    ['activity=86', ['Autorisationsregisteret', 'Virksomhedsregistret']],
    ['activity=79', ['Virksomhedsregistret', 'Tourist guides of Portugal']],
    ['activity=O', ['Virksomhedsregistret', 'Tourist guides of Portugal']],
    ['activity=R&country=DK', ['Autorisationsregisteret', 'Virksomhedsregistret']],
    ['module=zzz&after=!!&before=%7B', NAMES],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected))

  test('a module narrows it; nothing that fits says what to do', async () => {
    const module = await w.knex('modules').where({ code: SERVICES }).first('id')
    expect(await found(`module=${module.id}`)).toEqual(['Virksomhedsregistret', 'Tourist guides of Portugal'])
    const page = await reader.visit(`/registers?module=${module.id}&country=SE`)
    expect(page.text).toContain('No register fits')
    expect(page.options('Search', 'Module').map(({ text }) => text)).not.toContain('Services – alerts')
  })

  test('goes out as a file, with formulas defused', async () => {
    const page = await reader.visit('/registers?country=SE')
    const file = await page.follow('Save the whole list as CSV', { type: 'text/csv' })
    const { heading, rows } = readCsv(file.body)
    expect(file.text).toContain("'=Licences")
    expect(rows.map(({ cells }) => Object.fromEntries(heading.map((name, at) => [name, cells[at]])))).toEqual([
      {
        Register: '=Licences of carers',
        'Name in its own language': 'Legitimationsregistret',
        'Web address': 'https://legitimation.socialstyrelsen.test/sok',
        Country: 'Sweden',
        'Listed by': 'Socialstyrelsen',
        Modules: 'Professional qualifications – requests',
        'What it covers': 'Midwife, Nurse responsible for general care',
        'What you find there': 'Right to practise or to provide services',
        'More about the register': 'Sök med hela namnet.',
        Access: 'Free, open to everybody',
        'Languages of the register': 'Swedish',
        'Last change': '2026-11-01',
      },
    ])
  })
})

describe('one entry', () => {
  test('shows all of it, in all languages', async () => {
    const page = await (await reader.visit('/registers?country=SE')).follow('Details =Licences of carers')
    expect(page.h1).toBe('=Licences of carers')
    expect(page.details()).toMatchObject({
      'Name of the register (Hungarian)': 'Egészségügyi nyilvántartás',
      'Name of the register (Swedish)': 'Legitimationsregistret',
      'What it covers': expect.stringContaining('Midwife'),
      'More about the register': 'Sök med hela namnet.',
    })
    expect(page.buttons).not.toContain('Edit')
    expect((await page.follow('Public registers')).url).toBe(`/authorities/${swedes.id}/registers`)
  })

  test('names a few of many professions in the list, and all on its page', async () => {
    const keywords = (await w.knex('keywords').where('code', 'like', 'pq-%').pluck('code')) as string[]
    const id = await aRegister(w.knex, portuguese, { name: 'Tudo', language: 'pt', keywords })
    expect((await reader.visit('/registers?country=PT')).text).toContain(`and ${keywords.length - 6} more`)
    expect((await reader.visit(`/registers/${id}`)).text).toContain('Veterinary surgeon')
    await w.knex('registers').where({ id }).delete()
  })

  test('of an authority that is not active is read by its own people and by those who manage it', async () => {
    const authority = await anAuthority(w.knex, { status: 'deactivated' })
    const id = await aRegister(w.knex, authority)
    const member = await w.signedIn(await aUser(w.knex, authority))
    await reader.visit(`/registers/${id}`, { status: 404 })
    expect((await reader.visit(`/authorities/${authority.id}/registers`)).text).toContain('No register is listed')
    await member.visit(`/registers/${id}`)
    expect((await member.visit(`/authorities/${authority.id}/registers`)).text).toContain(
      'Only you see these registers',
    )
  })
})

test('an empty directory says who fills it', async () => {
  const { close, knex, signedIn } = await world()
  const someone = await signedIn(await aUser(knex, await anAuthority(knex)))
  expect((await someone.visit('/registers')).text).toContain('No register is listed yet')
  await close()
})

test('the database knows the same codes as the application', async () => {
  const { rows } = await w.knex.raw<{ rows: { rule: string }[] }>(
    `select pg_get_constraintdef(oid) as rule from pg_constraint where conrelid = 'registers'::regclass and contype = 'c'`,
  )
  const rules = rows.map(({ rule }) => [...rule.matchAll(/'([a-z]+)'/g)].map(([, code]) => code))
  expect(rules).toContainEqual([...CONTENTS])
  expect(rules).toContainEqual([...ACCESS])
})

test('a page of 25 costs what a page of one does, and long lists are paged', async () => {
  const visit = (query: string) => countQueries(w, () => reader.visit(`/registers?${query}`))
  const few = await visit('country=SE&q=licences')
  for (let n = 0; n < 30; n += 1) await aRegister(w.knex, swedes, { name: `Licences ${n}`, keywords: ['pq-nurse'] })
  expect(await visit('country=SE&q=licences')).toBe(few)
  const first = await reader.visit('/registers?country=SE&q=licences')
  expect(first.text).toContain('31 results in all.')
  const second = await first.follow('Next page')
  expect(second.text).not.toContain('=Licences of carers')
  expect((await second.follow('Previous page')).text).toContain('=Licences of carers')
})
