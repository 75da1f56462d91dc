import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { anAuthority, aUser, PASSWORD } from '../support/factories.ts'
import { eventsOf, newMails, outsiders, type People, people, userRow } from './people.ts'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
})
afterAll(() => w.close())

const RESET = 'Reset the password'
const signIn = async (username: string, password: string, status: number) =>
  (await w.stranger().visit('/')).submit('Continue', { username, password }, { status })

describe('resetting a password', () => {
  test('lets a blocked user in again; code, visits and the old password are dead', async () => {
    const user = await aUser(w.knex, p.agency, { blockedAt: w.clock.now() })
    await w
      .knex('users')
      .where({ id: user.id })
      .update({ wrong_entries: 5, code_positions: [1, 2, 3] })
    const visit = await w.signedIn(user)
    const form = await p.administrator.visit(`/users/${user.id}/password-reset`)
    expect(form.text).toContain('One open visit to IMI ends')
    expect(form.text).toContain('The user is no longer blocked')
    const mails = await newMails(w, () => form.submit(RESET))
    expect(await userRow(w, user.id)).toMatchObject({
      password_temporary: true,
      password_set_at: w.clock.now(),
      security_code: null,
      code_positions: null,
      wrong_entries: 0,
      blocked_at: null,
      username: user.username,
    })
    expect(await w.knex('sessions').where({ user_id: user.id })).toEqual([])
    expect(await w.knex('former_passwords').where({ user_id: user.id })).toHaveLength(1)
    await visit.visit('/authorities', { to: /^\/\?next/ })
    await signIn(user.username, PASSWORD, 422)
    expect(mails.map(({ to, template }) => [to, template])).toEqual([[user.email, 'users/password-reset']])
    expect(JSON.stringify(mails)).not.toContain(user.username)
    expect((await eventsOf(w, user.id))[0]).toEqual({ event: 'user.passwordReset', details: {} })
  })

  test('a mail that still waits with the former temporary password is not sent', async () => {
    const user = await aUser(w.knex, p.agency, { signedInAt: null, passwordTemporary: true })
    for (const _ of [1, 2]) await (await p.administrator.visit(`/users/${user.id}/password-reset`)).submit(RESET)
    const mails = (await w.mails()).filter(
      ({ about_id, template }) => about_id === user.id && template === 'users/password-reset',
    )
    expect(mails.map(({ state, last_error, secret }) => [state, last_error, secret === null])).toEqual([
      ['failed', 'replaced', true],
      ['waiting', null, false],
    ])
    // A temporary password was nobody's own one.
    expect(await w.knex('former_passwords').where({ user_id: user.id })).toEqual([])
  })

  test('by an access manager is told to the own administrators', async () => {
    const user = await aUser(w.knex, p.agency)
    const form = await p.manager.visit(`/users/${user.id}/password-reset`)
    const mails = await newMails(w, () => form.submit(RESET))
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      [user.email, 'users/password-reset'],
      [p.administratorUser.email, 'users/changed-by-manager'],
    ])
  })

  test('of the only administrator is told at the functional address: the person has a mail of its own', async () => {
    const authority = await anAuthority(w.knex, { managers: [p.nimic] })
    const only = await aUser(w.knex, authority, { administrator: true })
    const form = await p.manager.visit(`/users/${only.id}/password-reset`)
    const mails = await newMails(w, () => form.submit(RESET))
    expect(mails).toMatchObject([
      { to: only.email, template: 'users/password-reset', row: { cc: [] } },
      { to: authority.email, template: 'users/changed-by-manager' },
    ])
  })

  test('an access manager that is not of record is told of to the one that is', async () => {
    const delegate = await anAuthority(w.knex)
    await w.knex('delegations').insert({ authority_id: delegate.id, all_modules: true, since: w.clock.now() })
    const manager = await w.signedIn(await aUser(w.knex, delegate, { administrator: true, dataAdministrator: 'all' }))
    const user = await aUser(w.knex, p.agency)
    const form = await manager.visit(`/users/${user.id}/password-reset`)
    const mails = await newMails(w, () => form.submit(RESET))
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      [user.email, 'users/password-reset'],
      [p.administratorUser.email, 'users/changed-by-manager'],
      [p.nimic.email, 'authorities/changed-by-another'],
    ])
  })

  test('is nobody else’s business', async () => {
    const user = await aUser(w.knex, p.agency)
    for (const someone of Object.values(await outsiders(w, p)))
      await someone.visit(`/users/${user.id}/password-reset`, { status: 404 })
  })
})
