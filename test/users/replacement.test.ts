import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { secretOf } from '../../src/platform/mail/queue.ts'
import { world, type World } from '../support/app.ts'
import { aGrant, anAuthority, aUser, PASSWORD } from '../support/factories.ts'
import type { Entries } from '../support/form-fill.ts'
import { eventsOf, newMails, outsiders, type People, people, REQUESTS, rolesOf, userRow } from './people.ts'

const BUTTON = 'Replace the person'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
})
afterAll(() => w.close())

const person = (email: string, more: Entries = {}): Entries => ({
  givenName: 'Nora',
  familyName: 'Nyström',
  userEmail: email,
  userTelephone: '+46 70 765 43 21',
  userLanguage: 'sv',
  ...more,
})

/** An authority whose only administrator has left. */
async function anAbandoned() {
  const authority = await anAuthority(w.knex, { managers: [p.nimic] })
  await aGrant(w.knex, authority, REQUESTS)
  const former = await aUser(w.knex, authority, {
    administrator: true,
    givenName: 'Gamla',
    familyName: 'Chefen',
    roles: { [REQUESTS]: ['handler'] },
  })
  return { authority, former }
}

describe('replacing the person of a user record', () => {
  test('the only administrator left: another person takes over, through the front door', async () => {
    const { authority, former } = await anAbandoned()
    const old = await w.signedIn(former)
    // The former person did something that stays theirs.
    const colleague = await aUser(w.knex, authority)
    await (await old.visit(`/users/${colleague.id}/username/change`)).submit('Change the username')
    w.clock.advance(60_000)

    const list = await p.manager.visit(`/authorities/${authority.id}/users`)
    const user = await list.follow('Gamla Chefen')
    expect(user.text).toContain('the only administrator of the authority and cannot be deleted')
    const form = await user.follow(BUTTON)
    expect(form.text).toContain('One open visit to IMI ends')
    const mails = await newMails(w, async () => {
      const page = await form.submit(BUTTON, person('nora1@people.test'))
      expect(page.url).toBe(`/users/${former.id}/username`)
      expect(page.h1).toContain('Nora Nyström')
    })
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      ['nora1@people.test', 'users/temporary-password'],
      [former.email, 'users/replaced'],
      [expect.stringContaining('@authority.test'), 'users/changed-by-manager'],
    ])
    const row = (await userRow(w, former.id)) as { username: string }
    expect(JSON.stringify(mails)).not.toMatch(new RegExp(`${row.username}|${former.username}|Nora|Gamla`))
    expect(row).toMatchObject({ first_signed_in_at: null, last_signed_in_at: null, administrator: true })
    expect(row.username).not.toBe(former.username)
    expect(await rolesOf(w, former.id)).toEqual([`${REQUESTS}: handler`])
    expect((await eventsOf(w, former.id)).at(-1)).toEqual({ event: 'user.replaced', details: {} })

    await old.visit('/authorities', { to: /^\/\?next/ })
    const gone = await w.stranger().visit('/')
    await gone.submit('Continue', { username: former.username, password: PASSWORD }, { status: 422 })
    await theNewPersonComesIn(row.username, 'nora1@people.test')
    await w.knex('users').where({ id: former.id }).update({ password_temporary: false, language: 'en' })
    w.clock.advance(1000)
    const nora = await w.signedIn(former)
    const history = await nora.visit(`/authorities/${authority.id}/management`)
    expect(history.text).toContain(`Changed the username of a user (no. ${colleague.id})`)
    expect(history.text).toContain('Gamla Chefen')
    w.clock.advance(60_000)
    await (await nora.visit(`/users/${colleague.id}/username/change`)).submit('Change the username')
    expect((await nora.visit(`/authorities/${authority.id}/management`)).text).toMatch(/Nora Nyström.*Gamla Chefen/)
  })

  test('the username can be chosen; an address of the former person that waited for its link is gone', async () => {
    const { former } = await anAbandoned()
    const later = new Date(w.clock.now().getTime() + 1000)
    const waiting = { email: 'old@people.test', token_hash: 'y', asked_at: w.clock.now(), expires_at: later }
    await w.knex('email_changes').insert({ user_id: former.id, ...waiting })
    const form = await p.manager.visit(`/users/${former.id}/replacement`)
    await form.submit(BUTTON, person('nora2@people.test', { username: 'nora2026' }))
    expect(await userRow(w, former.id)).toMatchObject({ username: 'nora2026' })
    expect(await w.knex('email_changes').where({ user_id: former.id })).toEqual([])
    expect(await w.knex('former_passwords').where({ user_id: former.id })).toEqual([])
  })

  test('other administrators are told', async () => {
    const { authority, former } = await anAbandoned()
    const other = await aUser(w.knex, authority, { administrator: true })
    const form = await p.manager.visit(`/users/${former.id}/replacement`)
    const mails = await newMails(w, () => form.submit(BUTTON, person('nora3@people.test')))
    expect(mails.map(({ to, template }) => [to, template])).toContainEqual([other.email, 'users/changed-by-manager'])
  })

  test('mistakes are named at once; neither the former address nor a username in use will do', async () => {
    const { former } = await anAbandoned()
    const form = await p.manager.visit(`/users/${former.id}/replacement`)
    const page = await form.submit(BUTTON, { userEmail: former.email, username: 'x' }, { status: 422 })
    expect(page.errors().map(({ field }) => field)).toEqual([
      'givenName',
      'familyName',
      'userEmail',
      'userTelephone',
      'username',
    ])
    const again = await page.submit(BUTTON, person('nora4@people.test', { username: p.managerUser.username }), {
      status: 422,
    })
    expect(again.errors()[0]).toMatchObject({ field: 'username' })
    expect(await w.knex('former_people').where({ user_id: former.id })).toEqual([])
  })

  test('two at once: the second learns of the first', async () => {
    const { former } = await anAbandoned()
    const [one, two] = [
      await p.manager.visit(`/users/${former.id}/replacement`),
      await p.manager.visit(`/users/${former.id}/replacement`),
    ]
    await one.submit(BUTTON, person('nora5@people.test'))
    const page = await two.submit(BUTTON, person('nora6@people.test'), { status: 409 })
    expect(page.text).toContain(p.managerUser.name)
    expect(await userRow(w, former.id)).toMatchObject({ email: 'nora5@people.test' })
  })

  test('is the access managers’ alone', async () => {
    const refused = await p.administrator.visit(`/users/${p.administratorUser.id}/replacement`, { status: 403 })
    expect(refused.text).toContain('replace the person')
    for (const someone of Object.values(await outsiders(w, p)))
      await someone.visit(`/users/${p.administratorUser.id}/replacement`, { status: 404 })
  })
})

/** With the username from the telephone and the password from the mail. */
async function theNewPersonComesIn(username: string, email: string): Promise<void> {
  const mail = (await w.mails()).find(({ to_address, state }) => to_address === email && state === 'waiting')
  const { password = '' } = mail ? secretOf(w.config.keys, mail) : {}
  const choose = await (await w.stranger().visit('/')).submit('Continue', { username, password })
  expect(choose.url).toContain('password')
}
