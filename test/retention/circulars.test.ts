import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aNationalCoordinator, anAuthority, aUser } from '../support/factories.ts'
import { night } from './nightly.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

test('a kept e-mail to many is read for two years; then it is erased, with the mails it went out in', async () => {
  const nimic = await aNationalCoordinator(w.knex, 'SE')
  const user = await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' })
  const to = await anAuthority(w.knex, { managers: [nimic] })
  const circular = async (subject: string, day: string) => {
    const row = {
      authority_id: nimic.id,
      user_id: user.id,
      sent_at: new Date(day),
      language: 'en',
      subject,
      body: 'Words',
    }
    const [made] = await w
      .knex('circulars')
      .insert({ ...row, to_contact: true, to_administrators: false, authorities: 1 })
      .returning('id')
    const [recipient] = await w
      .knex('circular_recipients')
      .insert({ circular_id: made.id, authority_id: to.id })
      .returning('id')
    const mail = { template: 'circulars/message', language: 'en', to_address: to.email, values: { subject }, path: '/' }
    const about = { about_type: 'circular recipient', about_id: recipient.id }
    const sent = {
      message_id: randomUUID(),
      state: 'sent',
      sent_at: row.sent_at,
      created_at: row.sent_at,
      next_attempt_at: row.sent_at,
    }
    await w.knex('emails').insert({ ...mail, ...about, ...sent })
    return made.id as number
  }
  const old = await circular('Old', '2024-11-19T09:00:00Z')
  const young = await circular('Young', '2024-11-21T09:00:00Z')
  await night(w)
  const someone = await w.signedIn(user)
  expect((await someone.visit(`/circulars/${young}`)).text).toContain('Young')
  await someone.visit(`/circulars/${old}`, { status: 404 })
  expect((await w.mails()).map(mail => mail.values)).toEqual([{ subject: 'Young' }])
  const rules = await w.knex('audit_events as e').join('audit_values as v', 'v.event_id', 'e.id').select('v.details')
  expect(rules).toContainEqual({ details: { rule: 'eraseCirculars', count: 1, after: '2 years' } })
})
