import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aDelegation,
  aGrant,
  type AnAuthority,
  aNationalCoordinator,
  anAuthority,
  type AUser,
  aUser,
  theCommission,
} from '../support/factories.ts'
import { ALERTS, BUTTON, DATA_ADMINISTRATOR, type Granting, granting, REQUESTS } from './granting.ts'

let w: World
let g: Granting
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
afterAll(() => w.close())

const rolesOf = async (user: AUser) =>
  (await w.knex('user_roles').where({ user_id: user.id }).orderBy('role')).map(row => row.role)

describe('granting a module', () => {
  test('module first, then what belongs to it; all administrators get all its roles and are told', async () => {
    const agency = await g.anAgency({ officialName: 'Socialstyrelsen' })
    const first = await aUser(w.knex, agency, { administrator: true, language: 'sv' })
    const second = await aUser(w.knex, agency, { administrator: true })
    const other = await aUser(w.knex, agency)
    const gone = await aUser(w.knex, agency, { administrator: true, deletedAt: new Date() })
    const before = (await w.mails()).length

    const choose = await g.manager.visit(`/authorities/${agency.id}/modules/new`)
    expect(choose.h1).toBe('Grant a module')
    const form = await choose.submit('Continue', { module: 'Professional qualifications – requests' })
    expect(form.values(BUTTON)).toMatchObject({
      role: null,
      coordinators: String(g.nimic.id),
      takesPartInReferrals: 'yes',
    })
    const tab = await form.submit(BUTTON, { role: 'Authority', keywords: ['Midwife'], usesAllocation: true })

    expect(tab.url).toBe(`/authorities/${agency.id}/modules`)
    expect(tab.text).toContain(
      'Socialstyrelsen has been granted Professional qualifications – requests. You can grant the next',
    )
    expect(tab.link('Grant another module')).toBeDefined()
    const [grant] = await g.grantsOf(agency)
    expect(grant).toMatchObject({
      role: 'authority',
      status: 'active',
      uses_allocation: true,
      may_refuse: false,
      approves_requests: false,
      takes_part_in_referrals: true,
      granted_by: g.nimic.id,
    })
    expect(await w.knex('grant_coordinators').where({ grant_id: grant.id })).toHaveLength(1)
    for (const user of [first, second]) expect(await rolesOf(user)).toEqual(['allocator', 'handler'])
    for (const user of [other, gone]) expect(await rolesOf(user)).toEqual([])

    const mails = (await w.mails()).slice(before)
    expect(mails.map(({ template, to_address, language, cc }) => ({ template, to_address, language, cc }))).toEqual([
      { template: 'grants/given', to_address: first.email, language: 'sv', cc: [agency.email] },
      { template: 'grants/given', to_address: second.email, language: 'en', cc: [] },
    ])
    expect(mails[0]?.values).toEqual({
      authority: 'Socialstyrelsen',
      module: 'Yrkeskvalifikationer – förfrågningar',
      grantedBy: 'Kommerskollegium',
    })
    const event = await w
      .knex('audit_events as e')
      .join('audit_values as v', 'v.event_id', 'e.id')
      .where({ event: 'grant.given', subject_id: grant.id })
      .first()
    expect(event).toMatchObject({ actor_id: g.managerUser.id, authority_id: agency.id, subject_type: 'grant' })
    expect(event.details).toMatchObject({ module: REQUESTS, role: 'authority', administrators: [first.id, second.id] })
  })

  test('the words of its keywords lead to it from then on', async () => {
    const agency = await g.anAgency({ officialName: 'Namnlösa' })
    const form = await g.manager.visit(await g.formOf(agency, REQUESTS))
    await form.submit(BUTTON, { role: 'Authority', keywords: ['Dentist'] })
    const page = await g.manager.visit('/authorities?q=tandläk')
    expect(page.link('Namnlösa').href).toBe(`/authorities/${agency.id}`)
  })

  test('a coordinator of requests: approval, referrals, and the roles for them', async () => {
    const agency = await g.anAgency()
    const user = await aUser(w.knex, agency, { administrator: true })
    const form = await g.manager.visit(await g.formOf(agency, REQUESTS))
    await form.submit(BUTTON, {
      role: 'Coordinator',
      approvesRequests: true,
      takesPartInReferrals: false,
      coordinators: [],
    })
    expect((await g.grantsOf(agency))[0]).toMatchObject({
      role: 'coordinator',
      approves_requests: true,
      approves_replies: false,
      takes_part_in_referrals: false,
    })
    expect(await rolesOf(user)).toEqual(['approver', 'handler', 'referee'])
    await w.knex('grants').where({ authority_id: agency.id }).delete()
  })

  test('alerts: the settings of requests are not asked, alert handler is the role', async () => {
    const agency = await g.anAgency()
    const user = await aUser(w.knex, agency, { administrator: true })
    const form = await g.manager.visit(await g.formOf(agency, ALERTS))
    expect(Object.keys(form.values(BUTTON)).sort()).toEqual(['approvesAlerts', 'coordinators', 'keywords', 'role'])
    await form.submit(BUTTON, { role: 'Authority' })
    expect(await rolesOf(user)).toEqual(['alert handler'])
  })

  test('pressed twice: one grant, one mail', async () => {
    const agency = await g.anAgency()
    await aUser(w.knex, agency, { administrator: true })
    const before = (await w.mails()).length
    const form = await g.manager.visit(await g.formOf(agency, REQUESTS))
    const [one, two] = await g.manager.submitTwice(form, BUTTON, { role: 'Authority' })
    expect([one.url, two.url]).toEqual(Array(2).fill(`/authorities/${agency.id}/modules`))
    expect(await g.grantsOf(agency)).toHaveLength(1)
    expect((await w.mails()).length - before).toBe(1)
  })

  test('by two people at once: one of them is told that it is granted already', async () => {
    const agency = await g.anAgency()
    const colleague = await w.signedIn(await aUser(w.knex, g.nimic, DATA_ADMINISTRATOR))
    const address = await g.formOf(agency, REQUESTS)
    const forms = await Promise.all([g.manager.visit(address), colleague.visit(address)])
    const sent = await Promise.all(
      forms.map((form, index) => {
        const { body } = form.prepared(BUTTON, { role: 'Authority' })
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        return (index ? colleague : g.manager).request('POST', address.split('?')[0] ?? '', { body, headers })
      }),
    )
    expect(sent.map(answer => answer.status).sort()).toEqual([303, 422])
    expect(sent.find(answer => answer.status === 422)?.text).toContain('already has this module')
    expect(await g.grantsOf(agency)).toHaveLength(1)
  })
})

describe('linked coordinators when the form opens', () => {
  const preselected = async (who: Someone, agency: AnAuthority) =>
    [(await who.visit(await g.formOf(agency, REQUESTS))).values(BUTTON).coordinators].flat()

  test('the granting authority where it is coordinator; it can be taken off', async () => {
    const coordinator = await anAuthority(w.knex, { officialName: 'Rådet' })
    await aGrant(w.knex, coordinator, REQUESTS, { role: 'coordinator' })
    const agency = await g.anAgency()
    expect(await preselected(g.manager, agency)).toEqual([String(g.nimic.id)])
    const form = await g.manager.visit(await g.formOf(agency, REQUESTS))
    await form.submit(BUTTON, { role: 'Authority', coordinators: ['Rådet'] })
    const [grant] = await g.grantsOf(agency)
    const linked = await w.knex('grant_coordinators').where({ grant_id: grant.id }).pluck('coordinator_id')
    expect(linked).toEqual([coordinator.id])
    await w.knex('authorities').where({ id: coordinator.id }).delete()
  })

  test('else the only one of the region, else the only one of the country', async () => {
    const delegate = await anAuthority(w.knex, { managers: [g.nimic] })
    await aDelegation(w.knex, delegate)
    const who = await w.signedIn(await aUser(w.knex, delegate, DATA_ADMINISTRATOR))
    const region: string = (await w.knex('regions').where({ country: 'SE' }).first('code')).code
    const there = await g.anAgency({ region })
    expect(await preselected(who, there)).toEqual([String(g.nimic.id)])
    const regional = await anAuthority(w.knex, { region })
    await aGrant(w.knex, regional, REQUESTS, { role: 'coordinator' })
    expect(await preselected(who, there)).toEqual([String(regional.id)])
    expect(await preselected(who, await g.anAgency())).toEqual([])
    await w.knex('authorities').where({ id: regional.id }).delete()
  })
})

describe('others who are concerned', () => {
  test('an access manager that is not of record acts: those of record are told', async () => {
    const ofRecord = await anAuthority(w.knex, { managers: [g.nimic] })
    await aDelegation(w.knex, ofRecord)
    const agency = await anAuthority(w.knex, { officialName: 'Andras', managers: [ofRecord] })
    const before = (await w.mails()).length
    await (await g.manager.visit(await g.formOf(agency, REQUESTS))).submit(BUTTON, { role: 'Authority' })
    const mails = (await w.mails()).slice(before)
    expect(
      mails.map(({ template, to_address, language, values }) => ({ template, to_address, language, values })),
    ).toEqual([
      {
        template: 'authorities/changed-by-another',
        to_address: ofRecord.email,
        language: 'sv',
        values: { authority: 'Andras', changedBy: 'Kommerskollegium' },
      },
    ])
  })

  test('the Commission grants a national coordinator a module, as coordinator without anybody above', async () => {
    const user = await aUser(w.knex, await theCommission(w.knex), { administrator: true, imiAdministrator: true })
    const finnish = await aNationalCoordinator(w.knex, 'FI', { language: 'fi' })
    const form = await (await w.signedIn(user)).visit(await g.formOf(finnish, REQUESTS))
    expect(form.options(BUTTON, 'role')).toEqual([])
    await form.submit(BUTTON)
    expect((await g.grantsOf(finnish))[0]).toMatchObject({ role: 'coordinator' })
  })
})
