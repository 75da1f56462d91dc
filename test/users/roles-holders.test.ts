import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Status } from '../../src/requests/workflow.ts'
import { aGrant, aUser } from '../support/factories.ts'
import { type ASide, aRequest, aSide } from '../support/requests.ts'
import { anOffice, eventsOf, type People, people, REQUESTS, rolesOf } from './people.ts'

const BUTTON = 'Save'

let w: World
let p: People
let danes: ASide
beforeAll(async () => {
  w = await world()
  p = await people(w)
  danes = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())

describe('no role without a holder', () => {
  const coordinator = async (settings: Record<string, boolean>) => {
    const office = await anOffice(w, p)
    const grant = await aGrant(w.knex, office.authority, REQUESTS, { role: 'coordinator', settings })
    const roles = { [REQUESTS]: ['handler', 'allocator', 'approver', 'referee'] as const }
    const user = await aUser(w.knex, office.authority, { roles })
    const form = await office.administrator.visit(`/users/${user.id}/roles`)
    return { ...office, grant, user, form, field: `roles-${grant.moduleId}` }
  }

  test('the last allocator, approver and referee ask who takes over, each by name', async () => {
    const all = await coordinator({ uses_allocation: true, approves_replies: true })
    const page = await all.form.submit(BUTTON, { [all.field]: ['handler'] }, { status: 422 })
    const fields = ['allocator', 'approver', 'referee'].map(role => `holder-${all.grant.moduleId}-${role}`)
    expect(page.errors().map(({ field }) => field)).toEqual(fields)
    expect(page.errors()[0]?.message).toContain('Professional qualifications')
    await page.submit(BUTTON, {
      [fields[0] ?? '']: 'Kim Ansvarig',
      [fields[1] ?? '']: 'Nobody: switch approval off',
      [fields[2] ?? '']: 'Kim Ansvarig',
    })
    expect(await rolesOf(w, all.user.id)).toEqual([`${REQUESTS}: handler`])
    expect(await rolesOf(w, all.administratorUser.id)).toEqual([`${REQUESTS}: allocator`, `${REQUESTS}: referee`])
    expect(await w.knex('grants').where({ id: all.grant.id }).first()).toMatchObject({
      uses_allocation: true,
      approves_replies: false,
      takes_part_in_referrals: true,
    })
    expect((await eventsOf(w, all.user.id)).at(-1)?.details).toMatchObject({
      holders: [
        `${REQUESTS}: allocator: ${all.administratorUser.id}`,
        `${REQUESTS}: approver: off`,
        `${REQUESTS}: referee: ${all.administratorUser.id}`,
      ],
    })
    const history = await all.administrator.visit(`/authorities/${all.authority.id}/management`)
    expect(history.text).toContain(`taken over by user no. ${all.administratorUser.id}`)
    expect(history.text).toContain('Changed the settings of a module')
  })

  test('a colleague of another authority is nobody to take over', async () => {
    const all = await coordinator({ takes_part_in_referrals: true })
    const field = `holder-${all.grant.moduleId}-referee`
    const page = await all.form.submit(BUTTON, { [all.field]: ['handler'] }, { status: 422 })
    const forged = { [field]: String(p.administratorUser.id) }
    const again = await page.submit(BUTTON, {}, { status: 422, forged })
    expect(again.errors().map(one => one.field)).toEqual([field])
  })

  test('nothing is asked while the settings are off, or somebody else holds the role', async () => {
    const off = await coordinator({ takes_part_in_referrals: false })
    await off.form.submit(BUTTON, { [off.field]: [] })
    expect(await rolesOf(w, off.user.id)).toEqual([`${REQUESTS}: allocator`])
    const shared = await coordinator({})
    await aUser(w.knex, shared.authority, { roles: { [REQUESTS]: ['referee'] } })
    await shared.form.submit(BUTTON, { [shared.field]: ['handler'] })
    expect(await rolesOf(w, shared.user.id)).toEqual([`${REQUESTS}: allocator`, `${REQUESTS}: handler`])
  })
})

describe('requests that go on need a handler', () => {
  /** An authority whose only handler is this user, and a request of it. */
  const office = async (side: 'asking' | 'asked', status: Status) => {
    const { authority, administrator, administratorUser } = await anOffice(w, p)
    const { moduleId } = await aGrant(w.knex, authority, REQUESTS)
    const user = await aUser(w.knex, authority, { roles: { [REQUESTS]: ['handler'] } })
    const own = { ...danes, authority, handler: user }
    await aRequest(w.knex, side === 'asking' ? { from: own, to: danes, status } : { from: danes, to: own, status })
    const form = await administrator.visit(`/users/${user.id}/roles`)
    return { administratorUser, user, form, roles: `roles-${moduleId}`, holder: `holder-${moduleId}-handler` }
  }

  test.each([
    ['asked', 'sent'],
    ['asked', 'reply awaiting approval'],
    ['asking', 'answered'],
    ['asking', 'awaiting approval'],
  ] as const)('%s, %s: the last one gives the role up when somebody is named', async (side, status) => {
    const all = await office(side, status)
    const page = await all.form.submit(BUTTON, { [all.roles]: [] }, { status: 422 })
    expect(page.errors()).toEqual([
      { field: all.holder, message: expect.stringContaining('Select who becomes request handler in Professional') },
    ])
    const off = await page.submit(BUTTON, {}, { status: 422, forged: { [all.holder]: 'off' } })
    expect(off.errors().map(({ field }) => field)).toEqual([all.holder])
    await off.submit(BUTTON, { [all.holder]: 'Kim Ansvarig' })
    expect(await rolesOf(w, all.user.id)).toEqual([])
    expect(await rolesOf(w, all.administratorUser.id)).toEqual([`${REQUESTS}: handler`])
    expect((await eventsOf(w, all.user.id)).at(-1)?.details).toMatchObject({
      holders: [`${REQUESTS}: handler: ${all.administratorUser.id}`],
    })
  })

  test.each([
    ['asking', 'draft'],
    ['asking', 'closed'],
    ['asked', 'awaiting approval'],
    ['asked', 'refused'],
  ] as const)('%s, %s: nothing goes on, and nobody is asked for', async (side, status) => {
    const all = await office(side, status)
    await all.form.submit(BUTTON, { [all.roles]: [] })
    expect(await rolesOf(w, all.user.id)).toEqual([])
  })

  test('an authority without another user is told to register one', async () => {
    const { authority, administratorUser } = await anOffice(w, p)
    const { moduleId } = await aGrant(w.knex, authority, REQUESTS)
    await w.knex('user_roles').insert({
      user_id: administratorUser.id,
      module_id: moduleId,
      role: 'handler',
      given_at: w.clock.now(),
    })
    await aRequest(w.knex, { from: danes, to: { ...danes, authority, handler: administratorUser } })
    const form = await p.manager.visit(`/users/${administratorUser.id}/roles`)
    const page = await form.submit(BUTTON, { [`roles-${moduleId}`]: [] }, { status: 422 })
    expect(page.text).toContain('The authority has no other user. Register a user first.')
  })
})
