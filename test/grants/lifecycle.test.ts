import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '../support/app.ts'
import { aGrant, aUser } from '../support/factories.ts'
import { aCoordinator, acting, rolesOf } from './acting.ts'
import { type Granting, granting, REQUESTS } from './granting.ts'

let w: World
let g: Granting
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
afterAll(() => w.close())

test('a coordinator is suspended, becomes an authority, gets access again; whom it coordinated has another one', async () => {
  const a = await acting(w, g, { role: 'coordinator', coordinators: [] })
  const approver = await aUser(w.knex, a.agency, { roles: { [REQUESTS]: ['approver'] } })
  const other = await aCoordinator(w, REQUESTS, { officialName: 'Länsstyrelsen' })
  const agency = await g.anAgency()
  const { id } = await aGrant(w.knex, agency, REQUESTS, { coordinators: [a.agency] })
  const tab = `/authorities/${a.agency.id}/modules`

  const early = await (await g.manager.visit(tab)).follow({ href: a.at('role') })
  const suspension = await early.follow('Suspend the module')
  const suspended = await suspension.submit('Suspend the module', { reason: 'Its task has moved to another authority' })
  const role = await suspended.follow({ href: a.at('role') })
  const changed = await role.submit('Make it an authority', {
    coordinators: ['Länsstyrelsen'],
    [`move_${id}`]: 'Länsstyrelsen',
  })
  expect(changed.text).toContain('Authority Suspended')
  const restored = await (await changed.follow({ href: a.at('restoration') })).submit('Give access again')

  expect(restored.text).toContain('Authority Active Linked coordinator Länsstyrelsen')
  expect(restored.link('Länsstyrelsen').href).toBe(`/authorities/${other.id}`)
  const theirs = await g.manager.visit(`/authorities/${agency.id}/modules`)
  expect(theirs.link('Länsstyrelsen').href).toBe(`/authorities/${other.id}`)
  expect(await rolesOf(w, approver)).toEqual([])
  const history = await g.manager.visit(`/authorities/${a.agency.id}/management`)
  for (const said of ['Suspended a module', 'Changed the role in a module', 'Gave access to a module again'])
    expect(history.text).toContain(said)
  const own = await w.signedIn(await aUser(w.knex, agency, { administrator: true }))
  expect((await own.visit(`/authorities/${agency.id}/management`)).text).toContain(
    'Changed the linked coordinators in a module',
  )
})
