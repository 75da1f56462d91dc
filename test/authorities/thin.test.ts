import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { type AnAuthority, anAuthority, aGrant, aUser } from '../support/factories.ts'
import { swedishManager } from './registering.ts'

const REQUESTS = 'services-requests'

let w: World
let authority: AnAuthority
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
  await aGrant(w.knex, authority, REQUESTS)
})
afterAll(() => w.close())

test('the page says when there is one administrator, or a role with one holder, and offers to register a second', async () => {
  const first = await w.signedIn(
    await aUser(w.knex, authority, { administrator: true, roles: { [REQUESTS]: ['handler'] } }),
  )
  const alone = await first.visit(`/authorities/${authority.id}`)
  expect(alone.text).toContain('has only one administrator')
  expect(alone.text).toContain('Some roles are held by one person only')
  expect((await alone.follow('Register a second user')).url).toBe(`/authorities/${authority.id}/users/new`)
  await aUser(w.knex, authority, { administrator: true })
  const thin = await first.visit(`/authorities/${authority.id}/management`)
  expect(thin.text).not.toContain('has only one administrator')
  expect(thin.text).toContain('Some roles are held by one person only')
  await aUser(w.knex, authority, { roles: { [REQUESTS]: ['handler'] } })
  expect((await first.visit(`/authorities/${authority.id}`)).text).not.toContain('held by one person')
})

test('the tab Users says so as well, to an access manager too', async () => {
  const { nimic, someone: manager } = await swedishManager(w)
  const lonely = await anAuthority(w.knex, { managers: [nimic] })
  const own = await w.signedIn(await aUser(w.knex, lonely, { administrator: true }))
  for (const reader of [own, manager]) {
    const page = await reader.visit(`/authorities/${lonely.id}/users`)
    expect(page.text).toContain('has only one administrator')
    expect((await page.follow('Register a second user')).url).toBe(`/authorities/${lonely.id}/users/new`)
  }
  await aUser(w.knex, lonely, { administrator: true })
  expect((await own.visit(`/authorities/${lonely.id}/users`)).text).not.toContain('only one administrator')
})

test('it is told to those who can register a second only', async () => {
  const lonely = await anAuthority(w.knex)
  await aUser(w.knex, lonely, { administrator: true })
  const member = await w.signedIn(await aUser(w.knex, lonely))
  expect((await member.visit(`/authorities/${lonely.id}/management`)).text).not.toContain('only one administrator')
})
