import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import { aDelegation, aGrant, anAuthority, aUser, theCommission } from '../support/factories.ts'
import { DATA_ADMINISTRATOR, type Delegating, delegating, QUALIFICATIONS, SERVICES } from './delegating.ts'

const GIVE = 'Delegate access management'
const NARROW = 'Change the delegation'
const TAKE_BACK = 'Take the delegation back'

let w: World
let d: Delegating
let aManager: Delegating['aManager']
beforeAll(async () => {
  w = await world()
  d = await delegating(w)
  aManager = d.aManager
})
afterAll(() => w.close())

const rightsOf = (user: { id: number }) => w.knex('users').where({ id: user.id }).first('data_administrator')

describe('the list of access managers', () => {
  test('names scope, region, since, authorities of record and data administrators; its menu entry is there', async () => {
    const manager = await d.anAgency({ officialName: 'Aaa-verket' })
    await aDelegation(w.knex, manager, { modules: [SERVICES], region: 'SE11' })
    const user = await aUser(w.knex, manager, DATA_ADMINISTRATOR)
    await aUser(w.knex, manager, { administrator: true })
    await anAuthority(w.knex, { managers: [manager] })
    const home = await d.someone.visit('/managed-authorities')
    const page = await home.follow('Access managers')
    const [row] = page.table('Access managers of the country')
    expect(row).toMatchObject({
      Authority: 'Aaa-verket',
      Modules: 'Services – requests',
      Region: 'Stockholm',
      Since: '1 November 2026',
      'Authorities of record': '1',
      'Data administrators': user.name,
    })
  })

  test('leads to the authority that is to become one, and never to one that is', async () => {
    await d.anAgency({ officialName: 'Lotsverket' })
    const other = await d.anAgency({ officialName: 'Lotsnämnden' })
    await aDelegation(w.knex, other)
    await anAuthority(w.knex, { officialName: 'Lotsvæsenet', country: 'DK' })
    const list = await d.someone.visit('/delegations')
    const found = await list.submit('Find the authority', { q: 'lots' })
    expect(found.table('Authorities found').map(row => row.Authority)).toEqual(['Lotsverket'])
    expect((await found.follow('Delegate Lotsverket')).h1).toBe('Access management by Lotsverket')
  })

  test('costs as many queries with many access managers as with few', async () => {
    const few = await countQueries(w, () => d.someone.visit('/delegations'))
    for (let i = 0; i < 26; i += 1) await aManager([SERVICES])
    expect(await countQueries(w, () => d.someone.visit('/delegations'))).toBe(few)
    const page = await d.someone.visit('/delegations')
    expect(page.table('Access managers of the country')).toHaveLength(25)
  })
})

describe('delegating', () => {
  test('the whole: every administrator is data administrator at the next click, and is told', async () => {
    const agency = await d.anAgency({ officialName: 'Socialstyrelsen' })
    const first = await aUser(w.knex, agency, { administrator: true, language: 'sv' })
    const second = await aUser(w.knex, agency, { administrator: true })
    const basic = await aUser(w.knex, agency)
    const visitor = await w.signedIn(first)
    await visitor.visit('/managed-authorities', { status: 403 })
    const before = (await w.mails()).length

    const choose = await d.someone.visit(`/authorities/${agency.id}/delegation`)
    expect(choose.h1).toBe('Access management by Socialstyrelsen')
    const shown = await choose.submit('Continue', { scope: 'All modules' })
    expect(shown.text).toContain('2 administrators become data administrators at once')
    expect(shown.text).toContain(first.name)
    const list = await shown.submit(GIVE)
    expect([list.url, list.notice]).toEqual([
      '/delegations',
      expect.stringContaining('Socialstyrelsen is an access manager now'),
    ])

    expect(await Promise.all([first, second, basic].map(rightsOf))).toMatchObject([
      { data_administrator: 'all' },
      { data_administrator: 'all' },
      { data_administrator: 'none' },
    ])
    await visitor.visit('/managed-authorities')
    const mails = (await w.mails()).slice(before)
    expect(mails.map(({ template, to_address, cc }) => ({ template, to_address, cc }))).toEqual([
      { template: 'access/delegation-given', to_address: first.email, cc: [agency.email] },
      { template: 'access/delegation-given', to_address: second.email, cc: [] },
    ])
    const [event] = await d.eventsOf(agency, 'delegation.given')
    expect(event?.details).toMatchObject({ before: { delegatedModules: [] }, people: [first.id, second.id] })
    const history = await d.someone.visit(`/authorities/${agency.id}/management`)
    expect(history.text).toContain('Access management was delegated to the authority')
    expect(history.text).toContain('Modules of the delegation')
    expect(history.link('Delegation of access management').href).toBe(`/authorities/${agency.id}/delegation`)
  })

  test('only the national coordinator manages an access manager: others of record are named and end', async () => {
    const manager = await aManager()
    const agency = await anAuthority(w.knex, { managers: [manager] })
    const shown = await d.someone.visit(await d.choice(agency, 'all'))
    expect(shown.text).toContain('1 access manager does not manage this authority any more')
    expect(shown.text).toContain(manager.officialName)
    expect(shown.text).toContain('The authority has no administrator')
    await shown.submit(GIVE)
    expect(await d.managersOf(agency)).toEqual([d.nimic.id])
    expect(await d.validatingOf(agency)).toBe(d.nimic.id)
  })

  test('every mistake is named, and nothing is done', async () => {
    const agency = await d.anAgency()
    const choose = await d.someone.visit(`/authorities/${agency.id}/delegation`)
    const nothing = await choose.submit('Continue')
    expect(nothing.text).toContain('Select what is delegated')
    const noModule = await choose.submit('Continue', { scope: 'Chosen modules' })
    expect(noModule.text).toContain('Select at least one module')
    const shown = await d.someone.visit(await d.choice(agency, 'all'))
    await shown.submit(GIVE, {}, { forged: { region: 'DK01' }, status: 422 })
    await shown.submit(GIVE, {}, { forged: { scope: 'none' }, status: 422 })
    await shown.submit(GIVE, {}, { forged: { seen: 'x' }, status: 422 })
    expect(await w.knex('delegations').where({ authority_id: agency.id })).toEqual([])
  })

  test('a deactivated authority cannot become access manager', async () => {
    const agency = await d.anAgency({ status: 'deactivated' })
    const page = await d.someone.visit(await d.choice(agency, 'all'))
    expect(page.text).toContain('This authority is not active')
  })

  test('neither the national coordinator nor the Commission nor a coordinator abroad can get one', async () => {
    const commission = await theCommission(w.knex)
    for (const { id } of [d.nimic, commission, await anAuthority(w.knex, { country: 'DK' })])
      await d.someone.visit(`/authorities/${id}/delegation`, { status: 403 })
    const manager = await aManager()
    const visitor = await w.signedIn(await aUser(w.knex, manager, DATA_ADMINISTRATOR))
    await visitor.visit('/delegations', { status: 403 })
    await visitor.visit(`/authorities/${(await anAuthority(w.knex, { managers: [manager] })).id}/delegation`, {
      status: 403,
    })
  })

  test('who is data administrator for chosen modules delegates these only', async () => {
    const narrowed = await w.signedIn(
      await aUser(w.knex, d.nimic, { administrator: true, dataAdministrator: [SERVICES] }),
    )
    const agency = await d.anAgency()
    await aGrant(w.knex, agency, SERVICES)
    const whole = await narrowed.visit(await d.choice(agency, 'all'))
    expect(whole.text).toContain('You are data administrator for chosen modules only')
    const shown = await narrowed.visit(await d.choice(agency, [SERVICES]))
    await shown.submit(GIVE)
    expect(await w.knex('delegations').where({ authority_id: agency.id })).toHaveLength(1)
  })
})

test('a journey: qualifications are delegated, granted, no other module; narrowed and taken back: no more', async () => {
  const manager = await d.anAgency({ officialName: 'Universitetskanslern' })
  const person = await w.signedIn(await aUser(w.knex, manager, { administrator: true }))
  const agency = await anAuthority(w.knex, { officialName: 'Högskolan' })
  await (await d.someone.visit(await d.choice(manager, [QUALIFICATIONS]))).submit(GIVE)

  const choose = await person.visit(`/authorities/${agency.id}/modules/new`)
  expect(choose.options('Continue', 'module')).toEqual([])
  expect(choose.text).toContain('Professional qualifications – requests')
  expect(choose.text).not.toContain('Services – requests')
  const form = await choose.submit('Continue', { module: 'Professional qualifications – requests' })
  await form.submit('Grant the module', { role: 'Authority' })
  expect(await w.knex('grants').where({ authority_id: agency.id })).toHaveLength(1)

  const open = await person.visit(`/authorities/${agency.id}/modules/new`)
  expect(open.text).not.toContain('Services – requests')
  await (await d.someone.visit(await d.choice(manager, [SERVICES]))).submit(NARROW)
  const other = await anAuthority(w.knex)
  const late = await person.visit(`/authorities/${other.id}/modules/new`)
  expect(late.text).not.toContain('Professional qualifications – requests')
  await (await d.someone.visit(await d.choice(manager, 'none'))).submit(TAKE_BACK)
  await person.visit(`/authorities/${other.id}/modules/new`, { status: 403 })
})
