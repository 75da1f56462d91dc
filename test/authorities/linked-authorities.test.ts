import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aUser } from '../support/factories.ts'
import { lastEvent, registered } from './editing.ts'
import { swedishManager } from './registering.ts'

let w: World
let manager: Someone
let from: AnAuthority
let to: number
let own: Someone
let theirs: Someone
beforeAll(async () => {
  w = await world()
  ;({ someone: manager } = await swedishManager(w))
  from = await anAuthority(w.knex, { officialName: 'Visarverket' })
  to = await registered(w, manager, 'Tittar', { city: 'Östersund' })
  own = await w.signedIn(await aUser(w.knex, from, { administrator: true }))
  theirs = await w.signedIn(await aUser(w.knex, { id: to }, { administrator: true }))
})
afterAll(() => w.close())

const path = () => `/authorities/${from.id}/linked-authorities`

test('an administrator finds an authority of the country and links it, one way; both are told', async () => {
  const page = await (await own.visit(`/authorities/${from.id}/management`)).follow('Link authorities')
  const found = await own.visit(`${page.url}?q=ostersund`)
  expect(found.text).toContain('Tittarverket')
  const done = await found.submit('Link the authority', { observer: String(to) }, { to: path() })
  expect(done.table('See the overview of your requests').map(row => row.Authority)).toEqual(['Tittarverket'])
  expect((await own.visit(`/authorities/${from.id}/management`)).table('Linked authorities')).toHaveLength(1)
  expect(
    (await theirs.visit(`/authorities/${to}/linked-authorities`)).table('Show you the overview of their requests'),
  ).toHaveLength(1)
  expect(await w.knex('linked_authorities').select('authority_id', 'observer_id')).toEqual([
    { authority_id: from.id, observer_id: to },
  ])
  expect(await lastEvent(w, from.id)).toMatchObject({ event: 'authority.linked', details: { authorityId: to } })
  const told = (await w.mails()).filter(mail => mail.template === 'authorities/linked').map(mail => mail.to_address)
  expect(told).toEqual([from.email, 'registrator@tittar.test'])
  expect((await own.visit(`${path()}?q=tittarverket`)).text).toContain('No authority that could be linked')
})

test('a mistake is named and the search stays; forged numbers link nothing', async () => {
  const danish = await anAuthority(w.knex, { country: 'DK', language: 'da' })
  await anAuthority(w.knex, { officialName: 'Annanverket' })
  const page = await own.visit(`${path()}?q=samordningsverket`)
  expect(page.text).toContain('No authority that could be linked')
  for (const observer of [String(danish.id), String(from.id), '2147483648', 'x']) {
    const sent = (await own.visit(`${path()}/removal`)).prepared('End the link', {})
    const token = /_csrf=([^&]+)/.exec(String(sent.body))?.[1] ?? ''
    const answer = await own.request('POST', path(), { body: { _csrf: decodeURIComponent(token), observer, q: 'x' } })
    expect(answer.status, observer).toBe(422)
  }
  expect(await w.knex('linked_authorities')).toHaveLength(1)
})

test('either side ends it, and both are told', async () => {
  const page = await (await theirs.visit(`/authorities/${to}/linked-authorities`)).follow('End the link Visarverket')
  await page.submit('End the link', {}, { to: `/authorities/${to}/linked-authorities` })
  expect(await w.knex('linked_authorities')).toHaveLength(0)
  const told = (await w.mails()).filter(mail => mail.template === 'authorities/link-ended').map(mail => mail.to_address)
  expect(told.sort()).toEqual([from.email, 'registrator@tittar.test'].sort())
  expect(await lastEvent(w, from.id)).toMatchObject({ event: 'authority.linkEnded' })
  await page.submit('End the link', {}, { status: 200 })
})

test('only own administrators may', async () => {
  await manager.visit(path(), { status: 403 })
  await (await w.signedIn(await aUser(w.knex, from))).visit(path(), { status: 403 })
})
