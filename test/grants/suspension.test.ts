import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { aGrant, aUser, theCommission } from '../support/factories.ts'
import { aCoordinator, acting, lastEvent, mailsSince, managerFor, outsiders, refusedTo } from './acting.ts'
import { ALERTS, type Granting, granting, REQUESTS } from './granting.ts'

const SUSPEND = 'Suspend the module'

let w: World
let g: Granting
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
afterAll(() => w.close())

describe('suspending a module', () => {
  test('the page says in numbers what ends; administrators are told, the functional address has the copy', async () => {
    const a = await acting(w, g, { role: 'coordinator' })
    await aGrant(w.knex, a.agency, ALERTS)
    await aUser(w.knex, a.agency, { roles: { [REQUESTS]: ['handler', 'approver'] } })
    await aUser(w.knex, a.agency, { roles: { [REQUESTS]: ['handler'] } })
    const only = await g.anAgency()
    const both = await g.anAgency()
    await aGrant(w.knex, only, REQUESTS, { coordinators: [a.agency] })
    await aGrant(w.knex, both, REQUESTS, { coordinators: [a.agency, g.nimic] })
    const before = (await w.mails()).length

    const tab = await g.manager.visit(`/authorities/${a.agency.id}/modules`)
    const page = await tab.follow({ href: a.at('suspension') })
    expect(page.h1).toBe('Suspend Professional qualifications – requests')
    for (const said of [
      '2 users with a role in this module keep it, but can only finish what is running',
      'Everything that is running can be finished',
      '2 authorities have it as linked coordinator',
      '1 of them has no other active coordinator',
      'The authority keeps 1 other active module',
    ])
      expect(page.text).toContain(said)
    const done = await page.submit(SUSPEND, { reason: 'The task has moved.' })

    expect(done.url).toBe(`/authorities/${a.agency.id}/modules`)
    expect(done.notice).toContain('has been suspended')
    expect(done.details()).toMatchObject({ 'Reason for the suspension': 'The task has moved.' })
    expect(done.text).toContain('Suspended since 20 Nov 2026, 10:00 CET')
    expect(await a.row()).toMatchObject({ status: 'suspended', suspended_at: w.clock.now(), version: 2 })
    const [mail] = await mailsSince(w, before)
    expect(mail).toMatchObject({ template: 'grants/suspended', cc: [a.agency.email] })
    expect(await lastEvent(w, a.id)).toMatchObject({
      event: 'grant.suspended',
      actor_id: g.managerUser.id,
      authority_id: a.agency.id,
      details: { before: { status: 'active' }, after: { status: 'suspended', reason: 'The task has moved.' } },
    })
  })

  test('the last active module: the authority is suspended, and no longer found', async () => {
    const a = await acting(w, g)
    const page = await g.manager.visit(a.at('suspension'))
    expect(page.text).toContain('It has no other active module')
    await page.submit(SUSPEND, { reason: 'Closed' })
    const found = await g.manager.visit(`/authorities?q=${encodeURIComponent(a.agency.officialName)}`)
    expect(found.links.map(({ text }) => text)).not.toContain(a.agency.officialName)
  })

  test('since when is for all to see, why for those who see the settings', async () => {
    const a = await acting(w, g)
    await (await g.manager.visit(a.at('suspension'))).submit(SUSPEND, { reason: 'A reason of ours' })
    const own = await a.administrator.visit(`/authorities/${a.agency.id}/modules`)
    expect(own.text).toContain('A reason of ours')
    const colleague = await w.signedIn(await aUser(w.knex, a.agency))
    const tab = await colleague.visit(`/authorities/${a.agency.id}/modules`)
    expect(tab.text).toContain('Suspended since')
    expect(tab.text).not.toContain('A reason of ours')
    const history = await g.manager.visit(`/authorities/${a.agency.id}/management`)
    expect(history.text).toContain('Suspended a module')
    expect(history.text).toContain('Status: Active → Suspended')
    expect(history.text).toContain('Reason for the suspension: A reason of ours')
  })

  test('a suspended coordinator is offered to nobody', async () => {
    const coordinator = await aCoordinator(w)
    await (await g.manager.visit(`/grants/${coordinator.grantId}/suspension`)).submit(SUSPEND, { reason: 'X' })
    const agency = await g.anAgency()
    const form = await g.manager.visit(await g.formOf(agency, REQUESTS))
    expect(form.text).not.toContain(coordinator.officialName)
  })

  test('a manager that is not of record tells those of record', async () => {
    const a = await acting(w, g)
    const before = (await w.mails()).length
    await (await (await managerFor(w, REQUESTS)).visit(a.at('suspension'))).submit(SUSPEND, { reason: 'X' })
    expect((await mailsSince(w, before)).map(({ template }) => template)).toEqual([
      'grants/suspended',
      'authorities/changed-by-another',
    ])
  })
})

describe('mistakes', () => {
  test('no reason, one that is too long: what was typed stays', async () => {
    const a = await acting(w, g)
    const page = await g.manager.visit(a.at('suspension'))
    const none = await page.submit(SUSPEND, { reason: '  ' }, { status: 422 })
    expect(none.errors()).toEqual([{ field: 'reason', message: 'Enter the reason for the suspension' }])
    const long = await none.submit(SUSPEND, { reason: 'x'.repeat(501) }, { status: 422 })
    expect(long.errors()[0]?.message).toBe('The reason must have 500 characters or fewer')
    expect(long.values(SUSPEND).reason).toBe('x'.repeat(501))
  })

  test('two at once: one suspends, the other is told that it is', async () => {
    const a = await acting(w, g)
    const other = await managerFor(w, REQUESTS)
    const [mine, theirs] = [await g.manager.visit(a.at('suspension')), await other.visit(a.at('suspension'))]
    await mine.submit(SUSPEND, { reason: 'Mine' })
    const late = await theirs.submit(SUSPEND, { reason: 'Theirs' }, { status: 422 })
    expect(late.errors()[0]?.message).toContain('already suspended')
    expect(await a.row()).toMatchObject({ suspension_reason: 'Mine' })
    expect(await w.knex('audit_events').where({ event: 'grant.suspended', subject_id: a.id })).toHaveLength(1)
  })

  test('pressed at the same moment by two: one entry in the history, one of them is told', async () => {
    const a = await acting(w, g)
    const people = [g.manager, await managerFor(w, REQUESTS), await managerFor(w, REQUESTS)]
    const answers = await Promise.all(
      people.map(async someone => {
        const { html } = await someone.visit(a.at('suspension'))
        const _csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
        return someone.request('POST', a.at('suspension'), { body: { _csrf, reason: 'At once' } })
      }),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422])
    expect(await w.knex('audit_events').where({ event: 'grant.suspended', subject_id: a.id })).toHaveLength(1)
  })

  test('a national coordinator’s modules cannot be suspended, not even by the Commission', async () => {
    const commission = await theCommission(w.knex)
    const someone = await w.signedIn(await aUser(w.knex, commission, { imiAdministrator: true }))
    const { id } = await w.knex('grants').where({ authority_id: g.nimic.id }).first('id')
    const page = await someone.visit(`/grants/${id}/suspension`)
    expect(page.text).toContain('cannot be suspended')
    expect(page.buttons).not.toContain(SUSPEND)
    const token = /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const sent = await someone.request('POST', `/grants/${id}/suspension`, { body: { _csrf: token, reason: 'X' } })
    expect(sent.status).toBe(422)
    const tab = await someone.visit(`/authorities/${g.nimic.id}/modules`)
    expect(tab.links.map(({ href }) => href)).not.toContain(`/grants/${id}/suspension`)
  })
})

describe('who may not', () => {
  test.each(Object.keys(outsiders))('%s', async who => {
    const a = await acting(w, g)
    await refusedTo(await outsiders[who]!(w, g, a.agency), a, 'suspension', { reason: 'X' })
  })

  test('the authority’s own administrator', async () => {
    const a = await acting(w, g)
    await refusedTo(a.administrator, a, 'suspension', { reason: 'X' })
    const tab = await a.administrator.visit(`/authorities/${a.agency.id}/modules`)
    expect(tab.links.map(({ href }) => href)).not.toContain(a.at('suspension'))
  })
})
