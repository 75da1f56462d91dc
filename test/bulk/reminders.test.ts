import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Granting, granting } from '../grants/granting.ts'
import { type World, world } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import { type AnAuthority, anAuthority, type AUser, aUser } from '../support/factories.ts'
import { itemsOf, labelled, worked } from './choosing.ts'

const PREVIEW = 'Preview'
const SHOW = 'Show the authorities'
const ONE = 'The authority has only one administrator'
const OLD = 'The data of the authority have not been confirmed for a year'

let w: World
let g: Granting
let alfa: AnAuthority
let person: AUser
beforeAll(async () => {
  w = await world()
  g = await granting(w)
})
beforeEach(async () => {
  await w.knex('task_items').delete()
  await w.knex('authority_access_managers').delete()
  alfa = await g.anAgency({ officialName: 'Alfa' })
  person = await aUser(w.knex, alfa, { administrator: true, language: 'sv' })
})
afterAll(() => w.close())

const shownFor = async (reason: string) => (await g.manager.visit('/bulk-reminders')).submit(SHOW, { reason })

describe('reminding many authorities', () => {
  test('those with one administrator are chosen, previewed, and their administrators are written to', async () => {
    const beta = await g.anAgency({ officialName: 'Beta' })
    for (const _ of [1, 2]) await aUser(w.knex, beta, { administrator: true })
    await aUser(w.knex, await anAuthority(w.knex, { officialName: 'Not ours' }), { administrator: true })
    const page = await shownFor(ONE)
    expect(labelled(page, PREVIEW, 'authority')).toEqual(['Alfa'])
    const before = (await w.mails()).length
    const preview = await page.submit(PREVIEW, { authority: ['Alfa'] })
    expect(preview.details()).toMatchObject({ Authorities: '1', 'Administrators who get an e-mail': '1' })
    const task = await preview.submit('Send 1 e-mail')
    await worked(w, task, 2)
    const mails = (await w.mails()).slice(before)
    expect(mails).toMatchObject([
      {
        template: 'bulk/one-administrator',
        to_address: person.email,
        language: 'sv',
        cc: [alfa.email],
        values: { authority: 'Alfa', by: 'Kommerskollegium' },
        path: `/authorities/${alfa.id}/users/new`,
      },
    ])
    const history = await g.manager.visit(`/authorities/${alfa.id}/management`)
    expect(history.text).toContain('The administrators were reminded by e-mail')
  })

  test('those whose data nobody has confirmed for a year', async () => {
    const old = new Date('2025-11-19T09:00:00Z')
    await w.knex('authorities').where({ id: alfa.id }).update({ registered_at: old })
    const fresh = await g.anAgency({ officialName: 'Fresh' })
    await aUser(w.knex, fresh, { administrator: true })
    const looked = await g.anAgency({ officialName: 'Looked at' })
    await aUser(w.knex, looked, { administrator: true })
    await w
      .knex('authorities')
      .where({ id: looked.id })
      .update({ registered_at: old, data_confirmed_at: w.clock.now() })
    const page = await shownFor(OLD)
    expect(labelled(page, PREVIEW, 'authority')).toEqual(['Alfa'])
    const preview = await page.submit(PREVIEW, { all: true })
    await worked(w, await preview.submit('Send 1 e-mail'))
    expect((await w.mails()).at(-1)).toMatchObject({
      template: 'bulk/not-confirmed',
      to_address: person.email,
      path: `/authorities/${alfa.id}/confirmation`,
    })
  })

  test('what is right again when its turn comes is left in peace', async () => {
    const preview = await (await shownFor(ONE)).submit(PREVIEW, { authority: ['Alfa'] })
    const task = await preview.submit('Send 1 e-mail')
    await aUser(w.knex, alfa, { administrator: true })
    await worked(w, task)
    expect(await itemsOf(w)).toEqual([{ label: 'Alfa', state: 'failed', reason: 'bulk:reason.notDue' }])
  })

  test('nobody chosen, nothing to choose from', async () => {
    const none = await (await shownFor(ONE)).submit(PREVIEW, {}, { status: 422 })
    expect(none.errors().map(({ message }) => message)).toEqual(['Select at least one authority'])
    await aUser(w.knex, alfa, { administrator: true })
    expect((await shownFor(ONE)).text).toContain('None of your authorities needs this reminder now.')
    const sent = await g.manager.visit('/bulk-reminders')
    const page = await sent.submit(SHOW, {})
    expect(page.buttons).not.toContain(PREVIEW)
  })

  test('who manages nobody does not get there', async () => {
    await (await w.signedIn(person)).visit('/bulk-reminders', { status: 403 })
  })

  test('costs the same with one authority and with 30', async () => {
    const few = await countQueries(w, () => shownFor(ONE))
    for (let i = 0; i < 30; i += 1) await aUser(w.knex, await g.anAgency(), { administrator: true })
    expect(await countQueries(w, () => shownFor(ONE))).toBe(few)
  })
})
