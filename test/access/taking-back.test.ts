import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aGrant, anAuthority, aUser } from '../support/factories.ts'
import { DATA_ADMINISTRATOR, type Delegating, delegating, QUALIFICATIONS, SERVICES } from './delegating.ts'

const NARROW = 'Change the delegation'
const TAKE_BACK = 'Take the delegation back'

let w: World
let d: Delegating
let aManager: Delegating['aManager']
let eventsOf: Delegating['eventsOf']
beforeAll(async () => {
  w = await world()
  d = await delegating(w)
  ;({ aManager, eventsOf } = d)
})
afterAll(() => w.close())

const rightsOf = (user: { id: number }) => w.knex('users').where({ id: user.id }).first('data_administrator')

describe('narrowing and taking back', () => {
  test('shown before in numbers and names: who takes over, who stops being data administrator', async () => {
    const manager = await aManager()
    const user = await aUser(w.knex, manager, DATA_ADMINISTRATOR)
    const alone = await anAuthority(w.knex, { officialName: 'Ensamma', managers: [manager] })
    const shared = await anAuthority(w.knex, { officialName: 'Delade', managers: [manager, await aManager()] })
    const visitor = await w.signedIn(user)
    await visitor.visit(`/authorities/${alone.id}/users`)

    const shown = await d.someone.visit(await d.choice(manager, 'none'))
    expect(shown.text).toContain('2 authorities lose this access manager')
    expect(shown.text).toContain('1 of them has no other access manager')
    expect(shown.text).toContain('1 user stops being data administrator at once')
    expect(shown.table('Authorities that lose this access manager')).toEqual([
      { Authority: 'Delade', 'What will happen': 'Has another access manager' },
      { Authority: 'Ensamma', 'What will happen': 'Your authority takes over' },
    ])
    await shown.submit(TAKE_BACK)

    expect(await d.managersOf(alone)).toEqual([d.nimic.id])
    expect(await d.managersOf(shared)).not.toContain(manager.id)
    expect([await d.validatingOf(alone), await d.validatingOf(shared)]).toEqual([d.nimic.id, d.nimic.id])
    expect(await rightsOf(user)).toEqual({ data_administrator: 'none' })
    await visitor.visit(`/authorities/${alone.id}/users`, { status: 403 })
    expect(await eventsOf(manager, 'delegation.takenBack')).toMatchObject([
      { details: { authorities: 2, takenOver: 1, people: [user.id] } },
    ])
    expect(await eventsOf(alone, 'accessManager.ended')).toMatchObject([
      { details: { manager: manager.id, takenOverBy: d.nimic.id, validating: true } },
    ])
    expect((await w.mails()).at(-1)).toMatchObject({
      template: 'access/delegation-taken-back',
      to_address: user.email,
      cc: [manager.email],
    })
  })

  test('to one module: what holds none of it is lost; what holds it, or no module yet, stays', async () => {
    const manager = await aManager()
    const chosen = await aUser(w.knex, manager, { administrator: true, dataAdministrator: [SERVICES] })
    const stays = await anAuthority(w.knex, { managers: [manager] })
    await aGrant(w.knex, stays, QUALIFICATIONS)
    await aGrant(w.knex, stays, SERVICES)
    const empty = await anAuthority(w.knex, { managers: [manager] })
    const lost = await anAuthority(w.knex, { managers: [manager] })
    await aGrant(w.knex, lost, SERVICES)
    const shown = await d.someone.visit(await d.choice(manager, [QUALIFICATIONS]))
    expect(shown.text).toContain('1 authority loses this access manager')
    expect(shown.text).toContain(chosen.name)
    await shown.submit(NARROW)
    expect(await Promise.all([stays, empty, lost].map(d.managersOf))).toEqual([
      [manager.id],
      [manager.id],
      [d.nimic.id],
    ])
    expect(await rightsOf(chosen)).toEqual({ data_administrator: 'none' })
    expect(await w.knex('user_data_modules').where({ user_id: chosen.id })).toEqual([])
  })

  test('to a region: authorities elsewhere and without a region are lost', async () => {
    const manager = await aManager()
    const [here, elsewhere, nowhere] = [
      await anAuthority(w.knex, { managers: [manager], region: 'SE11' }),
      await anAuthority(w.knex, { managers: [manager], region: 'SE12' }),
      await anAuthority(w.knex, { managers: [manager] }),
    ]
    await (await d.someone.visit(await d.choice(manager, 'all', 'SE11'))).submit(NARROW)
    expect(await Promise.all([here, elsewhere, nowhere].map(d.managersOf))).toEqual([
      [manager.id],
      [d.nimic.id],
      [d.nimic.id],
    ])
  })

  test('extending ends nothing', async () => {
    const manager = await aManager([SERVICES], 'SE11')
    const other = await anAuthority(w.knex, { managers: [manager], region: 'SE12' })
    const shown = await d.someone.visit(await d.choice(manager, 'all', 'SE11'))
    expect(shown.text).toContain('Modules that are added')
    await shown.submit('Extend the delegation')
    expect(await d.managersOf(other)).toEqual([manager.id])
  })

  test('by two at once: one is told by whom and when, and nothing is overwritten', async () => {
    const manager = await aManager()
    const colleague = await w.signedIn(await aUser(w.knex, d.nimic, { ...DATA_ADMINISTRATOR, givenName: 'Asta' }))
    const mine = await d.someone.visit(await d.choice(manager, 'none'))
    const theirs = await colleague.visit(await d.choice(manager, [SERVICES]))
    await theirs.submit(NARROW)
    const told = await mine.submit(TAKE_BACK, {}, { status: 409 })
    expect(told.text).toContain('Asta')
    expect(await w.knex('delegations').where({ authority_id: manager.id })).toMatchObject([{ all_modules: false }])
  })

  test('what changed after the page was opened is shown again before it ends', async () => {
    const manager = await aManager()
    const shown = await d.someone.visit(await d.choice(manager, 'none'))
    const late = await anAuthority(w.knex, { managers: [manager], officialName: 'Sena' })
    const again = await shown.submit(TAKE_BACK, {}, { status: 422 })
    expect(again.text).toContain('Something has changed')
    expect(again.text).toContain('Sena')
    await again.submit(TAKE_BACK)
    expect(await d.managersOf(late)).toEqual([d.nimic.id])
  })

  test('pressed twice: taken back once', async () => {
    const manager = await aManager()
    const shown = await d.someone.visit(await d.choice(manager, 'none'))
    await d.someone.submitTwice(shown, TAKE_BACK)
    expect(await eventsOf(manager, 'delegation.takenBack')).toHaveLength(1)
  })
})
