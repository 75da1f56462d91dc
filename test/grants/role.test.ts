import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import { aGrant, aUser, theCommission } from '../support/factories.ts'
import { aCoordinator, acting, lastEvent, mailsSince, managerFor, outsiders, refusedTo, rolesOf } from './acting.ts'
import { ALERTS, type Granting, granting, REQUESTS } from './granting.ts'

const TO_AUTHORITY = 'Make it an authority'
const TO_COORDINATOR = 'Make it a coordinator'

let w: World
let g: Granting
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
afterAll(() => w.close())

const linked = async (grantId: number): Promise<number[]> =>
  w.knex('grant_coordinators').where({ grant_id: grantId }).orderBy('coordinator_id').pluck('coordinator_id')

const aFormerCoordinator = () =>
  acting(w, g, {
    role: 'coordinator',
    status: 'suspended',
    coordinators: [],
    settings: { approves_requests: true, takes_part_in_referrals: false },
  })

async function aLinkedAuthority(coordinators: { id: number }[]) {
  const agency = await g.anAgency()
  const { id } = await aGrant(w.knex, agency, REQUESTS, { coordinators })
  return { agency, id, field: `move_${id}` }
}

describe('a coordinator that becomes an authority', () => {
  test('whoever is linked to it is moved where chosen, the rest to the national coordinator; roles and settings go', async () => {
    const a = await aFormerCoordinator()
    const approver = await aUser(w.knex, a.agency, { roles: { [REQUESTS]: ['handler', 'approver', 'referee'] } })
    const other = await aCoordinator(w, REQUESTS, { officialName: 'Länsstyrelsen Ny' })
    const [chosen, rest, both] = [
      await aLinkedAuthority([a.agency]),
      await aLinkedAuthority([a.agency]),
      await aLinkedAuthority([a.agency, other]),
    ]
    const before = (await w.mails()).length

    const page = await g.manager.visit(a.at('role'))
    expect(page.h1).toBe('Change the role to authority: Professional qualifications – requests')
    expect(page.text).toContain(
      '3 authorities have it as linked coordinator: each keeps its other coordinators or gets a new one',
    )
    expect(page.options(TO_AUTHORITY, rest.field)[0]?.text).toBe('National coordinator: Kommerskollegium')
    expect(page.options(TO_AUTHORITY, both.field)[0]?.text).toBe('No new one: it has others')
    expect(page.values(TO_AUTHORITY).coordinators).toEqual([String(g.nimic.id)])
    const done = await page.submit(TO_AUTHORITY, { [chosen.field]: 'Länsstyrelsen Ny' })

    expect(done.notice).toContain('is now an authority')
    expect(await a.row()).toMatchObject({
      role: 'authority',
      status: 'suspended',
      approves_requests: false,
      takes_part_in_referrals: true,
    })
    expect(await linked(a.id)).toEqual([g.nimic.id])
    expect(await linked(chosen.id)).toEqual([other.id])
    expect(await linked(rest.id)).toEqual([g.nimic.id])
    expect(await linked(both.id)).toEqual([other.id])
    expect(await rolesOf(w, approver)).toEqual(['handler'])
    expect((await lastEvent(w, a.id)).details).toMatchObject({
      role: 'authority',
      before: { role: 'coordinator', approvesRequests: true, coordinators: [] },
      after: { role: 'authority', approvesRequests: false, coordinators: [{ id: g.nimic.id }] },
      given: [],
      taken: [approver.id],
    })
    expect(await lastEvent(w, rest.id)).toMatchObject({
      event: 'grant.coordinatorsChanged',
      authority_id: rest.agency.id,
      details: { before: { coordinators: [{ id: a.agency.id }] }, after: { coordinators: [{ id: g.nimic.id }] } },
    })
    const mails = await mailsSince(w, before)
    expect(
      mails
        .filter(({ template }) => template === 'grants/coordinator-replaced')
        .map(({ to }) => to)
        .sort(),
    ).toEqual([chosen, rest, both].map(({ agency }) => agency.email).sort())
    expect(mails).toContainEqual({ template: 'grants/linked-instead', to: other.email, cc: [] })
    expect(mails).toContainEqual({ template: 'grants/linked-instead', to: g.nimic.email, cc: [] })
    expect(mails.filter(({ template }) => template === 'grants/role-changed')).toMatchObject([{ cc: [a.agency.email] }])
    const history = await g.manager.visit(`/authorities/${a.agency.id}/management`)
    expect(history.text).toContain('Role: Coordinator → Authority')
    expect(history.text).toContain('Approves outgoing requests: Yes → No')
  })

  test('of alerts: its handlers stay', async () => {
    const a = await acting(w, g, { role: 'coordinator', status: 'suspended', module: ALERTS, coordinators: [] })
    const handler = await aUser(w.knex, a.agency, { roles: { [ALERTS]: ['alert handler'] } })
    await (await g.manager.visit(a.at('role'))).submit(TO_AUTHORITY)
    expect(await rolesOf(w, handler)).toEqual(['alert handler'])
  })

  test('of many linked authorities fifty can be moved on the page; it costs as much as with one', async () => {
    const a = await aFormerCoordinator()
    const rest = await aLinkedAuthority([a.agency])
    const one = await countQueries(w, () => g.manager.visit(a.at('role')))
    for (let i = 0; i < 50; i++) await aLinkedAuthority([a.agency])
    const many = await countQueries(w, async () => {
      const page = await g.manager.visit(a.at('role'))
      expect(page.text).toContain('1 more authority is not listed here')
      expect(page.html.length).toBeLessThan(100_000)
    })
    expect(many).toBe(one)
    await (await g.manager.visit(a.at('role'))).submit(TO_AUTHORITY)
    expect(await linked(rest.id)).toEqual([g.nimic.id])
    expect(await w.knex('grant_coordinators').where({ coordinator_id: a.agency.id })).toEqual([])
  })
})

describe('an authority that becomes a coordinator', () => {
  test('its administrators become approvers and referees; its links stay', async () => {
    const a = await acting(w, g, { status: 'suspended' })
    const administrator = await aUser(w.knex, a.agency, { administrator: true })
    const handler = await aUser(w.knex, a.agency, { roles: { [REQUESTS]: ['handler'] } })
    const page = await g.manager.visit(a.at('role'))
    expect(page.h1).toBe('Change the role to coordinator: Professional qualifications – requests')
    const done = await page.submit(TO_COORDINATOR)
    expect(done.notice).toContain('is now a coordinator')
    expect(await a.row()).toMatchObject({ role: 'coordinator', status: 'suspended' })
    expect(await rolesOf(w, administrator)).toEqual(['approver', 'referee'])
    expect(await rolesOf(w, handler)).toEqual(['handler'])
    expect(await linked(a.id)).toEqual([g.nimic.id])
  })
})

describe('mistakes', () => {
  test('an active module: the page says so, and offers to suspend it', async () => {
    const a = await acting(w, g)
    const page = await g.manager.visit(a.at('role'))
    expect(page.text).toContain('The role can be changed only while the module is suspended')
    expect(page.buttons).not.toContain(TO_COORDINATOR)
    expect((await page.follow('Suspend the module')).url).toBe(a.at('suspension'))
  })

  test('restored meanwhile: nothing changes', async () => {
    const a = await acting(w, g, { status: 'suspended' })
    const page = await g.manager.visit(a.at('role'))
    await w.knex('grants').where({ id: a.id }).update({ status: 'active', suspended_at: null })
    const refused = await page.submit(TO_COORDINATOR, {}, { status: 422 })
    expect(refused.errors()[0]?.message).toContain('Suspend the module first')
    expect(await a.row()).toMatchObject({ role: 'authority' })
  })

  test('no coordinator for itself, a target that is none: all at once, nothing chosen is lost', async () => {
    const a = await aFormerCoordinator()
    const linkedOne = await aLinkedAuthority([a.agency])
    const plain = await g.anAgency()
    const page = await g.manager.visit(a.at('role'))
    const refused = await page.submit(
      TO_AUTHORITY,
      { coordinators: [] },
      { status: 422, forged: { [linkedOne.field]: String(plain.id) } },
    )
    expect(refused.errors()).toEqual([
      { field: 'coordinators', message: 'Select at least one linked coordinator' },
      { field: linkedOne.field, message: expect.stringContaining(linkedOne.agency.officialName) },
    ])
    expect(await linked(linkedOne.id)).toEqual([a.agency.id])
  })

  test('two at once: the second is told, roles are changed once', async () => {
    const a = await acting(w, g, { status: 'suspended' })
    const theirs = await (await managerFor(w, REQUESTS)).visit(a.at('role'))
    await (await g.manager.visit(a.at('role'))).submit(TO_COORDINATOR)
    const late = await theirs.submit(TO_COORDINATOR, {}, { status: 422 })
    expect(late.errors()[0]?.message).toContain('has this role already')
  })

  test('a national coordinator stays coordinator', async () => {
    const commission = await theCommission(w.knex)
    const someone = await w.signedIn(await aUser(w.knex, commission, { imiAdministrator: true }))
    const { id } = await w.knex('grants').where({ authority_id: g.nimic.id }).first('id')
    const page = await someone.visit(`/grants/${id}/role`)
    expect(page.text).toContain('Its role cannot be changed')
    const token = /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? ''
    const sent = await someone.request('POST', `/grants/${id}/role`, { body: { _csrf: token, role: 'authority' } })
    expect(sent.status).toBe(422)
  })
})

describe('who may not', () => {
  test.each(Object.keys(outsiders))('%s', async who => {
    const a = await acting(w, g, { status: 'suspended' })
    await refusedTo(await outsiders[who]!(w, g, a.agency), a, 'role', { role: 'coordinator' })
  })

  test('the authority’s own administrator', async () => {
    const a = await acting(w, g, { status: 'suspended' })
    await refusedTo(a.administrator, a, 'role', { role: 'coordinator' })
  })
})
