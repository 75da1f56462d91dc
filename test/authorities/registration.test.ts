import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unseal } from '../../src/platform/secrets.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aDelegation, aUser } from '../support/factories.ts'
import { BUTTON, registration, swedishManager } from './registering.ts'

const PATH = '/authorities/registration'

let w: World
let nimic: AnAuthority
let someone: Someone
beforeAll(async () => {
  w = await world()
  ;({ nimic, someone } = await swedishManager(w))
})
afterAll(() => w.close())

const authorityCalled = (name: string) => w.knex('authorities').where({ official_name: name })
const countOf = async (table: string): Promise<number> => Number((await w.knex(table).count('* as n'))[0]?.n)

describe('registering an authority', () => {
  test('an access manager registers an authority with its first user', async () => {
    const page = await someone.visit(PATH)
    const told = await page.submit(
      BUTTON,
      registration('Almquist', { policyAreas: ['education'], keywords_1: ['pq-doctor'], activities_A: ['A', '02'] }),
      {
        to: /^\/users\/\d+\/username$/,
      },
    )
    const [authority] = await authorityCalled('Almquistverket')
    expect(authority).toMatchObject({
      country: 'SE',
      kind: 'competent',
      status: 'active',
      official_language: 'sv',
      website: 'https://www.almquist.test/',
      website_key: 'almquist.test',
      validating_authority_id: nimic.id,
      languages: ['en', 'sv'],
      level: 'national',
      region: null,
      name_key: 'almquistverket\nalmquistish office',
    })
    const managers = await w.knex('authority_access_managers').where({ authority_id: authority.id })
    expect(managers.map(({ manager_id }) => manager_id)).toEqual([nimic.id])
    expect(await w.knex('authority_titles').where({ authority_id: authority.id })).toEqual([
      { authority_id: authority.id, language: 'en', title: 'Almquistish Office' },
    ])
    expect(await w.knex('authority_keywords').where({ authority_id: authority.id })).toHaveLength(1)
    const { words } = await w.knex('authority_search').where({ authority_id: authority.id }).first('words')
    for (const word of ['almquistverket', 'uppsala', 'doctor', 'lakare']) expect(words).toContain(`'${word}'`)

    const [user] = await w.knex('users').where({ authority_id: authority.id })
    expect(user).toMatchObject({
      given_name: 'Åsa',
      administrator: true,
      data_administrator: 'none',
      password_temporary: true,
      language: 'sv',
      security_code: null,
    })
    expect(told.notice).toContain('Almquistverket has been registered')
    expect(told.text).toContain(user.username.slice(0, 4))
    expect(told.details()['Telephone number']).toBe('+46 70 123 45 67')
    expect(told.link('Go on to the modules').href).toBe(`/authorities/${authority.id}/modules`)
  })

  test('the password goes to the person alone, the news to the authority, the username to nobody', async () => {
    const page = await someone.visit(PATH)
    await page.submit(
      BUTTON,
      registration('Bergström', { userEmail: 'Asa@bergstrom.test', email: 'box@bergstrom.test', website: '' }),
    )
    const [authority] = await authorityCalled('Bergströmverket')
    const [user] = await w.knex('users').where({ authority_id: authority.id })
    const mails = (await w.mails()).filter(mail => mail.to_address.toLowerCase().endsWith('@bergstrom.test'))
    const news = mails.find(mail => mail.template === 'authorities/registered')
    const password = mails.find(mail => mail.template === 'users/temporary-password')
    expect(mails.map(mail => mail.path)).toEqual(expect.arrayContaining([`/authorities/${authority.id}/confirmation`]))
    expect(news).toMatchObject({
      to_address: 'box@bergstrom.test',
      language: 'sv',
      cc: [],
      secret: null,
      values: { authority: 'Bergströmverket', registeredBy: 'Samordningsverket' },
      path: `/authorities/${authority.id}`,
    })
    expect(password).toMatchObject({ to_address: 'Asa@bergstrom.test', language: 'sv', cc: [], values: {} })
    const secret = unseal(w.config.keys, password?.secret ?? '', `emails ${password?.message_id}`)
    expect(Object.keys(JSON.parse(secret) as object)).toEqual(['password'])
    const everything = JSON.stringify([
      mails,
      secret,
      w.logged,
      await w.knex('audit_values'),
      await w.knex('once_keys'),
    ])
    expect(everything).not.toContain(user.username)
  })

  test('the history says what was registered, and of the person the number only', async () => {
    const page = await someone.visit(PATH)
    await page.submit(BUTTON, registration('Cederlund'))
    const [authority] = await authorityCalled('Cederlundverket')
    const [user] = await w.knex('users').where({ authority_id: authority.id })
    const events = await w
      .knex('audit_events as e')
      .join('audit_values as v', 'v.event_id', 'e.id')
      .where('e.authority_id', authority.id)
      .orderBy('e.id')
    expect(events.map(({ event, subject_type, subject_id }) => [event, subject_type, subject_id])).toEqual([
      ['authority.registered', 'authority', authority.id],
      ['user.registered', 'user', user.id],
    ])
    expect(events[0]?.details).toMatchObject({ country: 'SE', names: { sv: 'Cederlundverket' }, level: 'national' })
    expect(events[1]?.details).toEqual({ administrator: true })
  })

  test('a second click lands on the same page and registers nothing more', async () => {
    const page = await someone.visit(PATH)
    const [first, second] = await someone.submitTwice(page, BUTTON, registration('Dahlgren'))
    expect(second.url).toBe(first.url)
    expect(await authorityCalled('Dahlgrenverket')).toHaveLength(1)
    expect(await w.knex('users').where({ email: 'asa.oberg@dahlgren.test' })).toHaveLength(1)
  })
})

describe('mistakes', () => {
  test('an empty form names every missing field at once', async () => {
    const page = await someone.visit(PATH)
    const again = await page.submit(BUTTON, { languages: [], userLanguage: 'sv' }, { status: 422 })
    expect(again.errors().map(({ field }) => field)).toEqual([
      'officialName_sv',
      'title_en',
      'street',
      'postalNumber',
      'city',
      'telephone',
      'email',
      'languages',
      'type',
      'level',
      'givenName',
      'familyName',
      'userEmail',
      'userTelephone',
    ])
    expect(again.title).toMatch(/^Error: Register an authority/)
  })

  test.each([
    ['telephone', 'call me', 'Enter a telephone number like +46 8 123 45 67'],
    ['email', 'two@a.test, b@b.test', 'Enter an e-mail address like name@example.eu'],
    ['website', 'ftp://example.eu', 'Enter the address of a website like www.example.eu, or leave the field empty'],
    ['userEmail', 'nobody', 'Enter an e-mail address like name@example.eu'],
    ['city', 'x'.repeat(101), 'The text is too long. Make it shorter.'],
    ['officialName_sv', 'x'.repeat(201), 'The text is too long. Make it shorter.'],
  ])('%s %s: the page says what to do, and keeps everything typed', async (field, typed, message) => {
    const entries = registration('Ekholm', { [field]: typed })
    const again = await (await someone.visit(PATH)).submit(BUTTON, entries, { status: 422 })
    expect(again.errors()).toEqual([{ field, message }])
    expect(again.values(BUTTON)).toMatchObject(entries)
    expect(await authorityCalled('Ekholmverket')).toHaveLength(0)
  })

  test('a regional authority needs its region', async () => {
    const page = await someone.visit(PATH)
    const again = await page.submit(BUTTON, registration('Frisk', { level: 'regional' }), { status: 422 })
    expect(again.errors()).toEqual([{ field: 'region', message: 'Select the region of the authority' }])
    await again.submit(BUTTON, { region: 'SE11' }, { to: /username$/ })
    expect((await authorityCalled('Friskverket'))[0]).toMatchObject({ level: 'regional', region: 'SE11' })
  })

  test('the address of another user is refused, whatever its case; everything else is named with it', async () => {
    await aUser(w.knex, nimic, { email: 'taken@people.test' })
    const entries = registration('Grahn', { userEmail: 'Taken@People.test', city: '' })
    const again = await (await someone.visit(PATH)).submit(BUTTON, entries, { status: 422 })
    expect(again.errors().map(({ field }) => field)).toEqual(['city', 'userEmail'])
  })

  test('a personal address as the functional one is warned about once, not refused', async () => {
    const entries = registration('Holm', { email: 'asa.oberg@holm.test' })
    const warned = await (await someone.visit(PATH)).submit(BUTTON, entries, { status: 422 })
    expect(warned.errors().map(({ field }) => field)).toEqual(['personalAddress'])
    expect(warned.values(BUTTON)).toMatchObject(entries)
    await warned.submit(BUTTON, { personalAddress: true }, { to: /username$/ })
    expect(await authorityCalled('Holmverket')).toHaveLength(1)
  })

  test('choices that are not on the page are dropped or refused, and nothing is stored twice', async () => {
    const page = await someone.visit(PATH)
    const forged = page.prepared(BUTTON, registration('Isaksson'))
    const body = new URLSearchParams(forged.body?.toString())
    for (const [name, value] of [
      ['policyAreas', 'education'],
      ['policyAreas', 'education'],
      ['policyAreas', 'magic'],
    ] as const)
      body.append(name, value)
    body.set('region', 'DK01')
    const refused = await someone.request('POST', PATH, {
      body: body.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(refused.status).toBe(422)
    body.delete('region')
    body.append('region', '')
    const done = await someone.request('POST', PATH, {
      body: body.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(done.status).toBe(303)
    const [authority] = await authorityCalled('Isakssonverket')
    expect(await w.knex('authority_policy_areas').where({ authority_id: authority.id })).toHaveLength(1)
  })

  test('a failure in the middle leaves nothing behind', async () => {
    const tables = [
      'authorities',
      'authority_names',
      'authority_search',
      'authority_access_managers',
      'users',
      'emails',
      'audit_events',
      'once_keys',
    ]
    const before = await Promise.all(tables.map(countOf))
    await w.knex.raw(
      `create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`,
    )
    await w.knex.raw(
      `create trigger broken before insert on emails for each row when (new.template = 'users/temporary-password') execute function broken()`,
    )
    try {
      await (await someone.visit(PATH)).submit(BUTTON, registration('Jansson'), { status: 500 })
    } finally {
      await w.knex.raw('drop trigger broken on emails')
      await w.knex.raw('drop function broken()')
    }
    expect(await Promise.all(tables.map(countOf))).toEqual(before)
  })
})

describe('who may register, and where', () => {
  test('a delegated access manager registers in its region only', async () => {
    const county = await anAuthority(w.knex, { officialName: 'Regionen i väster', region: 'SE23', level: 'regional' })
    await aDelegation(w.knex, county, { modules: ['services-requests'], region: 'SE23' })
    const manager = await w.signedIn(await aUser(w.knex, county, { administrator: true, dataAdministrator: 'all' }))
    const page = await manager.visit(PATH)
    expect(page.options(BUTTON, 'region').map(({ value }) => value)).toEqual(['', 'SE23'])
    const refused = await page.submit(BUTTON, registration('Kjellin', { level: 'local', region: '' }), { status: 422 })
    expect(refused.errors().map(({ field }) => field)).toEqual(['region'])
    const told = await refused.submit(BUTTON, { region: 'SE23' }, { to: /username$/ })
    expect(told.text).toContain('Åsa Öberg')
    const [authority] = await authorityCalled('Kjellinverket')
    expect(authority).toMatchObject({ region: 'SE23', validating_authority_id: county.id })
  })

  test('who is no data administrator of an access manager may not', async () => {
    const plain = await w.signedIn(await aUser(w.knex, nimic, { administrator: true }))
    const refused = await plain.visit(PATH, { status: 403 })
    expect(refused.text).toContain('register an authority')
  })
})
