import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aDelegation, aGrant, anAuthority, aUser, theCommission } from '../support/factories.ts'
import {
  ALERTS,
  anOffice,
  boxes,
  eventsOf,
  newMails,
  outsiders,
  type People,
  people,
  REQUESTS,
  rolesOf,
  userRow,
} from './people.ts'

const BUTTON = 'Save'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
})
afterAll(() => w.close())

describe('the roles of a user', () => {
  test('are given and taken module by module, with who gave them; the history says which', async () => {
    const { authority, administratorUser, administrator } = await anOffice(w, p)
    const requests = await aGrant(w.knex, authority, REQUESTS, { settings: { uses_allocation: true } })
    const alerts = await aGrant(w.knex, authority, ALERTS)
    await aUser(w.knex, authority, { roles: { [REQUESTS]: ['allocator'] } })
    const user = await aUser(w.knex, authority, { roles: { [REQUESTS]: ['handler', 'allocator'] } })
    const form = await administrator.visit(`/users/${user.id}/roles`)
    const page = await form.submit(BUTTON, {
      [`roles-${requests.moduleId}`]: ['handler'],
      [`roles-${alerts.moduleId}`]: ['alert handler'],
    })
    expect(page.url).toBe(`/users/${user.id}`)
    expect(await rolesOf(w, user.id)).toEqual([`${REQUESTS}: handler`, `${ALERTS}: alert handler`])
    const given = await w.knex('user_roles').where({ user_id: user.id, role: 'alert handler' }).first()
    expect(given).toMatchObject({ given_by: administratorUser.id, given_at: w.clock.now() })
    expect(await eventsOf(w, user.id)).toEqual([
      {
        event: 'user.rolesChanged',
        details: {
          before: { roles: [`${REQUESTS}: allocator`, `${REQUESTS}: handler`] },
          after: { roles: [`${REQUESTS}: handler`, `${ALERTS}: alert handler`] },
          holders: [],
        },
      },
    ])
    const history = await administrator.visit(`/authorities/${authority.id}/management`)
    expect(history.text).toContain(`Changed the roles of a user (no. ${user.id})`)
    expect(history.text).toContain('Taken: Professional qualifications – requests: allocator')
    expect(history.text).toContain('Given: Services – alerts: alert handler')
  })

  test('offer what the grant allows, and take nothing that was not shown', async () => {
    const { authority, administrator } = await anOffice(w, p)
    const { moduleId } = await aGrant(w.knex, authority, REQUESTS)
    const user = await aUser(w.knex, authority, { roles: { [REQUESTS]: ['allocator'] } })
    const form = await administrator.visit(`/users/${user.id}/roles`)
    expect(boxes(form, `roles-${moduleId}`)).toEqual(['handler'])
    await form.submit(BUTTON, {}, { forged: { [`roles-${moduleId}`]: ['handler', 'referee'] } })
    expect(await rolesOf(w, user.id)).toEqual([`${REQUESTS}: allocator`, `${REQUESTS}: handler`])
  })

  test('an access manager for chosen modules changes roles in these only; the own administrators are told', async () => {
    const { authority, administratorUser } = await anOffice(w, p)
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { modules: [REQUESTS] })
    const at = { authority_id: authority.id, manager_id: delegate.id, since: w.clock.now() }
    await w.knex('authority_access_managers').insert(at)
    const inside = await aGrant(w.knex, authority, REQUESTS)
    const outside = await aGrant(w.knex, authority, ALERTS)
    const manager = await w.signedIn(await aUser(w.knex, delegate, { administrator: true, dataAdministrator: 'all' }))
    const user = await aUser(w.knex, authority, { roles: { [ALERTS]: ['alert handler'] } })
    const form = await manager.visit(`/users/${user.id}/roles`)
    expect(boxes(form, `roles-${outside.moduleId}`)).toEqual([])
    expect(form.text).toContain('Roles in these modules are given by the administrators')
    const mails = await newMails(w, () => form.submit(BUTTON, { [`roles-${inside.moduleId}`]: ['handler'] }))
    expect(await rolesOf(w, user.id)).toEqual([`${REQUESTS}: handler`, `${ALERTS}: alert handler`])
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      [administratorUser.email, 'users/changed-by-manager'],
    ])
  })

  test('two at once: the second sees the rights that the first gave', async () => {
    const { authority, administrator } = await anOffice(w, p)
    const { moduleId } = await aGrant(w.knex, authority, REQUESTS)
    const user = await aUser(w.knex, authority)
    const one = await administrator.visit(`/users/${user.id}/roles`)
    const two = await p.manager.visit(`/users/${user.id}/roles`)
    await one.submit(BUTTON, { [`roles-${moduleId}`]: ['handler'] })
    const beside = await two.submit(BUTTON, { administrator: true }, { status: 409 })
    expect(beside.text).toContain('Kim Ansvarig')
    await beside.submit(BUTTON, { [`roles-${moduleId}`]: ['handler'] })
    expect(await rolesOf(w, user.id)).toEqual([`${REQUESTS}: handler`])
    expect(await userRow(w, user.id)).toMatchObject({ administrator: true })
  })
})

describe('administrators', () => {
  test('the last one cannot lose the right', async () => {
    const { administratorUser } = await anOffice(w, p)
    const form = await p.manager.visit(`/users/${administratorUser.id}/roles`)
    const page = await form.submit(BUTTON, { administrator: false }, { status: 422 })
    expect(page.errors()[0]).toMatchObject({
      field: 'administrator',
      message: expect.stringContaining('only administrator'),
    })
  })

  test('of two who take the right from each other at once, one keeps it and is told', async () => {
    const { authority, administratorUser, administrator } = await anOffice(w, p)
    const otherUser = await aUser(w.knex, authority, { administrator: true })
    const other = await w.signedIn(otherUser)
    const forms = [
      await administrator.visit(`/users/${otherUser.id}/roles`),
      await other.visit(`/users/${administratorUser.id}/roles`),
    ] as const
    const sent = await Promise.allSettled(
      forms.map(form => form.submit(BUTTON, { administrator: false }, { follow: false, status: 303 })),
    )
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const left = await w.knex('users').where({ authority_id: authority.id, administrator: true })
    expect(left).toHaveLength(1)
  })

  test('who gives up the own right sees the home page', async () => {
    const { authority, administratorUser, administrator } = await anOffice(w, p)
    await aUser(w.knex, authority, { administrator: true })
    const form = await administrator.visit(`/users/${administratorUser.id}/roles`)
    const page = await form.submit(BUTTON, { administrator: false })
    expect(page.url).toBe('/')
    await administrator.visit(`/users/${administratorUser.id}`, { status: 404 })
  })
})

describe('data administrators', () => {
  test('are given, narrowed and taken by an administrator of the access manager', async () => {
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { modules: [REQUESTS, ALERTS] })
    const own = await w.signedIn(await aUser(w.knex, delegate, { administrator: true, dataAdministrator: 'all' }))
    const user = await aUser(w.knex, delegate)
    const form = await own.visit(`/users/${user.id}/roles`)
    await form.submit(BUTTON, { administrator: true })
    expect(await userRow(w, user.id)).toMatchObject({ administrator: true, data_administrator: 'all' })

    const narrow = await own.visit(`/users/${user.id}/roles`)
    const mistaken = await narrow.submit(BUTTON, { dataAdministrator: 'chosen' }, { status: 422 })
    expect(mistaken.errors()).toEqual([
      { field: 'dataModules', message: 'Select at least one module, or another answer above' },
    ])
    const [first = ''] = boxes(mistaken, 'dataModules')
    await mistaken.submit(BUTTON, { dataModules: [first] })
    expect(await userRow(w, user.id)).toMatchObject({ data_administrator: 'chosen' })
    expect(await w.knex('user_data_modules').where({ user_id: user.id }).pluck('module_id')).toEqual([Number(first)])

    await (await own.visit(`/users/${user.id}/roles`)).submit(BUTTON, { administrator: false })
    expect(await userRow(w, user.id)).toMatchObject({ administrator: false, data_administrator: 'none' })
    expect(await w.knex('user_data_modules').where({ user_id: user.id })).toEqual([])
  })

  test('there are none where the authority manages no others', async () => {
    const { authority, administrator } = await anOffice(w, p)
    const user = await aUser(w.knex, authority)
    const form = await administrator.visit(`/users/${user.id}/roles`)
    expect(boxes(form, 'dataAdministrator')).toEqual([])
    await form.submit(
      BUTTON,
      { administrator: true },
      { forged: { dataAdministrator: 'all', imiAdministrator: 'yes' } },
    )
    expect(await userRow(w, user.id)).toMatchObject({
      administrator: true,
      data_administrator: 'none',
      imi_administrator: false,
    })
  })
})

test('IMI administrators are given by an administrator of the Commission; the last one stays', async () => {
  const commission = await theCommission(w.knex)
  const own = await w.signedIn(await aUser(w.knex, commission, { administrator: true }))
  const user = await aUser(w.knex, commission)
  await (await own.visit(`/users/${user.id}/roles`)).submit(BUTTON, { imiAdministrator: true })
  expect(await userRow(w, user.id)).toMatchObject({ imi_administrator: true })
  const form = await own.visit(`/users/${user.id}/roles`)
  const page = await form.submit(BUTTON, { imiAdministrator: false }, { status: 422 })
  expect(page.errors()[0]?.message).toContain('only IMI administrator')
})

test('others have no such right', async () => {
  for (const someone of Object.values(await outsiders(w, p)))
    await someone.visit(`/users/${p.administratorUser.id}/roles`, { status: 404 })
})
