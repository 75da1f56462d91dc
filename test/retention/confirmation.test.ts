import { afterEach, beforeEach, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type AnAuthority, anAuthority, aUser, theCommission } from '../support/factories.ts'
import { night, nightsUntil } from './nightly.ts'

let w: World
let authority: AnAuthority
beforeEach(async () => {
  w = await world()
  w.clock.set(new Date('2026-11-20T09:00:00Z'))
  authority = await anAuthority(w.knex, { officialName: 'Nattverket', email: 'box@authority.test' })
  await w.knex('authorities').where({ id: authority.id }).update({ registered_at: w.clock.now() })
})
afterEach(() => w.close())

const asked = async () => (await w.mails()).filter(mail => mail.template === 'retention/confirm-data')
const asks = async () => (await asked()).map(({ to_address, cc, language }) => [to_address, cc, language])

test('once a year each administrator is asked to confirm the data, in their language; the mail names no user', async () => {
  const ada = await aUser(w.knex, authority, { administrator: true, email: 'ada@authority.test', language: 'sv' })
  await aUser(w.knex, authority, { administrator: true, email: 'bo@authority.test', language: 'en' })
  await aUser(w.knex, authority, { email: 'nobody@authority.test' })
  await nightsUntil(w, '2027-11-19T09:00:00Z')
  expect(await asks()).toEqual([])
  await nightsUntil(w, '2027-11-21T09:00:00Z')
  await night(w)
  const both = [
    ['ada@authority.test', ['box@authority.test'], 'sv'],
    ['bo@authority.test', [], 'en'],
  ]
  expect(await asks()).toEqual(both)
  const [mail] = await asked()
  expect(mail).toMatchObject({ values: { authority: 'Nattverket' }, path: `/authorities/${authority.id}/confirmation` })
  expect(JSON.stringify(mail)).not.toContain(ada.username)
  await nightsUntil(w, '2028-11-18T09:00:00Z')
  expect(await asks()).toEqual(both)
  await nightsUntil(w, '2028-11-22T09:00:00Z')
  expect(await asks()).toEqual([...both, ...both])
})

test('the year begins anew when an administrator says on the page of the link that the data are right', async () => {
  const someone = await w.signedIn(await aUser(w.knex, authority, { administrator: true }))
  w.clock.set(new Date('2027-06-01T09:00:00Z'))
  await w.knex('sessions').update({ created_at: w.clock.now(), seen_at: w.clock.now() })
  await (await someone.visit(`/authorities/${authority.id}/confirmation`)).submit('The data are right', {}, { to: '/' })
  w.clock.set(new Date('2028-05-31T09:00:00Z'))
  await night(w)
  expect(await asks()).toEqual([])
  w.clock.set(new Date('2028-06-02T09:00:00Z'))
  await night(w)
  expect(await asks()).toHaveLength(1)
})

test('nobody asks the Commission, a deactivated authority, or one without administrators', async () => {
  await theCommission(w.knex)
  const gone = await anAuthority(w.knex, { status: 'deactivated', deactivatedAt: new Date('2028-01-01T09:00:00Z') })
  await aUser(w.knex, gone, { administrator: true })
  await aUser(w.knex, authority)
  w.clock.set(new Date('2028-02-01T09:00:00Z'))
  await night(w)
  expect(await asks()).toEqual([])
})
