import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aUser } from '../support/factories.ts'
import { anOffice, eventsOf, newMails, outsiders, type People, people, userRow } from './people.ts'

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
    for (const someone of Object.values(await outsiders(w, p))) {
      await someone.visit(`/users/${user.id}/reminder`, { status: 404 })
      await someone.visit(`/authorities/${p.agency.id}/users/reminders`, { status: 403 })
    }
  })
})

describe('reminding all of an authority who never signed in', () => {
  test('those who stay ticked get a new temporary password; the list counts them and leads there', async () => {
    const names = ['Alva', 'Birk', 'Cleo']
    const { authority, administrator: someone } = await anOffice(w, p)
    const [alva, birk, cleo] = await Promise.all(
      names.map(familyName => aUser(w.knex, authority, { familyName, signedInAt: null, passwordTemporary: true })),
    )
    await aUser(w.knex, authority, { signedInAt: null, deletedAt: w.clock.now() })
    const list = await someone.visit(`/authorities/${authority.id}/users`)
    const form = await list.follow('Remind 3 users who never signed in')
    expect(form.values('Send the reminders')).toMatchObject({ user: [alva, birk, cleo].map(user => String(user!.id)) })
    const mails = await newMails(w, async () => {
      const after = await form.submit('Send the reminders', { user: [String(alva!.id), String(cleo!.id)] })
      expect(after.text).toContain('Reminders are on their way to 2 users.')
    })
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      [alva!.email, 'users/reminder'],
      [cleo!.email, 'users/reminder'],
    ])
    expect((await eventsOf(w, cleo!.id)).at(-1)).toEqual({ event: 'user.reminded', details: {} })
    expect(await eventsOf(w, birk!.id)).toEqual([])
  })

  test('whoever has signed in meanwhile is left alone; without a choice it says so', async () => {
    const { authority, administrator: someone } = await anOffice(w, p)
    const one = await aUser(w.knex, authority, { signedInAt: null, passwordTemporary: true })
    const other = await aUser(w.knex, authority, { signedInAt: null, passwordTemporary: true })
    const form = await someone.visit(`/authorities/${authority.id}/users/reminders`)
    const page = await form.submit('Send the reminders', { user: [] }, { status: 422 })
    expect(page.text).toContain('Choose at least one user')
    await w.knex('users').where({ id: one.id }).update({ first_signed_in_at: w.clock.now() })
    const mails = await newMails(w, () => form.submit('Send the reminders'))
    expect(mails.map(({ to }) => to)).toEqual([other.email])
    await w.knex('users').where({ id: other.id }).update({ first_signed_in_at: w.clock.now() })
    const none = await someone.visit(`/authorities/${authority.id}/users/reminders`)
    expect(none.text).toContain('All users of this authority have signed in.')
    expect((await someone.visit(`/authorities/${authority.id}/users`)).text).not.toContain('never signed in')
  })
})
