import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { swedishManager } from '../authorities/registering.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aUser, type AUser } from '../support/factories.ts'

let w: World
let authority: AnAuthority
let user: AUser
let manager: Someone
beforeAll(async () => {
  w = await world()
  const { nimic, someone } = await swedishManager(w)
  manager = someone
  authority = await anAuthority(w.knex, { managers: [nimic] })
  user = await aUser(w.knex, authority, {
    signedInAt: null,
    passwordTemporary: true,
    username: 'k7m2xq9p',
    language: 'sv',
  })
})
afterAll(() => w.close())

describe('the username of a user', () => {
  test('is shown to be told by telephone, with the number, the language and what comes next', async () => {
    const page = await manager.visit(`/users/${user.id}/username`)
    expect(page.h1).toBe(`Tell ${user.name} the username`)
    expect(page.text).toContain('k 7 m 2')
    expect(page.details()).toMatchObject({ 'Telephone number': '+46 70 000 00 00', 'Working language': 'Swedish' })
    expect(page.text).toContain(`The temporary password is sent to ${user.email}`)
    expect(page.link('Go on to the modules').href).toBe(`/authorities/${authority.id}/modules`)
  })

  test('is nobody’s business but that of its administrators and managers', async () => {
    const colleague = await w.signedIn(await aUser(w.knex, authority))
    const abroad = await w.signedIn(
      await aUser(w.knex, await anAuthority(w.knex, { country: 'DK' }), { administrator: true }),
    )
    const administrator = await w.signedIn(await aUser(w.knex, authority, { administrator: true }))
    await colleague.visit(`/users/${user.id}/username`, { status: 404 })
    await abroad.visit(`/users/${user.id}/username`, { status: 404 })
    const page = await administrator.visit(`/users/${user.id}/username`)
    expect(page.text).not.toContain('modules')
  })

  test('a deleted user, or none, is not found', async () => {
    const gone = await aUser(w.knex, authority, { deletedAt: w.clock.now() })
    for (const id of [gone.id, 999999, 'x']) await manager.visit(`/users/${id}/username`, { status: 404 })
  })
})
