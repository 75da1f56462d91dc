import { describe, expect, test } from 'vitest'
import { demoAuthorities } from '../../seeds/demo/authorities.ts'
import { demoRegisters } from '../../seeds/demo/registers.ts'
import { rolesToGive } from '../../seeds/demo/user.ts'
import { demoUsers } from '../../seeds/demo/users.ts'
import { authorityTypes } from '../../seeds/reference/authority-types.ts'
import { countries, unionLanguages } from '../../seeds/reference/countries.ts'
import { keywords } from '../../seeds/reference/keywords.ts'
import { legislativeAreas } from '../../seeds/reference/legislative-areas.ts'
import { modules } from '../../seeds/reference/modules.ts'
import { economicActivities } from '../../seeds/reference/nace.ts'
import { policyAreas } from '../../seeds/reference/policy-areas.ts'
import { regions } from '../../seeds/reference/regions.ts'
import { webAddress } from '../../src/authorities/identity.ts'

const authorityOf = new Map(demoAuthorities.map(authority => [authority.key, authority]))
const inDemo = (key: string) => authorityOf.get(key)!
const codes = (list: { code: string }[]) => list.map(({ code }) => code)
const twice = (list: string[]) => list.filter((value, index) => list.indexOf(value) !== index)
const missing = (list: string[], known: string[]) => list.filter(value => !known.includes(value))
const grantOf = (key: string, module: string) => authorityOf.get(key)?.grants.find(grant => grant.module === module)

describe('reference data', () => {
  test.each([
    ['countries', codes(countries)],
    ['regions', codes(regions)],
    ['policy areas', codes(policyAreas)],
    ['economic activities', codes(economicActivities)],
    ['legislative areas', codes(legislativeAreas)],
    ['modules', codes(modules)],
    ['keywords', codes(keywords)],
    ['authority types', codes(authorityTypes)],
  ])('%s: no code stands twice', (_, list) => expect(twice(list)).toEqual([]))

  test('30 countries and the Commission, 24 languages', () => {
    expect(countries).toHaveLength(31)
    expect(unionLanguages).toHaveLength(24)
    expect(twice(unionLanguages)).toEqual([])
  })

  test('every country but the Commission has a region, and every region a country', () => {
    const withRegion = new Set(regions.map(({ country }) => country))
    expect(codes(countries).filter(code => !withRegion.has(code))).toEqual(['EU'])
    expect(missing([...withRegion], codes(countries))).toEqual([])
  })

  test('NACE 2.1 has 22 sections and 87 divisions, each division in a section', () => {
    const sections = economicActivities.filter(({ parent }) => !parent)
    const parents = economicActivities.flatMap(({ parent }) => parent ?? [])
    expect(codes(sections).join('')).toBe('ABCDEFGHIJKLMNOPQRSTUV')
    expect(parents).toHaveLength(87)
    expect(missing(parents, codes(sections))).toEqual([])
  })

  test('modules and keywords belong to an area, each area has 10 to 40 keywords', () => {
    expect(
      missing(
        [...modules, ...keywords].map(({ area }) => area),
        codes(legislativeAreas),
      ),
    ).toEqual([])
    for (const { code } of legislativeAreas) {
      const count = keywords.filter(({ area }) => area === code).length
      expect(count, code).toBeGreaterThanOrEqual(10)
      expect(count, code).toBeLessThanOrEqual(40)
    }
  })
})

describe('demo authorities', () => {
  test('at least 30 in at least 8 countries, no key, name or mailbox twice', () => {
    expect(demoAuthorities.length).toBeGreaterThanOrEqual(30)
    expect(new Set(demoAuthorities.map(({ country }) => country)).size).toBeGreaterThan(8)
    expect(twice(demoAuthorities.map(({ key }) => key))).toEqual([])
    expect(twice(demoAuthorities.map(({ email }) => email))).toEqual([])
    expect(twice(demoAuthorities.map(({ phone }) => phone))).toEqual([])
    expect(twice(demoAuthorities.map(({ country, officialName }) => country + officialName))).toEqual([])
  })

  test.each(demoAuthorities)('$key: every code is known', authority => {
    expect(codes(countries)).toContain(authority.country)
    expect(codes(authorityTypes)).toContain(authority.type)
    expect(missing(authority.policyAreas, codes(policyAreas))).toEqual([])
    expect(missing(authority.nace, codes(economicActivities))).toEqual([])
    expect(missing(authority.keywords, codes(keywords))).toEqual([])
    expect(
      missing(
        authority.grants.map(({ module }) => module),
        codes(modules),
      ),
    ).toEqual([])
    expect(twice(authority.grants.map(({ module }) => module))).toEqual([])
    const { region, delegation } = authority
    for (const code of [region, delegation?.region].filter(code => code !== undefined))
      expect(regions).toContainEqual(expect.objectContaining({ code, country: authority.country }))
    expect(authority.level === 'national').toBe(region === undefined)
  })

  test.each(demoAuthorities)('$key: has titles in English, Swedish and its own language', authority => {
    const own = countries.find(({ code }) => code === authority.country)!.languages
    expect(own).toContain(authority.officialLanguage)
    expect(Object.keys(authority.titles)).toEqual(expect.arrayContaining(['en', 'sv', authority.officialLanguage]))
    expect(missing(Object.keys(authority.titles), unionLanguages)).toEqual([])
    expect(missing(authority.languages, unionLanguages)).toEqual([])
  })

  test.each(demoAuthorities.filter(({ kind }) => !kind))('$key: who registered it could do so', authority => {
    const order = demoAuthorities.map(({ key }) => key)
    for (const key of [authority.registeredBy, ...(authority.accessManagers ?? [])]) {
      const manager = inDemo(key)
      expect(manager.country).toBe(authority.country)
      expect(order.indexOf(key)).toBeLessThan(order.indexOf(authority.key))
      if (manager.kind === 'national-coordinator') continue
      const { modules: delegated, region } = manager.delegation!
      expect([undefined, authority.region]).toContain(region)
      if (delegated !== 'all') expect(authority.grants.some(({ module }) => delegated.includes(module))).toBe(true)
    }
    if (authority.delegation) expect(inDemo(authority.delegation.by).kind).toBe('national-coordinator')
  })

  test('each demo country has exactly one national coordinator, coordinator in every module', () => {
    const national = demoAuthorities.filter(({ kind }) => kind === 'national-coordinator')
    const demoCountries = new Set(demoAuthorities.map(({ country }) => country).filter(country => country !== 'EU'))
    expect(national.map(({ country }) => country).sort()).toEqual([...demoCountries].sort())
    for (const { grants, registeredBy } of national) {
      expect(grants.map(({ module }) => module)).toEqual(codes(modules))
      expect(grants.every(({ role, status }) => role === 'coordinator' && !status)).toBe(true)
      expect(registeredBy).toBe('commission')
    }
  })

  test.each(demoAuthorities)('$key: is linked to coordinators of its country and module', ({ country, grants }) => {
    for (const { module, role, coordinators = [], settings = {} } of grants) {
      if (role === 'authority') {
        expect(coordinators.length).toBeGreaterThan(0)
        expect(settings).not.toHaveProperty('approvesRequests')
        expect(settings).not.toHaveProperty('takesPart')
      }
      for (const key of coordinators) {
        expect(inDemo(key).country).toBe(country)
        expect(grantOf(key, module)?.role, `${key} ${module}`).toBe('coordinator')
      }
    }
  })

  test('every state that the demo shows exists', () => {
    const suspended = (key: string) => inDemo(key).grants.map(({ status }) => status === 'suspended')
    const states = demoAuthorities.flatMap(({ key, state }) => (state ? [{ key, ...state.deactivatedAgo }] : []))
    expect(states).toContainEqual(expect.objectContaining({ months: 0, days: 2 }))
    expect(states).toContainEqual(expect.objectContaining({ months: 5, days: 28 }))
    for (const { key } of states) expect(suspended(key)).not.toContain(false)
    const active = demoAuthorities.filter(({ state, kind }) => !state && !kind).map(({ key }) => suspended(key))
    expect(
      active.some(grants => grants.includes(true) && grants.includes(false)),
      'one module suspended',
    ).toBe(true)
    expect(
      active.some(grants => !grants.includes(false)),
      'every module suspended',
    ).toBe(true)
  })

  test('one is registered by a coordinator that is not national and linked to two', () => {
    const linkedToTwo = demoAuthorities.filter(({ grants }) => grants.some(grant => grant.coordinators?.length === 2))
    expect(linkedToTwo.map(({ registeredBy }) => inDemo(registeredBy).kind)).toContain(undefined)
  })
})

describe('demo users', () => {
  const told =
    'eu-admin se-nimic se-uhr se-admin se-handler se-allocator se-basic dk-nimic dk-ufs dk-admin dk-guide ' +
    'hu-nimic hu-oh hu-handler lv-nimic lv-aic lv-handler ie-handler pt-handler'

  test('every username that is told to visitors exists and can be used', () => {
    const usable = demoUsers.filter(({ state }) => !state).map(({ username }) => username)
    expect(missing(told.split(' '), usable)).toEqual([])
  })

  test('no username, address or number twice, none the same as an authority’s', () => {
    expect(twice(demoUsers.map(({ username }) => username))).toEqual([])
    expect(twice([...demoUsers, ...demoAuthorities].map(({ email }) => email))).toEqual([])
    expect(twice([...demoUsers, ...demoAuthorities].map(({ phone }) => phone))).toEqual([])
  })

  test('no address holds a username: no mail can give one away', () => {
    const addresses = [...demoUsers, ...demoAuthorities].map(({ email }) => email)
    for (const { username } of demoUsers) expect(addresses.filter(email => email.includes(username))).toEqual([])
    for (const email of addresses) expect(email).toMatch(/^[a-z-]+(\.[a-z-]+)?@[a-z-]+\.imi-demo\.example$/)
  })

  test('usernames are of a country, or eight letters and digits without look-alikes', () => {
    for (const { username } of demoUsers) expect(username).toMatch(/^([a-z]{2}-[a-z]+|[a-hjkmnp-z2-9]{8})$/)
  })

  test.each(demoUsers)('$username: has no role that the authority cannot give', ({ authority, roles }) => {
    for (const { module, roles: held } of roles) {
      const grant = grantOf(authority, module)
      expect(grant, module).toBeDefined()
      expect(missing(held, rolesToGive(grant!))).toEqual([])
    }
  })

  test('administrators of access managers, and no others, are data administrators', () => {
    for (const { username, authority, administrator, dataAdministrator } of demoUsers) {
      const { kind, delegation } = inDemo(authority)
      const scope = kind === 'national-coordinator' ? 'all' : delegation?.modules
      expect(dataAdministrator, username).toEqual(administrator ? scope : undefined)
    }
  })

  test('every authority has an administrator, some have two', () => {
    const counts = demoAuthorities.map(
      ({ key }) => demoUsers.filter(({ authority, administrator }) => authority === key && administrator).length,
    )
    expect(Math.min(...counts)).toBe(1)
    expect(counts.filter(count => count === 2).length).toBeGreaterThan(3)
    const ofDenmark = demoUsers.filter(
      ({ authority, administrator }) => authority === 'patientsikkerhed' && administrator,
    )
    expect(ofDenmark.map(({ username }) => username)).toEqual(['dk-admin'])
  })

  test('users in every state', () => {
    const states = new Set(demoUsers.map(({ state }) => state))
    expect(states).toEqual(
      new Set([undefined, 'new', 'temporary', 'expiring', 'temporary-expired', 'blocked', 'expired']),
    )
  })
})

describe('demo registers', () => {
  test.each(demoRegisters)('$address: would pass its own form', register => {
    const { country } = inDemo(register.by)
    const own = countries.find(({ code }) => code === country)!.languages
    const areas = modules.filter(({ code }) => register.modules.includes(code)).map(({ area }) => area)
    expect(own).toEqual(expect.arrayContaining(Object.keys(register.names)))
    expect(missing(Object.keys(register.titles), unionLanguages)).toEqual([])
    expect(Object.keys(register.titles).filter(language => own.includes(language))).toEqual([])
    expect(missing([...register.modules], codes(modules))).toEqual([])
    expect(missing([...register.keywords], codes(keywords.filter(({ area }) => areas.includes(area))))).toEqual([])
    expect(missing([...register.economicActivities], codes(economicActivities))).toEqual([])
    expect(register.contents.length).toBeGreaterThan(0)
    expect(webAddress(register.address)).toBe(register.address)
  })

  test('they are of at least 8 countries, each can be read in English and Swedish, none stands twice', () => {
    expect(new Set(demoRegisters.map(({ by }) => inDemo(by).country)).size).toBeGreaterThanOrEqual(8)
    for (const { names, titles } of demoRegisters)
      expect(Object.keys({ ...names, ...titles })).toEqual(expect.arrayContaining(['en', 'sv']))
    expect(twice(demoRegisters.map(({ by, address }) => by + address))).toEqual([])
  })
})
