import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aDelegation, anAuthority, aUser, PASSWORD } from '../support/factories.ts'
import { aCountry, codeTo, type Country, register, row, SUBMIT } from './inviting.ts'

let w: World
let country: Country
let authority: { id: number }
let user: { id: number; username: string }
let registration: number
beforeAll(async () => {
  w = await world()
  country = await aCountry(w)
  await (await country.manager.visit('/invitations/new')).submit(SUBMIT, row(1, 'one@first.test', 'Almquist'))
  await register(w, await codeTo(w, 'one@first.test'), 'Almquist')
  authority = await w.knex('authorities').where({ official_name: 'Almquistverket' }).first('id')
  user = await w.knex('users').where({ authority_id: authority.id }).first('id', 'username')
  registration = (await w.knex('invitations').where({ authority_id: authority.id }).first('id')).id
})
afterAll(() => w.close())

const signIn = async (password: string, expected = {}) =>
  (await w.stranger().visit('/')).submit('Continue', { username: user.username, password }, expected)
const passwordMails = async () => (await w.mails()).filter(({ template }) => template.startsWith('users/'))

describe('an authority that waits for validation takes part in nothing', () => {
  test('its page says so and leads to the registration', async () => {
    const page = await country.manager.visit(`/authorities/${authority.id}`)
    expect(page.text).toContain('This authority has not been validated yet')
    expect(page.text).toContain('invitation of Samordningsverket')
    expect(page.links.map(({ href }) => href)).not.toContain(`/authorities/${authority.id}/edit`)
    await page.follow('Check the registration, then validate or reject it', { to: `/registrations/${registration}` })
  })

  test.each(['edit', 'classification/edit', 'access-management', 'deactivation', 'modules/new?module=1'])(
    'what would change it leads there too: %s',
    async path => {
      const refused = await country.manager.visit(`/authorities/${authority.id}/${path}`, { status: 403 })
      expect(refused.link('Check the registration, then validate or reject it').href).toBe(
        `/registrations/${registration}`,
      )
    },
  )

  test('its user is nobody’s to reset, to remind, to replace or to name anew', async () => {
    for (const act of ['', '/edit', '/password-reset', '/reminder', '/replacement', '/username-change', '/roles'])
      await country.manager.visit(`/users/${user.id}${act}`, { status: 404 })
    const forged = await country.manager.request('POST', `/users/${user.id}/password-reset`, { body: {} })
    expect(forged.status).toBe(404)
    expect(await passwordMails()).toEqual([])
  })

  test('an access manager that has not invited it reads it, and who has', async () => {
    const other = await anAuthority(w.knex)
    await aDelegation(w.knex, other)
    const someone = await w.signedIn(await aUser(w.knex, other, { administrator: true, dataAdministrator: 'all' }))
    const page = await someone.visit(`/authorities/${authority.id}`)
    expect(page.text).toContain('invitation of Samordningsverket')
    expect(page.links.map(({ href }) => href)).not.toContain(`/registrations/${registration}`)
    await someone.visit(`/authorities/${authority.id}/users`, { status: 403 })
  })

  test('nobody signs in for it, whatever the password, and no visit of its users holds', async () => {
    const { password_hash } = await w.knex('users').where({ id: country.user.id }).first('password_hash')
    await w.knex('users').where({ id: user.id }).update({ password_hash, password_temporary: false })
    const refused = await signIn(PASSWORD, { status: 422 })
    expect(refused.errors()[0]?.message).toBe((await signIn('Wrong-1234', { status: 422 })).errors()[0]?.message)
    const visitor: Someone = await w.signedIn({ ...country.user, id: user.id })
    await visitor.visit('/authorities/search', { to: /^\/\?next=/ })
  })

  test('validated, its first user gets in with the temporary password and with nothing from before', async () => {
    const code = { security_code: 'sealed before', code_positions: [1, 2, 3], wrong_entries: 4 }
    await w.knex('users').where({ id: user.id }).update(code)
    await (await country.manager.visit(`/registrations/${registration}`)).submit('Validate')
    const found = await w.knex('users').where({ id: user.id }).first()
    expect(found).toMatchObject({ password_temporary: true, security_code: null, wrong_entries: 0, blocked_at: null })
    expect(await w.knex('sessions').where({ user_id: user.id })).toEqual([])
    await signIn(PASSWORD, { status: 422 })
    expect((await passwordMails()).map(({ template }) => template)).toEqual([
      'users/temporary-password',
      'users/check-data',
    ])
    await country.manager.visit(`/users/${user.id}/password-reset`)
  })
})
