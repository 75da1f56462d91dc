import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { aUser } from '../support/factories.ts'
import { acting, lastEvent, mailsSince, managerFor, outsiders, refusedTo, rolesOf } from './acting.ts'
import { ALERTS, type Granting, granting, REQUESTS } from './granting.ts'

const SAVE = 'Save settings'

let w: World
let g: Granting
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
afterAll(() => w.close())

describe('the settings of a grant', () => {
  test('the own administrator: allocation and details; the right to refuse is shown, with who can change it', async () => {
    const a = await acting(w, g)
    const tab = await a.administrator.visit(`/authorities/${a.agency.id}/modules`)
    const page = await tab.follow({ href: a.at('settings') })
    expect(page.h1).toBe('Settings for Professional qualifications – requests')
    expect(page.values(SAVE)).toEqual({ usesAllocation: 'no', coordinatorSeesDetails: 'no' })
    expect(page.details()['May refuse requests']).toContain('No')
    expect(page.text).toContain('Who can: Data administrators of an access manager that is responsible')
    expect(page.text).toContain('Holds at once. If Yes, all administrators of this authority become allocators.')
    expect(page.text).toContain('Lets its coordinator see details when it has to intervene Holds at once.')
    const done = await page.submit(SAVE, { coordinatorSeesDetails: 'Yes' })
    expect(done.notice).toContain('have been saved')
    expect(await a.row()).toMatchObject({ coordinator_sees_details: true, uses_allocation: false, version: 2 })
  })

  test('the access manager: right to refuse and allocation; details are the authority’s own to say', async () => {
    const a = await acting(w, g)
    const page = await g.manager.visit(a.at('settings'))
    expect(page.values(SAVE)).toEqual({ mayRefuse: 'no', usesAllocation: 'no' })
    expect(page.text).toContain('Who can: Administrators of the authority concerned')
    expect(page.text).toContain('Holds for requests that arrive from now on')
    await page.submit(SAVE, { mayRefuse: 'Yes' })
    expect(await a.row()).toMatchObject({ may_refuse: true })
  })

  test('a coordinator: approvals and referrals, by itself', async () => {
    const a = await acting(w, g, { role: 'coordinator' })
    const page = await a.administrator.visit(a.at('settings'))
    expect(page.values(SAVE)).toEqual({
      approvesRequests: 'no',
      approvesReplies: 'no',
      takesPartInReferrals: 'yes',
      usesAllocation: 'no',
      coordinatorSeesDetails: 'no',
    })
    await page.submit(SAVE, { approvesReplies: 'Yes', takesPartInReferrals: 'No' })
    expect(await a.row()).toMatchObject({ approves_replies: true, takes_part_in_referrals: false })
  })

  test('alerts: a coordinator approves alerts, an authority has no settings', async () => {
    const coordinator = await acting(w, g, { role: 'coordinator', module: ALERTS })
    const page = await g.manager.visit(coordinator.at('settings'))
    expect(page.values(SAVE)).toEqual({ approvesAlerts: 'no' })
    await page.submit(SAVE, { approvesAlerts: 'Yes' })
    const plain = await acting(w, g, { module: ALERTS })
    expect((await g.manager.visit(plain.at('settings'))).text).toContain('has no settings')
    const tab = await g.manager.visit(`/authorities/${plain.agency.id}/modules`)
    expect(tab.links.map(({ href }) => href)).not.toContain(plain.at('settings'))
  })

  test('one that goes on gives its role to every administrator; allocation that goes off takes it from all', async () => {
    const a = await acting(w, g)
    const second = await aUser(w.knex, a.agency, { administrator: true })
    const other = await aUser(w.knex, a.agency, { roles: { [ALERTS]: ['alert handler'] } })
    await (await a.administrator.visit(a.at('settings'))).submit(SAVE, { usesAllocation: 'Yes' })
    expect(await rolesOf(w, second)).toEqual(['allocator'])
    expect(await rolesOf(w, other)).toEqual(['alert handler'])
    expect((await lastEvent(w, a.id)).details).toMatchObject({
      module: REQUESTS,
      before: { usesAllocation: false },
      after: { usesAllocation: true },
      given: [expect.any(Number), second.id],
      taken: [],
    })
    await (await a.administrator.visit(a.at('settings'))).submit(SAVE, { usesAllocation: 'No' })
    expect(await rolesOf(w, second)).toEqual([])
    const details = (await lastEvent(w, a.id)).details
    expect(details).toMatchObject({ after: { usesAllocation: false }, given: [] })
    expect(details.taken).toContain(second.id)
  })

  test('the history says old and new value; a manager that is not of record tells those of record', async () => {
    const a = await acting(w, g)
    const before = (await w.mails()).length
    await (await (await managerFor(w, REQUESTS)).visit(a.at('settings'))).submit(SAVE, { mayRefuse: 'Yes' })
    expect(await mailsSince(w, before)).toEqual([
      { template: 'authorities/changed-by-another', to: g.nimic.email, cc: [] },
    ])
    const history = await g.manager.visit(`/authorities/${a.agency.id}/management`)
    expect(history.text).toContain('Changed the settings of a module')
    expect(history.text).toContain('May refuse requests: No → Yes')
  })
})

describe('mistakes', () => {
  test('nothing differs, an answer is missing or odd', async () => {
    const a = await acting(w, g)
    const page = await g.manager.visit(a.at('settings'))
    const same = await page.submit(SAVE, {}, { status: 422 })
    expect(same.errors()[0]?.message).toContain('Nothing differs')
    const odd = await page.submit(SAVE, {}, { status: 422, forged: { mayRefuse: 'perhaps' } })
    expect(odd.errors().map(({ field }) => field)).toEqual(['mayRefuse'])
  })

  test('what this person may not change is not read', async () => {
    const a = await acting(w, g)
    const page = await a.administrator.visit(a.at('settings'))
    await page.submit(SAVE, { usesAllocation: 'Yes' }, { forged: { mayRefuse: 'yes', approvesRequests: 'yes' } })
    expect(await a.row()).toMatchObject({ may_refuse: false, approves_requests: false, uses_allocation: true })
  })

  test('two at once: the second sees what the first saved, and by whom; nothing is lost', async () => {
    const a = await acting(w, g)
    const mine = await g.manager.visit(a.at('settings'))
    await (await a.administrator.visit(a.at('settings'))).submit(SAVE, { usesAllocation: 'Yes' })
    const beside = await mine.submit(SAVE, { mayRefuse: 'Yes' }, { status: 409 })
    expect(beside.errors()[0]?.message).toContain('Kim Andersson')
    expect(beside.values(SAVE)).toEqual({ mayRefuse: 'yes', usesAllocation: 'no' })
    await beside.submit(SAVE, { usesAllocation: 'Yes' })
    expect(await a.row()).toMatchObject({ may_refuse: true, uses_allocation: true, version: 3 })
  })
})

describe('who may not', () => {
  test.each(Object.keys(outsiders))('%s', async who => {
    const a = await acting(w, g)
    await refusedTo(await outsiders[who]!(w, g, a.agency), a, 'settings')
  })

  test('a manager for one module sees neither the settings nor the acts of another one', async () => {
    const a = await acting(w, g, { settings: { may_refuse: true } })
    const alerts = await acting(w, g, { module: ALERTS, role: 'coordinator' })
    await w.knex('grants').where({ id: alerts.id }).update({ authority_id: a.agency.id })
    const manager = await managerFor(w, ALERTS)
    const tab = await manager.visit(`/authorities/${a.agency.id}/modules`)
    expect(tab.text).toContain('Approves alerts')
    expect(tab.text).not.toContain('May refuse requests')
    expect(tab.links.map(({ href }) => href)).toContain(alerts.at('settings'))
    expect(tab.links.map(({ href }) => href)).not.toContain(a.at('settings'))
    await refusedTo(manager, a, 'settings')
    await manager.visit(alerts.at('settings'))
  })

  test('a stranger signs in first; no such grant has no page', async () => {
    const a = await acting(w, g)
    expect((await w.stranger().visit(a.at('settings'))).redirects[0]?.to).toContain('/?next=')
    await g.manager.visit('/grants/999999/settings', { status: 404 })
  })
})
