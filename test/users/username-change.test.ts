import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { anAuthority, aUser, PASSWORD } from '../support/factories.ts'
import { eventsOf, newMails, outsiders, type People, people, userRow } from './people.ts'

const BUTTON = 'Change the username'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
})
afterAll(() => w.close())

const signIn = async (username: string, status: number) =>
  (await w.stranger().visit('/')).submit('Continue', { username, password: PASSWORD }, { status })

describe('changing a username', () => {
  test('makes a new one, which is told by telephone and never mailed', async () => {
    const user = await aUser(w.knex, p.agency)
    const form = await p.administrator.visit(`/users/${user.id}/username/change`)
    const mails = await newMails(w, async () => {
      const page = await form.submit(BUTTON)
      expect(page.url).toBe(`/users/${user.id}/username`)
      expect(page.notice).toContain('The username has been changed')
    })
    expect(mails).toEqual([])
    const { username } = (await userRow(w, user.id)) as { username: string }
    expect(username).toMatch(/^[a-z0-9]{8}$/)
    expect(await eventsOf(w, user.id)).toEqual([{ event: 'user.usernameChanged', details: {} }])
    await signIn(user.username, 422)
    expect((await signIn(username, 200)).h1).not.toContain('not')
  })

  test('takes the one that was asked for', async () => {
    const user = await aUser(w.knex, p.agency)
    await (await p.administrator.visit(`/users/${user.id}/username/change`)).submit(BUTTON, { username: 'Kim.Holm-7' })
    expect(await userRow(w, user.id)).toMatchObject({ username: 'Kim.Holm-7' })
  })

  test('refuses one that somebody has or had, in any case, without saying who', async () => {
    const far = await aUser(w.knex, await anAuthority(w.knex, { country: 'DK' }), {
      username: 'fjern123',
      deletedAt: w.clock.now(),
    })
    const user = await aUser(w.knex, p.agency)
    const form = await p.administrator.visit(`/users/${user.id}/username/change`)
    const page = await form.submit(BUTTON, { username: 'FJERN123' }, { status: 422 })
    expect(page.errors()[0]).toMatchObject({ field: 'username', message: expect.stringContaining('cannot be used') })
    expect(page.text).not.toContain(far.name)
  })

  test.each(['abc', 'a b c d e f', 'åäöåäö', '-abcdef', 'a'.repeat(31), 'kim@people.test'])(
    'refuses %j',
    async username => {
      const user = await aUser(w.knex, p.agency)
      const form = await p.administrator.visit(`/users/${user.id}/username/change`)
      const page = await form.submit(BUTTON, { username }, { status: 422 })
      expect(page.errors().map(({ field }) => field)).toEqual(['username'])
    },
  )

  test('by an access manager is told to the own administrators, without the username', async () => {
    const user = await aUser(w.knex, p.agency)
    const form = await p.manager.visit(`/users/${user.id}/username/change`)
    const mails = await newMails(w, () => form.submit(BUTTON, { username: 'geheim77' }))
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      [p.administratorUser.email, 'users/changed-by-manager'],
    ])
    expect(JSON.stringify(mails)).not.toContain('geheim77')
  })

  test('is nobody else’s business', async () => {
    const user = await aUser(w.knex, p.agency)
    for (const someone of Object.values(await outsiders(w, p)))
      await someone.visit(`/users/${user.id}/username/change`, { status: 404 })
  })
})
