import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { aUser, aNationalCoordinator, aGrant } from '../support/factories.ts'
import { aCoordinator, acting, lastEvent, mailsSince, managerFor, outsiders, refusedTo } from './acting.ts'
import { type Granting, granting, REQUESTS } from './granting.ts'

const SAVE = 'Save linked coordinators'

let w: World
let g: Granting
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
afterAll(() => w.close())

const linked = async (grantId: number): Promise<number[]> =>
  w.knex('grant_coordinators').where({ grant_id: grantId }).orderBy('coordinator_id').pluck('coordinator_id')

describe('the linked coordinators of a grant', () => {
  test('its own administrator adds one and takes one off; both are told at their functional address', async () => {
    const other = await aCoordinator(w, REQUESTS, { officialName: 'Länsstyrelsen Ett' })
    const a = await acting(w, g)
    const before = (await w.mails()).length
    const tab = await a.administrator.visit(`/authorities/${a.agency.id}/modules`)
    const page = await tab.follow({ href: a.at('coordinators') })
    expect(page.h1).toBe('Linked coordinators for Professional qualifications – requests')
    expect(page.values(SAVE).coordinators).toEqual([String(g.nimic.id)])
    const done = await page.submit(SAVE, { coordinators: ['Länsstyrelsen Ett'] })
    expect(done.notice).toContain('have been saved')
    expect(done.link('Länsstyrelsen Ett').href).toBe(`/authorities/${other.id}`)
    expect(await linked(a.id)).toEqual([other.id])
    expect(await mailsSince(w, before)).toEqual([
      { template: 'grants/linked', to: other.email, cc: [] },
      { template: 'grants/unlinked', to: g.nimic.email, cc: [] },
    ])
    expect(await lastEvent(w, a.id)).toMatchObject({
      event: 'grant.coordinatorsChanged',
      details: {
        before: { coordinators: [{ id: g.nimic.id, name: 'Kommerskollegium' }] },
        after: { coordinators: [{ id: other.id, name: 'Länsstyrelsen Ett' }] },
      },
    })
    const history = await g.manager.visit(`/authorities/${a.agency.id}/management`)
    expect(history.text).toContain('Linked coordinators: Kommerskollegium → Länsstyrelsen Ett')
  })

  test('several at once; a manager that is not of record tells those of record', async () => {
    await aCoordinator(w, REQUESTS, { officialName: 'Länsstyrelsen Två' })
    const a = await acting(w, g)
    const before = (await w.mails()).length
    const page = await (await managerFor(w, REQUESTS)).visit(a.at('coordinators'))
    await page.submit(SAVE, { coordinators: ['Kommerskollegium', 'Länsstyrelsen Två'] })
    expect(await linked(a.id)).toHaveLength(2)
    expect((await mailsSince(w, before)).map(({ template }) => template)).toEqual([
      'grants/linked',
      'authorities/changed-by-another',
    ])
  })

  test('a coordinator needs none', async () => {
    const a = await acting(w, g, { role: 'coordinator' })
    const page = await a.administrator.visit(a.at('coordinators'))
    expect(page.text).toContain('is a coordinator itself and needs none')
    await page.submit(SAVE, { coordinators: [] })
    expect(await linked(a.id)).toEqual([])
  })

  test('one that is suspended meanwhile is marked, can be kept, and once off is offered no more', async () => {
    const former = await aCoordinator(w, REQUESTS, { officialName: 'Länsstyrelsen Tre' })
    const a = await acting(w, g, { coordinators: [g.nimic, former] })
    await w.knex('grants').where({ id: former.grantId }).update({ status: 'suspended', suspended_at: new Date() })
    const page = await g.manager.visit(a.at('coordinators'))
    expect(page.text).toContain('Länsstyrelsen Tre It is not an active coordinator in this module now')
    await page.submit(SAVE, { coordinators: ['Länsstyrelsen Tre'] })
    await (await g.manager.visit(a.at('coordinators'))).submit(SAVE, { coordinators: ['Kommerskollegium'] })
    expect((await g.manager.visit(a.at('coordinators'))).text).not.toContain('Länsstyrelsen Tre')
  })

  test('a national coordinator has none', async () => {
    const { id } = await w.knex('grants').where({ authority_id: g.nimic.id }).first('id')
    const own = await w.signedIn(await aUser(w.knex, g.nimic, { administrator: true }))
    const page = await own.visit(`/grants/${id}/coordinators`)
    expect(page.text).toContain('It has no linked coordinators')
    expect(page.buttons).not.toContain(SAVE)
  })
})

describe('mistakes', () => {
  test('none, one of another country, one that is no coordinator, nothing new', async () => {
    const a = await acting(w, g)
    const page = await g.manager.visit(a.at('coordinators'))
    const mistake = async (coordinators: string[]) =>
      (await page.submit(SAVE, {}, { status: 422, forged: { coordinators } })).errors()[0]?.message
    expect((await page.submit(SAVE, { coordinators: [] }, { status: 422 })).errors()[0]?.message).toContain(
      'Select at least one',
    )
    const danish = await aNationalCoordinator(w.knex, 'DK', { language: 'da' })
    expect(await mistake([String(danish.id)])).toContain('same country')
    const plain = await g.anAgency()
    await aGrant(w.knex, plain, REQUESTS)
    expect(await mistake([String(plain.id)])).toContain('not an active coordinator')
    expect(await mistake([String(g.nimic.id)])).toContain('Nothing differs')
  })

  test('two at once: the second sees what the first chose', async () => {
    await aCoordinator(w, REQUESTS, { officialName: 'Länsstyrelsen Fyra' })
    const a = await acting(w, g)
    const mine = await g.manager.visit(a.at('coordinators'))
    await (await a.administrator.visit(a.at('coordinators'))).submit(SAVE, { coordinators: ['Länsstyrelsen Fyra'] })
    const entry = { coordinators: ['Kommerskollegium', 'Länsstyrelsen Fyra'] }
    const beside = await mine.submit(SAVE, entry, { status: 409 })
    expect(beside.text).toContain('Länsstyrelsen Fyra')
    await beside.submit(SAVE)
    expect(await linked(a.id)).toHaveLength(2)
  })
})

describe('who may not', () => {
  test.each(Object.keys(outsiders).filter(who => !who.startsWith('a national')))('%s', async who => {
    const a = await acting(w, g)
    await refusedTo(await outsiders[who]!(w, g, a.agency), a, 'coordinators')
  })
})
