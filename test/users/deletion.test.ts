import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aGrant, anAuthority, aUser, theCommission } from '../support/factories.ts'
import { eventsOf, newMails, outsiders, type People, people, REQUESTS, rolesOf, userRow } from './people.ts'

const BUTTON = 'Delete the user'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
})
afterAll(() => w.close())

describe('deleting a user', () => {
  test('says in numbers what ends, and ends it; the name stays in the history, the address is free', async () => {
    await aGrant(w.knex, p.agency, REQUESTS)
    const user = await aUser(w.knex, p.agency, { familyName: 'Slut', roles: { [REQUESTS]: ['handler', 'allocator'] } })
    const visit = await w.signedIn(user)
    const page = await (await p.administrator.visit(`/users/${user.id}`)).follow(BUTTON)
    expect(page.text).toContain('One open visit to IMI ends')
    expect(page.text).toContain('2 roles are taken')
    const list = await page.submit(BUTTON)
    expect(list.url).toBe(`/authorities/${p.agency.id}/users`)
    expect(list.notice).toContain('Kim Slut has been deleted')
    expect(await userRow(w, user.id)).toMatchObject({
      deleted_at: w.clock.now(),
      given_name: 'Kim',
      family_name: 'Slut',
      email: '',
      telephone: '',
      security_code: null,
    })
    expect(await rolesOf(w, user.id)).toEqual([])
    await visit.visit('/authorities', { to: /^\/\?next/ })
    await p.administrator.visit(`/users/${user.id}`, { status: 404 })
    expect(await eventsOf(w, user.id)).toMatchObject([
      {
        event: 'user.deleted',
        details: { before: { roles: [`${REQUESTS}: allocator`, `${REQUESTS}: handler`] }, holders: [] },
      },
    ])
    expect(JSON.stringify(await eventsOf(w, user.id))).not.toContain('Slut')
    const form = await p.administrator.visit(`/authorities/${p.agency.id}/users/new`)
    const person = { givenName: 'Ny', familyName: 'Person', userTelephone: '+46 8 123 45', userLanguage: 'sv' }
    await form.submit('Register', { ...person, userEmail: user.email })
  })

  test('a password mail that still waits is not sent', async () => {
    const user = await aUser(w.knex, p.agency, { signedInAt: null, passwordTemporary: true })
    await (await p.administrator.visit(`/users/${user.id}/password-reset`)).submit('Reset the password')
    await (await p.administrator.visit(`/users/${user.id}/deletion`)).submit(BUTTON)
    expect((await w.mails()).filter(({ about_id }) => about_id === user.id)).toMatchObject([
      { state: 'failed', last_error: 'deleted', secret: null },
    ])
  })

  test('by an access manager is told to the own administrators', async () => {
    const user = await aUser(w.knex, p.agency)
    const form = await p.manager.visit(`/users/${user.id}/deletion`)
    const mails = await newMails(w, () => form.submit(BUTTON))
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      [p.administratorUser.email, 'users/changed-by-manager'],
    ])
  })
})

describe('who cannot be deleted', () => {
  test('oneself', async () => {
    await aUser(w.knex, p.agency, { administrator: true })
    const page = await p.administrator.visit(`/users/${p.administratorUser.id}/deletion`)
    expect(page.text).toContain('You cannot delete yourself')
    expect(page.buttons).not.toContain(BUTTON)
  })

  test('the only administrator of an authority', async () => {
    const last = await aUser(w.knex, await anAuthority(w.knex), { administrator: true })
    const page = await p.manager.visit(`/users/${last.id}/deletion`)
    expect(page.text).toContain('the only administrator of the authority')
    expect(page.buttons).not.toContain(BUTTON)
  })

  test('the only IMI administrator', async () => {
    const commission = await theCommission(w.knex)
    const own = await w.signedIn(await aUser(w.knex, commission, { administrator: true }))
    const last = await aUser(w.knex, commission, { imiAdministrator: true })
    expect((await own.visit(`/users/${last.id}/deletion`)).text).toContain('the only IMI administrator')
  })

  test('of two administrators who delete each other at once, one is left', async () => {
    const authority = await anAuthority(w.knex)
    const one = await aUser(w.knex, authority, { administrator: true })
    const two = await aUser(w.knex, authority, { administrator: true })
    const [first, second] = [await w.signedIn(one), await w.signedIn(two)]
    const forms = [await first.visit(`/users/${two.id}/deletion`), await second.visit(`/users/${one.id}/deletion`)]
    const sent = await Promise.allSettled(forms.map(form => form.submit(BUTTON, {}, { follow: false, status: 303 })))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await w.knex('users').where({ authority_id: authority.id, deleted_at: null })).toHaveLength(1)
  })

  test('whoever holds a role last that a setting needs, until another is named', async () => {
    const authority = await anAuthority(w.knex, { managers: [p.nimic] })
    const ada = await aUser(w.knex, authority, { administrator: true, familyName: 'Kvar' })
    const own = await w.signedIn(ada)
    const grant = await aGrant(w.knex, authority, REQUESTS, { settings: { uses_allocation: true } })
    const user = await aUser(w.knex, authority, { roles: { [REQUESTS]: ['handler', 'allocator'] } })
    const form = await own.visit(`/users/${user.id}/deletion`)
    const field = `holder-${grant.moduleId}-allocator`
    const page = await form.submit(BUTTON, {}, { status: 422 })
    expect(page.errors()).toEqual([{ field, message: expect.stringContaining('Select who becomes allocator in') }])
    await page.submit(BUTTON, { [field]: 'Kim Kvar' })
    expect(await rolesOf(w, ada.id)).toEqual([`${REQUESTS}: allocator`])
    expect(await userRow(w, user.id)).toMatchObject({ deleted_at: w.clock.now() })
  })

  test('anybody, by somebody else', async () => {
    const user = await aUser(w.knex, p.agency)
    for (const someone of Object.values(await outsiders(w, p)))
      await someone.visit(`/users/${user.id}/deletion`, { status: 404 })
  })
})
