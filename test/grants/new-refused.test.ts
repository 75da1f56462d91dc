import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aDelegation,
  aGrant,
  type AnAuthority,
  aNationalCoordinator,
  anAuthority,
  aUser,
  moduleId,
} from '../support/factories.ts'
import { ALERTS, BUTTON, DATA_ADMINISTRATOR, type Granting, granting, REQUESTS } from './granting.ts'

let w: World
let g: Granting
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
afterAll(() => w.close())

describe('mistakes', () => {
  test('all at once: no role, no coordinator', async () => {
    const agency = await g.anAgency()
    const form = await g.manager.visit(await g.formOf(agency, REQUESTS))
    const page = await form.submit(BUTTON, { coordinators: [], mayRefuse: true }, { status: 422 })
    expect(page.errors()).toEqual([{ field: 'role', message: 'Select the role of the authority in this module' }])
    const again = await page.submit(BUTTON, { role: 'Authority', approvesReplies: true }, { status: 422 })
    expect(again.errors()).toEqual([
      { field: 'approvesReplies', message: expect.stringContaining('Only a coordinator can approve') },
      { field: 'coordinators', message: 'Select at least one linked coordinator' },
    ])
    expect(again.values(BUTTON)).toMatchObject({
      mayRefuse: 'yes',
      approvesReplies: 'yes',
      takesPartInReferrals: 'yes',
    })
    expect(await g.grantsOf(agency)).toEqual([])
  })

  test('no module chosen in the first step', async () => {
    const agency = await g.anAgency()
    const page = await (await g.manager.visit(`/authorities/${agency.id}/modules/new`)).submit('Continue')
    expect(page.text).toContain('Which module? Error: Select a module')
  })

  const forged = async (agency: AnAuthority, entries: Record<string, string | string[]>) => {
    const form = await g.manager.visit(await g.formOf(agency, REQUESTS))
    return form.submit(BUTTON, { role: 'Authority' }, { status: 422, forged: entries })
  }

  test('a coordinator of another country', async () => {
    const danish = await aNationalCoordinator(w.knex, 'DK', { language: 'da' })
    await aGrant(w.knex, danish, REQUESTS, { role: 'coordinator' })
    const page = await forged(await g.anAgency(), { coordinators: String(danish.id) })
    expect(page.errors()[0]?.message).toContain('same country')
  })

  test.each([
    ['suspended there', { role: 'coordinator', status: 'suspended' }],
    ['no coordinator', { role: 'authority' }],
  ] as const)('a coordinator that is %s', async (_how, wishes) => {
    const other = await anAuthority(w.knex)
    await aGrant(w.knex, other, REQUESTS, wishes)
    const page = await forged(await g.anAgency(), { coordinators: String(other.id) })
    expect(page.errors()[0]?.message).toContain('not an active coordinator')
  })

  test('a keyword of another area', async () => {
    const foreign = await w
      .knex('keywords as k')
      .join('legislative_areas as l', 'l.id', 'k.legislative_area_id')
      .where('l.code', 'services')
      .first('k.id')
    const page = await forged(await g.anAgency(), { keywords: String(foreign.id) })
    expect(page.errors()[0]?.message).toContain('keywords that belong to this module')
  })

  test.each(['', '0', 'x', '2147483648', '99999'])('the module %j', async module => {
    const page = await forged(await g.anAgency(), { module })
    expect(page.errors()[0]).toMatchObject({ field: 'module' })
  })

  test('a module that the authority has already is not offered, nor granted again', async () => {
    const agency = await g.anAgency()
    const address = await g.formOf(agency, REQUESTS)
    const form = await g.manager.visit(address)
    await form.submit(BUTTON, { role: 'Authority' })
    expect((await g.manager.visit(address)).text).toContain('already has this module')
    const page = await form.submit(
      BUTTON,
      { role: 'Authority' },
      {
        forged: { _once: 'new' },
        status: 422,
      },
    )
    expect(page.errors()[0]?.message).toContain('already has this module')
  })

  test('an authority that is deactivated gets none', async () => {
    const agency = await g.anAgency({ status: 'deactivated' })
    const page = await g.manager.visit(await g.formOf(agency, REQUESTS))
    expect(page.text).toContain('The authority is not active')
  })

  test('an authority that is to be validated gets none', async () => {
    const agency = await g.anAgency({ status: 'to validate' })
    await g.manager.visit(await g.formOf(agency, REQUESTS), { status: 403 })
  })
})

describe('who may not', () => {
  const refusedTo = async (someone: Someone, agency: AnAuthority, status: number) => {
    const address = await g.formOf(agency, REQUESTS)
    await someone.visit(address, { status })
    const sent = await someone.request('POST', address.split('?')[0] ?? '', { body: { role: 'authority' } })
    expect(sent.status).toBe(status)
    expect(await g.grantsOf(agency)).toEqual([])
  }

  test('the authority’s own administrator', async () => {
    const agency = await g.anAgency()
    await refusedTo(await w.signedIn(await aUser(w.knex, agency, { administrator: true })), agency, 403)
  })

  test('a manager of another country', async () => {
    const latvian = await aNationalCoordinator(w.knex, 'LV', { language: 'lv' })
    await refusedTo(await w.signedIn(await aUser(w.knex, latvian, DATA_ADMINISTRATOR)), await g.anAgency(), 403)
  })

  test('a manager of another region', async () => {
    const [here, there] = await w.knex('regions').where({ country: 'SE' }).pluck('code')
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { region: here })
    const someone = await w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
    await refusedTo(someone, await g.anAgency({ region: there }), 403)
  })

  test('nobody upwards: an access manager’s modules are the national coordinator’s to grant', async () => {
    const delegates = [await anAuthority(w.knex), await anAuthority(w.knex)] as const
    for (const delegate of delegates) await aDelegation(w.knex, delegate)
    await refusedTo(await w.signedIn(await aUser(w.knex, delegates[0], DATA_ADMINISTRATOR)), delegates[1], 403)
  })

  test('a user without data administration', async () => {
    await refusedTo(await w.signedIn(await aUser(w.knex, g.nimic, { administrator: true })), await g.anAgency(), 403)
  })

  test('a delegation for another module: the form says who can', async () => {
    const delegate = await anAuthority(w.knex, { officialName: 'Delegerade' })
    await aDelegation(w.knex, delegate, { modules: [ALERTS] })
    const someone = await w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
    const agency = await g.anAgency()
    const page = await someone.visit(await g.formOf(agency, REQUESTS))
    expect(page.text).toContain('outside your delegation')
    expect(page.options('Continue', 'module').map(option => option.text)).toEqual([])
    const form = await someone.visit(await g.formOf(agency, ALERTS))
    const module = String(await moduleId(w.knex, REQUESTS))
    const refused = await form.submit(
      BUTTON,
      { role: 'Authority' },
      {
        status: 422,
        forged: { module },
      },
    )
    expect(refused.errors()[0]?.message).toContain('outside your delegation')
    expect(await g.grantsOf(agency)).toEqual([])
  })

  test('a stranger signs in first', async () => {
    const page = await w.stranger().visit(await g.formOf(await g.anAgency(), REQUESTS))
    expect(page.redirects[0]?.to).toContain('/?next=')
  })
})
