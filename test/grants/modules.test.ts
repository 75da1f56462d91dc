import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { countQueries } from '../support/count-queries.ts'
import { aGrant, type AnAuthority, aNationalCoordinator, anAuthority, aUser } from '../support/factories.ts'

const REQUESTS = 'professional-qualifications-requests'
const ALERTS = 'services-alerts'

let w: World
let nimic: AnAuthority
let agency: AnAuthority
let manager: Someone
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  agency = await anAuthority(w.knex, { officialName: 'Socialstyrelsen', managers: [nimic] })
  const grant = await aGrant(w.knex, agency, REQUESTS, { coordinators: [nimic], settings: { may_refuse: true } })
  const keyword = await w.knex('keywords').where({ code: 'pq-midwife' }).first('id')
  await w.knex('grant_keywords').insert({ grant_id: grant.id, keyword_id: keyword.id })
  await aGrant(w.knex, agency, ALERTS, { role: 'coordinator', status: 'suspended' })
  manager = await w.signedIn(await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' }))
})
afterAll(() => w.close())

const address = () => `/authorities/${agency.id}/modules`

describe('the tab Modules', () => {
  test('shows everybody role, status, linked coordinators and keywords, but no settings', async () => {
    const abroad = await anAuthority(w.knex, { country: 'DK', language: 'da' })
    const page = await (await w.signedIn(await aUser(w.knex, abroad))).visit(address())
    expect(page.h1).toBe('Socialstyrelsen')
    expect(page.headings).toEqual(
      expect.arrayContaining(['Professional qualifications – requests', 'Services – alerts']),
    )
    expect(page.text).toContain('Authority Active Linked coordinator Kommerskollegium Keywords Midwife')
    expect(page.text).toContain('Coordinator Suspended Suspended since 1 Nov 2026, 10:00 CET Linked coordinator None')
    expect(page.link('Kommerskollegium').href).toBe(`/authorities/${nimic.id}`)
    expect(page.text).not.toContain('May refuse requests')
    expect(page.links.map(link => link.text)).not.toContain('Grant another module')
  })

  test.each([
    ['a manager', () => manager],
    ['its own administrator', async () => w.signedIn(await aUser(w.knex, agency, { administrator: true }))],
  ])('shows %s the settings that each module has', async (_who, someone) => {
    const page = await (await someone()).visit(address())
    expect(page.details()).toMatchObject({
      'May refuse requests': 'Yes',
      'Uses allocation': 'No',
      'Lets its coordinator see details when it has to intervene': 'No',
      'Approves alerts': 'No',
    })
    expect(page.text).not.toContain('Approves outgoing requests')
  })

  test('hides the settings from a colleague who is no administrator', async () => {
    const page = await (await w.signedIn(await aUser(w.knex, agency))).visit(address())
    expect(page.text).not.toContain('May refuse requests')
  })

  test('offers the next module to who may grant it', async () => {
    const page = await (await manager.visit(address())).follow('Grant another module')
    expect(page.url).toBe(`${address()}/new`)
  })

  test('an authority without modules: says so, and what to do', async () => {
    const empty = await anAuthority(w.knex, { managers: [nimic] })
    const page = await manager.visit(`/authorities/${empty.id}/modules`)
    expect(page.text).toContain('until you have granted it a module')
    expect(page.link('Grant a module').href).toBe(`/authorities/${empty.id}/modules/new`)
    const own = await (await w.signedIn(await aUser(w.knex, empty))).visit(`/authorities/${empty.id}/modules`)
    expect(own.text).toContain('until an access manager has granted it a module')
  })

  test('a deactivated authority is offered nothing', async () => {
    const gone = await anAuthority(w.knex, { managers: [nimic], status: 'deactivated' })
    const page = await manager.visit(`/authorities/${gone.id}/modules`)
    expect(page.links.map(link => link.text)).not.toContain('Grant a module')
  })

  test('costs no more statements with every module than with none', async () => {
    const empty = await anAuthority(w.knex, { managers: [nimic] })
    const full = await anAuthority(w.knex, { managers: [nimic] })
    const modules: { code: string }[] = await w.knex('modules').select('code')
    for (const { code } of modules) await aGrant(w.knex, full, code, { coordinators: [nimic] })
    const none = await countQueries(w, () => manager.visit(`/authorities/${empty.id}/modules`))
    const all = await countQueries(w, async () => {
      const page = await manager.visit(`/authorities/${full.id}/modules`)
      expect(page.text).toContain('every module that you can grant')
    })
    // Where nothing is left to grant, it is not asked what an invitation was for.
    expect(all).toBe(none - 1)
  })

  test.each(['0', '-1', '1e3', '2147483648', 'abc', '999999'])('%s is no authority', async id => {
    await manager.visit(`/authorities/${id}/modules`, { status: 404 })
  })
})
