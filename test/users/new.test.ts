import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aDelegation, aGrant, anAuthority, aUser } from '../support/factories.ts'
import type { Entries } from '../support/form-fill.ts'
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
} from './people.ts'

const BUTTON = 'Register'

let w: World
let p: People
let address: string
beforeAll(async () => {
  w = await world()
  p = await people(w)
  address = `/authorities/${p.agency.id}/users/new`
})
afterAll(() => w.close())

let n = 0
beforeEach(() => void (n += 1))
const person = (more: Entries = {}): Entries => ({
  givenName: 'Åsa',
  familyName: 'Öberg',
  userEmail: `asa${n}@people.test`,
  userTelephone: '+46 70 123 45 67',
  userLanguage: 'sv',
  ...more,
})
const findByEmail = async (email: string) =>
  (await w.knex('users').where({ email }).first()) as { id: number; username: string } & Record<string, unknown>

describe('registering a user', () => {
  test('from the tab Users; the username is told by telephone, the password goes by mail', async () => {
    const list = await p.administrator.visit(`/authorities/${p.agency.id}/users`)
    const form = await list.follow('Register a user')
    const page = await form.submit(BUTTON, person())
    const user = await findByEmail(`asa${n}@people.test`)
    expect(page.url).toBe(`/users/${user.id}/username`)
    expect(page.text).toContain('Åsa Öberg')
    expect(page.notice).toContain('Åsa Öberg has been registered')
    expect(user).toMatchObject({
      administrator: false,
      password_temporary: true,
      language: 'sv',
      first_signed_in_at: null,
    })
    expect(await eventsOf(w, user.id)).toEqual([
      { event: 'user.registered', details: { administrator: false, roles: [] } },
    ])
    const mail = (await w.mails()).at(-1)
    expect(mail).toMatchObject({
      to_address: user.email,
      template: 'users/temporary-password',
      language: 'sv',
      values: {},
    })
    expect(JSON.stringify(mail)).not.toContain(user.username)
  })

  test('an administrator’s page says who made them one', async () => {
    const { authority, administrator } = await anOffice(w, p)
    const form = await p.manager.visit(`/authorities/${authority.id}/users/new`)
    const told = await form.submit(BUTTON, person({ administrator: 'yes' }))
    // The steps of a registration are for the first user of an authority.
    expect(told.text).not.toContain('Choose the modules')
    const user = await findByEmail(`asa${n}@people.test`)
    const [row] = (await administrator.visit(`/users/${user.id}`)).table('Roles, and who gave them')
    expect(row).toMatchObject({ Role: 'Administrator' })
    expect(row?.['Given by']).toContain(p.managerUser.name)
    expect(row?.['Given by']).toContain('Samordningsverket')
    expect(row?.['Given on']).not.toBe('')
  })

  test('several in a row: the form opens again and says the username of the last', async () => {
    const form = await p.administrator.visit(address)
    const again = await form.submit('Register and add another', person())
    const user = await findByEmail(`asa${n}@people.test`)
    expect(again.url).toBe(address)
    expect(again.notice).toContain(user.username)
    expect(again.values(BUTTON)).toMatchObject({ givenName: '', userEmail: '' })
    n += 1
    await again.submit(BUTTON, person())
    expect(await findByEmail(`asa${n}@people.test`)).toBeDefined()
  })

  test('with the roles that the grants allow, and no others', async () => {
    const agency = await anAuthority(w.knex, { managers: [p.nimic] })
    const own = await w.signedIn(await aUser(w.knex, agency, { administrator: true }))
    const requests = await aGrant(w.knex, agency, REQUESTS)
    const alerts = await aGrant(w.knex, agency, ALERTS)
    const form = await own.visit(`/authorities/${agency.id}/users/new`)
    const [first, second] = [`roles-${requests.moduleId}`, `roles-${alerts.moduleId}`]
    expect(boxes(form, first)).toEqual(['handler'])
    expect(boxes(form, second)).toEqual(['alert handler'])
    await form.submit(BUTTON, person({ administrator: true }), {
      forged: { [first]: ['handler', 'approver', 'allocator'], [second]: ['alert handler', 'handler'] },
    })
    const { id, administrator, data_administrator } = await findByEmail(`asa${n}@people.test`)
    expect({ administrator, data_administrator }).toEqual({ administrator: true, data_administrator: 'none' })
    expect(await rolesOf(w, id)).toEqual([`${REQUESTS}: handler`, `${ALERTS}: alert handler`])
    expect((await eventsOf(w, id))[0]?.details).toMatchObject({
      roles: [`${REQUESTS}: handler`, `${ALERTS}: alert handler`],
    })
  })

  test('the allocator where allocation is on, approver and referee where the authority is coordinator', async () => {
    const agency = await anAuthority(w.knex)
    const own = await w.signedIn(await aUser(w.knex, agency, { administrator: true }))
    const { moduleId } = await aGrant(w.knex, agency, REQUESTS, {
      role: 'coordinator',
      settings: { uses_allocation: true },
    })
    const form = await own.visit(`/authorities/${agency.id}/users/new`)
    expect(boxes(form, `roles-${moduleId}`)).toEqual(['handler', 'allocator', 'approver', 'referee'])
  })

  test('an administrator of an access manager is data administrator from the first day', async () => {
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate)
    const own = await w.signedIn(await aUser(w.knex, delegate, { administrator: true, dataAdministrator: 'all' }))
    const form = await own.visit(`/authorities/${delegate.id}/users/new`)
    await form.submit(BUTTON, person({ administrator: true }))
    expect(await findByEmail(`asa${n}@people.test`)).toMatchObject({ data_administrator: 'all' })
  })

  test('by an access manager is told to the authority’s own administrators', async () => {
    const form = await p.manager.visit(address)
    const mails = await newMails(w, () => form.submit(BUTTON, person()))
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      [`asa${n}@people.test`, 'users/temporary-password'],
      [p.administratorUser.email, 'users/changed-by-manager'],
    ])
    const { username } = await findByEmail(`asa${n}@people.test`)
    for (const { row } of mails) expect(JSON.stringify(row)).not.toMatch(new RegExp(`${username}|Åsa|Öberg`))
  })

  test('an access manager for chosen modules gives roles in these only', async () => {
    const agency = await anAuthority(w.knex)
    const delegate = await anAuthority(w.knex)
    await aDelegation(w.knex, delegate, { modules: [REQUESTS] })
    await w
      .knex('authority_access_managers')
      .insert({ authority_id: agency.id, manager_id: delegate.id, since: w.clock.now() })
    const inside = await aGrant(w.knex, agency, REQUESTS)
    const outside = await aGrant(w.knex, agency, ALERTS)
    const manager = await w.signedIn(await aUser(w.knex, delegate, { administrator: true, dataAdministrator: 'all' }))
    const form = await manager.visit(`/authorities/${agency.id}/users/new`)
    const forged = { [`roles-${inside.moduleId}`]: 'handler', [`roles-${outside.moduleId}`]: 'alert handler' }
    await form.submit(BUTTON, person(), { forged })
    const { id } = await findByEmail(`asa${n}@people.test`)
    expect(await rolesOf(w, id)).toEqual([`${REQUESTS}: handler`])
  })
})

describe('mistakes', () => {
  test('all at once, nothing typed is lost', async () => {
    const form = await p.administrator.visit(address)
    const page = await form.submit(
      BUTTON,
      { userEmail: 'no address', userTelephone: 'none', userLanguage: '' },
      { status: 422 },
    )
    expect(page.errors().map(({ field }) => field)).toEqual([
      'givenName',
      'familyName',
      'userEmail',
      'userTelephone',
      'userLanguage',
    ])
    expect(page.values(BUTTON)).toMatchObject({ userEmail: 'no address' })
  })

  test('an address in use elsewhere cannot be used; where, is not said', async () => {
    const far = await aUser(w.knex, await anAuthority(w.knex, { country: 'DK' }), { familyName: 'Hemmelig' })
    const form = await p.administrator.visit(address)
    const page = await form.submit(BUTTON, person({ userEmail: far.email.toUpperCase() }), { status: 422 })
    expect(page.errors()).toEqual([
      { field: 'userEmail', message: 'This e-mail address cannot be used. Enter another address' },
    ])
    expect(page.text).not.toContain('Hemmelig')
  })

  test('of a colleague’s address it is said whose it is', async () => {
    const form = await p.administrator.visit(address)
    const page = await form.submit(BUTTON, person({ userEmail: p.administratorUser.email }), { status: 422 })
    expect(page.errors()[0]?.message).toContain('Ada Adelborg')
  })

  test('of two who register the same address at once one is told', async () => {
    const page = await p.administrator.visit(address)
    const other = await p.manager.visit(address)
    const sent = await Promise.allSettled([page.submit(BUTTON, person()), other.submit(BUTTON, person())])
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const rows = await w.knex('users').where({ email: `asa${n}@people.test` })
    expect(rows).toHaveLength(1)
  })

  test('a double click registers one', async () => {
    const form = await p.administrator.visit(address)
    const [one, two] = await p.administrator.submitTwice(form, BUTTON, person())
    expect(one.url).toBe(two.url)
    expect(await w.knex('users').where({ email: `asa${n}@people.test` })).toHaveLength(1)
  })
})

test('others have no such right', async () => {
  for (const [who, someone] of Object.entries(await outsiders(w, p))) {
    const page = await someone.visit(address, { status: 403 })
    expect(page.h1, who).toBe('You do not have this right')
  }
})
