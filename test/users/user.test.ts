import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countQueries } from '../support/count-queries.ts'
import { world, type World } from '../support/app.ts'
import { aGrant, anAuthority, aUser, moduleId } from '../support/factories.ts'
import { outsiders, type People, people, REQUESTS, SERVICES } from './people.ts'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
  await aGrant(w.knex, p.agency, REQUESTS)
})
afterAll(() => w.close())

describe('the page of a user', () => {
  test('shows data, state and roles with who gave them and when', async () => {
    const user = await aUser(w.knex, p.agency, { familyName: 'Holm', language: 'sv', administrator: true })
    await w.knex('user_roles').insert({
      user_id: user.id,
      module_id: await moduleId(w.knex, REQUESTS),
      role: 'handler',
      given_by: p.managerUser.id,
      given_at: new Date('2026-11-05T10:00:00Z'),
    })
    const list = await p.administrator.visit(`/authorities/${p.agency.id}/users`)
    const page = await list.follow('Kim Holm')
    expect(page.h1).toBe('Kim Holm')
    expect(page.details()).toMatchObject({
      'E-mail address': user.email,
      Username: user.username,
      'Working language': 'Swedish',
      'Last password mail': 'None',
    })
    expect(page.details().Password).toContain('Valid')
    const rows = page.table('Roles, and who gave them')
    expect(rows[0]).toMatchObject({ Role: 'Administrator' })
    expect(rows[1]).toMatchObject({ Role: 'Request handler', 'Given on': '5 Nov 2026, 11:00 CET' })
    expect(rows[1]?.['Given by']).toContain(p.managerUser.name)
    expect(rows[1]?.['Given by']).toContain('Samordningsverket')
  })

  test('a role given by somebody who was replaced since keeps the former name', async () => {
    const giver = await aUser(w.knex, p.agency, { familyName: 'Ny' })
    await w.knex('former_people').insert({
      user_id: giver.id,
      given_name: 'Gamla',
      family_name: 'Givaren',
      until: new Date('2026-11-10T10:00:00Z'),
    })
    const user = await aUser(w.knex, p.agency)
    const given = { user_id: user.id, role: 'handler', given_by: giver.id }
    await w.knex('user_roles').insert([
      { ...given, module_id: await moduleId(w.knex, REQUESTS), given_at: new Date('2026-11-05T10:00:00Z') },
      { ...given, module_id: await moduleId(w.knex, SERVICES), given_at: new Date('2026-11-15T10:00:00Z') },
    ])
    const page = await p.administrator.visit(`/users/${user.id}`)
    const givers = page.table('Roles, and who gave them').map(row => row['Given by'])
    expect(givers.some(name => name?.includes('Gamla Givaren'))).toBe(true)
    expect(givers.some(name => name?.includes('Kim Ny'))).toBe(true)
  })

  test('offers only what may be done', async () => {
    const fresh = await aUser(w.knex, p.agency, { signedInAt: null, passwordTemporary: true })
    const labels = async (someone: typeof p.manager, id: number) =>
      (await someone.visit(`/users/${id}`)).links.map(({ text }) => text)
    expect(await labels(p.administrator, fresh.id)).toEqual(
      expect.arrayContaining([
        'Edit the data',
        'Change the roles',
        'Reset the password',
        'Send a reminder',
        'Delete the user',
      ]),
    )
    expect(await labels(p.administrator, fresh.id)).not.toContain('Replace the person')
    expect(await labels(p.manager, fresh.id)).toContain('Replace the person')
    const active = await aUser(w.knex, p.agency)
    expect(await labels(p.administrator, active.id)).not.toContain('Send a reminder')
    const own = await p.administrator.visit(`/users/${p.administratorUser.id}`)
    expect(own.links.map(({ text }) => text)).not.toContain('Delete the user')
    expect(own.text).toContain('You cannot delete yourself')
    const last = await aUser(w.knex, await anAuthority(w.knex), { administrator: true })
    expect(await labels(p.manager, last.id)).not.toContain('Delete the user')
    expect((await p.manager.visit(`/users/${last.id}`)).text).toContain('the only administrator of the authority')
  })

  test('a user of a deactivated authority reads, and is offered nothing else', async () => {
    const gone = await anAuthority(w.knex, { status: 'deactivated' })
    const own = await w.signedIn(await aUser(w.knex, gone, { administrator: true }))
    const colleague = await aUser(w.knex, gone)
    const page = await own.visit(`/users/${colleague.id}`)
    expect(page.links.filter(({ href }) => href.startsWith(`/users/${colleague.id}/`)).map(({ text }) => text)).toEqual(
      ['Tell the username'],
    )
    await own.visit(`/users/${colleague.id}/deletion`, { status: 403 })
  })

  test('is nobody else’s business', async () => {
    for (const someone of Object.values(await outsiders(w, p)))
      await someone.visit(`/users/${p.administratorUser.id}`, { status: 404 })
  })

  test('costs the same with one role and with many', async () => {
    const user = await aUser(w.knex, p.agency, { roles: { [REQUESTS]: ['handler'] } })
    const busy = await aUser(w.knex, p.agency, {
      roles: { [REQUESTS]: ['handler', 'allocator', 'approver', 'referee'], [SERVICES]: ['handler', 'allocator'] },
    })
    const cost = (id: number) => countQueries(w, () => p.administrator.visit(`/users/${id}`))
    expect(await cost(busy.id)).toBe(await cost(user.id))
  })
})
