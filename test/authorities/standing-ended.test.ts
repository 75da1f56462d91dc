import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aDelegation, type AnAuthority, anAuthority, aUser } from '../support/factories.ts'
import { codeTo, register, row, SUBMIT } from '../invitations/inviting.ts'
import { BUTTON, registration, swedishManager } from './registering.ts'

let w: World
let nimic: AnAuthority
beforeAll(async () => {
  w = await world()
  ;({ nimic } = await swedishManager(w))
})
afterAll(() => w.close())

async function anAccessManager(): Promise<{ manager: AnAuthority; person: Someone }> {
  const manager = await anAuthority(w.knex, { managers: [nimic] })
  await aDelegation(w.knex, manager)
  const user = await aUser(w.knex, manager, { administrator: true, dataAdministrator: 'all' })
  return { manager, person: await w.signedIn(user) }
}

/** Presses the button while somebody else is in the middle of ending the delegation: admitted, then overtaken. */
async function whileEnding({ id }: AnAuthority, press: () => Promise<unknown>): Promise<void> {
  const trx = await w.knex.transaction()
  await trx.raw('select pg_advisory_xact_lock(hashtext(?))', ['authorities of SE'])
  const pressed = press()
  await vi.waitFor(async () => {
    const waiting = await w.knex.raw(`select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`)
    expect(waiting.rowCount).toBe(1)
  })
  await trx('delegations').where({ authority_id: id }).delete()
  await trx.commit()
  await pressed
}

test('whose delegation ends while a registration waits registers nothing', async () => {
  const { manager, person } = await anAccessManager()
  const page = await person.visit('/authorities/registration')
  await whileEnding(manager, () => page.submit(BUTTON, registration('Sen'), { status: 403 }))
  expect(await w.knex('authorities').where({ official_name: 'Senverket' })).toEqual([])
})

test('whose delegation ends meanwhile is not added as access manager, and not removed', async () => {
  const { manager, person } = await anAccessManager()
  const one = await anAuthority(w.knex, { managers: [nimic] })
  const two = await anAuthority(w.knex, { managers: [nimic, manager] })
  const managers = () =>
    w
      .knex('authority_access_managers')
      .whereIn('authority_id', [one.id, two.id])
      .orderBy(['authority_id', 'manager_id'])
      .pluck('manager_id')
  const before = await managers()
  const add = await person.visit(`/authorities/${one.id}/access-management`)
  const remove = await person.visit(`/authorities/${two.id}/access-management/removal`)
  await whileEnding(manager, () => add.submit('Become access manager', {}, { status: 403 }))
  await aDelegation(w.knex, manager)
  await whileEnding(manager, () => remove.submit('Remove my authority', {}, { status: 403 }))
  expect(await managers()).toEqual(before)
})

test('whose delegation ends while a registration is validated or rejected decides nothing', async () => {
  const { manager, person } = await anAccessManager()
  await (await person.visit('/invitations/new')).submit(SUBMIT, row(1, 'late@standing.test', 'Dalgren'))
  await register(w, await codeTo(w, 'late@standing.test'), 'Dalgren')
  const invitation = w.knex('invitations').where({ email: 'late@standing.test' })
  const { id } = await invitation.clone().first()
  const validate = await person.visit(`/registrations/${id}`)
  const reject = await person.visit(`/registrations/${id}/rejection`)
  await whileEnding(manager, () => validate.submit('Validate', {}, { status: 403 }))
  await aDelegation(w.knex, manager)
  await whileEnding(manager, () => reject.submit('Reject', { reason: 'No' }, { status: 403 }))
  expect(await invitation.clone().first()).toMatchObject({ status: 'registered', decided_by: null })
})
