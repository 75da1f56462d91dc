import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aDelegation,
  aGrant,
  aNationalCoordinator,
  anAuthority,
  aUser,
  theCommission,
  type AnAuthority,
} from '../support/factories.ts'

const REQUESTS = 'services-requests'
const BUTTON = 'Deactivate the authority'
const DATA_ADMINISTRATOR = { administrator: true, dataAdministrator: 'all' } as const

let w: World
let nimic: AnAuthority
let manager: Someone
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  await aGrant(w.knex, nimic, REQUESTS, { role: 'coordinator' })
  manager = await w.signedIn(await aUser(w.knex, nimic, DATA_ADMINISTRATOR))
})
beforeEach(() => w.knex('emails').delete())
afterAll(() => w.close())

const pageOf = ({ id }: AnAuthority) => `/authorities/${id}/deactivation`
const statusOf = async ({ id }: AnAuthority) =>
  (await w.knex('authorities').where({ id }).first<{ status: string }>('status')).status
const eventsOf = (type: string, id: number) =>
  w.knex('audit_events').where({ subject_type: type, subject_id: id }).orderBy('id').pluck<string[]>('event')
const sent = async () =>
  (await w.mails()).map(({ template, to_address: to, cc }) => [template, to, ...cc].join(' ')).sort()

describe('deactivating an authority', () => {
  test('says in numbers what will happen, and does it', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    await aGrant(w.knex, authority, REQUESTS, { status: 'suspended' })
    const administrator = await aUser(w.knex, authority, { administrator: true })
    await aUser(w.knex, authority)
    const page = await manager.visit(pageOf(authority))
    expect(page.text).toContain('2 users can still sign in')
    expect(page.text).toContain('1 administrator and the access managers are told')
    expect(page.text).toContain('it is deleted on 20 May 2027')
    const after = await page.submit(BUTTON, {}, { to: `/authorities/${authority.id}/management` })
    expect(after.notice).toContain('has been deactivated')
    expect(await statusOf(authority)).toBe('deactivated')
    expect(await eventsOf('authority', authority.id)).toContain('authority.deactivated')
    // The access manager of record has acted itself.
    expect(await sent()).toEqual([`removal/deactivated ${administrator.email} ${authority.email}`])
  })

  test('its users sign in, read, and can do nothing else from the next click on', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const administrator = await w.signedIn(
      await aUser(w.knex, authority, { administrator: true, passwordSetAt: w.clock.now() }),
    )
    await (await manager.visit(pageOf(authority))).submit(BUTTON)
    await administrator.visit(`/authorities/${authority.id}/users`)
    await administrator.visit(`/authorities/${authority.id}/reactivation`, { status: 403 })
  })

  test('while a module is active the page names it and leads to its suspension', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const grant = await aGrant(w.knex, authority, REQUESTS)
    const page = await manager.visit(pageOf(authority))
    expect(page.text).toContain('Suspend these modules first')
    expect(page.links.map(({ href }) => href)).toContain(`/grants/${grant.id}/suspension`)
    expect(page.buttons).not.toContain(BUTTON)
  })

  test('a module granted while the page was open stops it', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const page = await manager.visit(pageOf(authority))
    await aGrant(w.knex, authority, REQUESTS)
    const refused = await page.submit(BUTTON, {}, { status: 422 })
    expect(refused.errors().map(({ message }) => message)).toEqual([
      'An authority can be deactivated only when all its modules are suspended. Suspend these modules first.',
    ])
    expect(await statusOf(authority)).toBe('active')
  })

  test('clicked twice it is done once', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    await manager.submitTwice(await manager.visit(pageOf(authority)), BUTTON)
    expect((await eventsOf('authority', authority.id)).filter(event => event === 'authority.deactivated')).toHaveLength(
      1,
    )
  })

  test('a national coordinator can only be replaced, also by the Commission', async () => {
    const commission = await theCommission(w.knex)
    const someone = await w.signedIn(await aUser(w.knex, commission, { imiAdministrator: true }))
    const page = await someone.visit(pageOf(nimic))
    expect(page.text).toContain('A national coordinator cannot be deactivated')
    expect(page.buttons).not.toContain(BUTTON)
  })

  test('an authority that is not validated yet, or deactivated already, is not', async () => {
    const open = await anAuthority(w.knex, { managers: [nimic], status: 'to validate' })
    await manager.visit(pageOf(open), { status: 403 })
    const gone = await anAuthority(w.knex, { managers: [nimic], status: 'deactivated' })
    expect((await manager.visit(pageOf(gone))).text).toContain('deactivated already')
  })

  test('who manages chosen modules only, not of record, deactivates what has no other', async () => {
    const office = await anAuthority(w.knex, { managers: [nimic] })
    await aDelegation(w.knex, office, { modules: [REQUESTS] })
    const someone = await w.signedIn(await aUser(w.knex, office, DATA_ADMINISTRATOR))
    const both = await anAuthority(w.knex, { managers: [nimic] })
    for (const module of [REQUESTS, 'services-alerts']) await aGrant(w.knex, both, module, { status: 'suspended' })
    await someone.visit(pageOf(both), { status: 403 })
    const one = await anAuthority(w.knex, { managers: [nimic] })
    await aGrant(w.knex, one, REQUESTS, { status: 'suspended' })
    expect((await someone.visit(pageOf(one))).buttons).toContain(BUTTON)
  })

  test('a module that one does not manage is named without a way to its suspension', async () => {
    const office = await anAuthority(w.knex, { managers: [nimic] })
    await aDelegation(w.knex, office, { modules: [REQUESTS] })
    const someone = await w.signedIn(await aUser(w.knex, office, DATA_ADMINISTRATOR))
    const both = await anAuthority(w.knex, { managers: [office] })
    await aGrant(w.knex, both, REQUESTS)
    const other = await aGrant(w.knex, both, 'services-alerts')
    const page = await someone.visit(pageOf(both))
    expect(page.text).toContain('Services – alerts')
    expect(page.links.map(({ href }) => href)).not.toContain(`/grants/${other.id}/suspension`)
  })

  test('its own administrator and somebody abroad are refused', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const own = await w.signedIn(await aUser(w.knex, authority, { administrator: true }))
    await own.visit(pageOf(authority), { status: 403 })
    const abroad = await w.signedIn(await aUser(w.knex, await aNationalCoordinator(w.knex, 'DK'), DATA_ADMINISTRATOR))
    await abroad.visit(pageOf(authority), { status: 403 })
  })
})

describe('an access manager and coordinator that is deactivated', () => {
  test('what it managed and coordinated alone passes to the national coordinator, who is told', async () => {
    const office = await anAuthority(w.knex, { officialName: 'Åtkomstverket', managers: [nimic] })
    await aDelegation(w.knex, office, { modules: [REQUESTS] })
    const person = await aUser(w.knex, office, { administrator: true, dataAdministrator: [REQUESTS] })
    await aGrant(w.knex, office, REQUESTS, { role: 'coordinator', status: 'suspended' })
    const other = await anAuthority(w.knex)
    const alone = await anAuthority(w.knex, { managers: [office] })
    const shared = await anAuthority(w.knex, { managers: [office, other] })
    const grant = await aGrant(w.knex, alone, REQUESTS, { coordinators: [office] })
    const kept = await aGrant(w.knex, shared, REQUESTS, { coordinators: [office, other] })
    await w.knex('grants').where({ id: grant.id }).update({ granted_by: office.id })

    const page = await manager.visit(pageOf(office))
    expect(page.text).toContain('no longer an access manager of 2 authorities')
    expect(page.text).toContain('1 authority has no other access manager')
    expect(page.text).toContain('no longer the coordinator linked to 2 authorities')
    expect(page.text).toContain('1 authority has no other coordinator in the module')
    await page.submit(BUTTON)

    const managersOf = ({ id }: AnAuthority) =>
      w.knex('authority_access_managers').where({ authority_id: id }).pluck<number[]>('manager_id')
    expect(await managersOf(alone)).toEqual([nimic.id])
    expect(await managersOf(shared)).toEqual([other.id])
    const validators = await w.knex('authorities').whereIn('id', [alone.id, shared.id]).pluck('validating_authority_id')
    expect(validators).toEqual([nimic.id, nimic.id])
    const linkedTo = ({ id }: { id: number }) =>
      w.knex('grant_coordinators').where({ grant_id: id }).pluck<number[]>('coordinator_id')
    expect(await linkedTo(grant)).toEqual([nimic.id])
    expect(await linkedTo(kept)).toEqual([other.id])
    expect(await w.knex('delegations').where({ authority_id: office.id })).toEqual([])
    const rights = { data_administrator: 'none', administrator: true }
    expect(await w.knex('users').where({ id: person.id }).first()).toMatchObject(rights)
    expect(await eventsOf('authority', alone.id)).toEqual(['accessManager.ended'])
    expect(await eventsOf('grant', grant.id)).toEqual(['grant.coordinatorGone'])
    expect(await sent()).toEqual([
      `removal/coordinator-replaced ${alone.email}`,
      `removal/deactivated ${person.email} ${office.email}`,
      `removal/linked-instead ${nimic.email}`,
      `removal/taken-over ${nimic.email}`,
    ])
  })
})

describe('reactivating an authority', () => {
  test('gives its users their work back; the modules stay suspended', async () => {
    const other = await anAuthority(w.knex)
    const authority = await anAuthority(w.knex, { managers: [nimic, other], status: 'deactivated' })
    await aGrant(w.knex, authority, REQUESTS, { status: 'suspended' })
    const page = await manager.visit(`/authorities/${authority.id}/reactivation`)
    expect(page.text).toContain('It is no longer deleted on 1 May 2027')
    expect(page.text).toContain('1 module stays suspended')
    await page.submit('Reactivate the authority', {}, { to: `/authorities/${authority.id}/modules` })
    expect(await w.knex('authorities').where({ id: authority.id }).first()).toMatchObject({
      status: 'active',
      deactivated_at: null,
    })
    const grant = await w.knex('grants').where({ authority_id: authority.id }).first<{ status: string }>('status')
    expect(grant.status).toBe('suspended')
    expect(await sent()).toEqual([
      `removal/reactivated ${authority.email}`,
      `removal/reactivated-managers ${other.email}`,
    ])
  })

  test('one that is active needs none', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const page = await manager.visit(`/authorities/${authority.id}/reactivation`)
    expect(page.text).toContain('This authority is not deactivated')
    expect(page.buttons).not.toContain('Reactivate the authority')
  })
})
