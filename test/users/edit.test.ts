import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { anAuthority, aUser } from '../support/factories.ts'
import { eventsOf, newMails, outsiders, type People, people, userRow } from './people.ts'

const BUTTON = 'Save'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
})
afterAll(() => w.close())

describe('editing the data of a user', () => {
  test('by an administrator; the history names the fields and not what stands in them', async () => {
    const user = await aUser(w.knex, p.agency, { familyName: 'Före' })
    const form = await p.administrator.visit(`/users/${user.id}/edit`)
    const mails = await newMails(w, () => form.submit(BUTTON, { familyName: 'Efter', userTelephone: '+46 8 1 22 33' }))
    expect(await userRow(w, user.id)).toMatchObject({ family_name: 'Efter', telephone: '+46 8 1 22 33', version: 2 })
    expect(await eventsOf(w, user.id)).toEqual([
      { event: 'user.edited', details: { fields: ['familyName', 'telephone'] } },
    ])
    expect(mails).toEqual([])
  })

  test('another e-mail address is told to both addresses, the other administrators and the access managers', async () => {
    const user = await aUser(w.knex, p.agency, { administrator: true })
    const form = await p.administrator.visit(`/users/${user.id}/edit`)
    await w.knex('email_changes').insert({
      user_id: user.id,
      email: 'waiting@people.test',
      token_hash: 'x',
      asked_at: w.clock.now(),
      expires_at: new Date(w.clock.now().getTime() + 1000),
    })
    const mails = await newMails(w, () => form.submit(BUTTON, { userEmail: 'new1@people.test' }))
    expect(mails.map(({ to, template }) => [to, template])).toEqual([
      [user.email, 'users/email-changed-from'],
      ['new1@people.test', 'users/email-changed-to'],
      [p.agency.email, 'users/email-changed-of'],
      [p.nimic.email, 'users/email-changed-of'],
    ])
    expect(JSON.stringify(mails)).not.toMatch(new RegExp(`${user.username}|${user.name}`))
    expect(await w.knex('email_changes')).toEqual([])
    const second = await p.manager.visit(`/users/${user.id}/edit`)
    const told = await newMails(w, () => second.submit(BUTTON, { userEmail: 'new2@people.test' }))
    expect(told.map(({ to, template }) => [to, template])).toEqual([
      ['new1@people.test', 'users/email-changed-from'],
      ['new2@people.test', 'users/email-changed-to'],
      [p.administratorUser.email, 'users/email-changed-of'],
    ])
    expect(told[2]?.row).toMatchObject({ cc: [p.agency.email] })
  })

  test('whoever is overtaken by the person’s own profile reads whose change it was', async () => {
    const user = await aUser(w.knex, p.agency, { givenName: 'Egon', familyName: 'Egen' })
    const form = await p.administrator.visit(`/users/${user.id}/edit`)
    const profile = await (await w.signedIn(user)).visit('/profile/edit')
    await profile.submit('Save', { telephone: '+46 8 777 77 77' })
    const told = await form.submit(BUTTON, { givenName: 'Egil' }, { status: 409 })
    expect(told.text).toContain('Egon Egen')
  })

  test('whoever is overtaken by none of the users reads in the own language who it was', async () => {
    const user = await aUser(w.knex, p.agency)
    const form = await p.administrator.visit(`/users/${user.id}/edit`)
    await w.knex('users').where({ id: user.id }).update({ version: 7 })
    await w.knex('audit_events').insert({
      at: w.clock.now(),
      event: 'user.passwordReset',
      actor_name: 'system:createAdmin',
      subject_type: 'user',
      subject_id: user.id,
      authority_id: p.agency.id,
      values_salt: 's',
      values_digest: 'd',
    })
    const told = await form.submit(BUTTON, { givenName: 'Egil' }, { status: 409 })
    expect(told.text).toContain('The operator of IMI saved this page')
    expect(told.text).not.toContain('system:')
  })

  test('by an access manager is told to the own administrators', async () => {
    const user = await aUser(w.knex, await anAuthorityWithAdministrator())
    const form = await p.manager.visit(`/users/${user.id}/edit`)
    const mails = await newMails(w, () => form.submit(BUTTON, { givenName: 'Robin' }))
    expect(mails.map(({ template }) => template)).toEqual(['users/changed-by-manager'])
  })

  test('by an access manager is told to an administrator acted upon too, the functional address in copy', async () => {
    const authority = await anAuthority(w.knex, { managers: [p.nimic] })
    const only = await aUser(w.knex, authority, { administrator: true })
    const form = await p.manager.visit(`/users/${only.id}/edit`)
    const mails = await newMails(w, () => form.submit(BUTTON, { familyName: 'Ändrad' }))
    expect(mails).toMatchObject([
      { to: only.email, template: 'users/changed-by-manager', row: { cc: [authority.email] } },
    ])
  })

  test('the own address is confirmed under the own profile', async () => {
    const form = await p.administrator.visit(`/users/${p.administratorUser.id}/edit`)
    expect(form.text).toContain('your own profile')
    await form.submit(BUTTON, { userTelephone: '+46 8 99 99 99' }, { forged: { userEmail: 'forged@people.test' } })
    expect(await userRow(w, p.administratorUser.id)).toMatchObject({
      email: p.administratorUser.email,
      telephone: '+46 8 99 99 99',
    })
  })

  test('mistakes are named at once; an address in use elsewhere is refused without saying where', async () => {
    const user = await aUser(w.knex, p.agency)
    const far = await aUser(w.knex, await anAuthority(w.knex, { country: 'DK' }))
    const form = await p.administrator.visit(`/users/${user.id}/edit`)
    const page = await form.submit(BUTTON, { givenName: ' ', userEmail: far.email }, { status: 422 })
    expect(page.errors()).toEqual([
      { field: 'givenName', message: 'Enter the first name of the user' },
      { field: 'userEmail', message: 'This e-mail address cannot be used. Enter another address' },
    ])
    await page.submit(BUTTON, { givenName: 'Kim', userEmail: user.email.toUpperCase() })
  })

  test('two at once: the second sees what the first saved, and loses nothing', async () => {
    const user = await aUser(w.knex, p.agency, { familyName: 'Gammal' })
    const one = await p.administrator.visit(`/users/${user.id}/edit`)
    const two = await p.manager.visit(`/users/${user.id}/edit`)
    await one.submit(BUTTON, { familyName: 'Adas' })
    const beside = await two.submit(BUTTON, { familyName: 'Kims' }, { status: 409 })
    expect(beside.text).toContain('Ada Adelborg')
    expect(beside.values(BUTTON)).toMatchObject({ familyName: 'Kims' })
    expect(beside.description(BUTTON, 'familyName')).toContain('Adas')
    await beside.submit(BUTTON)
    expect(await userRow(w, user.id)).toMatchObject({ family_name: 'Kims' })
  })

  test('is nobody else’s business', async () => {
    const user = await aUser(w.knex, p.agency)
    for (const someone of Object.values(await outsiders(w, p)))
      await someone.visit(`/users/${user.id}/edit`, { status: 404 })
  })
})

async function anAuthorityWithAdministrator() {
  const authority = await anAuthority(w.knex, { managers: [p.nimic] })
  await aUser(w.knex, authority, { administrator: true })
  return authority
}
