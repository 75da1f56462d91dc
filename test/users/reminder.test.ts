import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aUser } from '../support/factories.ts'
import { eventsOf, newMails, outsiders, type People, people, userRow } from './people.ts'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
})
afterAll(() => w.close())

describe('reminding', () => {
  test('somebody who never signed in gets a new temporary password', async () => {
    const user = await aUser(w.knex, p.agency, { signedInAt: null, passwordTemporary: true })
    const page = await p.administrator.visit(`/users/${user.id}`)
    const form = await page.follow('Send a reminder')
    w.clock.advance(1000)
    const mails = await newMails(w, () => form.submit('Send the reminder'))
    expect(mails.map(({ to, template }) => [to, template])).toEqual([[user.email, 'users/reminder']])
    expect(await userRow(w, user.id)).toMatchObject({ password_temporary: true, password_set_at: w.clock.now() })
    expect((await eventsOf(w, user.id)).at(-1)).toEqual({ event: 'user.reminded', details: {} })
    const row = (await p.administrator.visit(`/users/${user.id}`)).details()
    expect(row['Last password mail']).toContain('Waiting')
  })

  test('who has signed in needs none', async () => {
    const user = await aUser(w.knex, p.agency, { signedInAt: null, passwordTemporary: true })
    const form = await p.administrator.visit(`/users/${user.id}/reminder`)
    await w.knex('users').where({ id: user.id }).update({ first_signed_in_at: w.clock.now() })
    const page = await form.submit('Send the reminder', {}, { status: 422 })
    expect(page.text).toContain('needs no reminder')
  })

  test('is nobody else’s business', async () => {
    const user = await aUser(w.knex, p.agency, { signedInAt: null })
    for (const someone of Object.values(await outsiders(w, p)))
      await someone.visit(`/users/${user.id}/reminder`, { status: 404 })
  })
})
