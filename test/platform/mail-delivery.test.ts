import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { days, hours, minutes } from '../../src/platform/clock.ts'
import { connectAsOwner, type Database } from '../../src/platform/db/connection.ts'
import { deliver, type PostOffice } from '../../src/platform/mail/deliver.ts'
import { smtpTransport, type Transport } from '../../src/platform/mail/transport.ts'
import { freshDatabase } from '../support/database.ts'
import { type Smtp, smtp } from '../support/smtp.ts'
import { officeOf, post, registered, rowOf, standingClock, START, temporaryPassword } from './post-office.ts'

let db: Database
let server: Smtp
let office: PostOffice
beforeAll(async () => {
  db = await freshDatabase()
  server = await smtp()
  office = officeOf(db, smtpTransport(server.url))
})
beforeEach(() => {
  server.clear()
  server.ails({})
})
afterAll(async () => {
  await server.close()
  await db.close()
})

test('a temporary password reaches the person alone, in Swedish, and is blanked in the row', async () => {
  const id = await post(db, temporaryPassword)
  await deliver(office, id)

  const [mail, ...more] = server.received
  expect(more).toEqual([])
  expect(mail?.envelope).toEqual({ from: 'no-reply@imi.example', to: ['first@behoerde.example'] })
  expect(mail?.headers['auto-submitted']).toBe('auto-generated')
  expect(mail?.headers['message-id']).toBe(`<${(await rowOf(db, id)).message_id}@imi.example>`)
  expect(mail?.subject).toBe('Ditt tillfälliga lösenord till IMI')
  expect(mail?.text).toContain('Ditt tillfälliga lösenord: Tillf4lligt!')
  expect(mail?.html).toContain('<html lang="sv">')
  expect(await rowOf(db, id)).toMatchObject({
    state: 'sent',
    secret: null,
    sent_at: START,
    attempts: 1,
    last_error: null,
  })
})

test('a message about an authority goes to it and to the copy, in English, with its link', async () => {
  await deliver(office, await post(db, registered))
  const [mail] = server.received
  expect(mail?.envelope.to).toEqual(['office@authority.example', 'copy@authority.example'])
  expect(mail?.cc).toEqual(['copy@authority.example'])
  expect(mail?.text).toContain('Łódzki Urząd & Co has been registered in IMI')
  expect(mail?.text).toContain('https://imi.example/authorities/7')
})

test('a mail that was sent is not sent again', async () => {
  const id = await post(db, registered)
  await deliver(office, id)
  await deliver(office, id)
  expect(server.received).toHaveLength(1)
})

test('of many workers at once one sends', async () => {
  const id = await post(db, registered)
  await Promise.all(Array.from({ length: 6 }, () => deliver(office, id)))
  expect(server.received).toHaveLength(1)
  expect((await rowOf(db, id)).attempts).toBe(1)
})

test('a worker that dies between sending and commit sends again under the same Message-ID', async () => {
  const dies: Transport = async message => {
    const receipt = await office.transport(message)
    await cutDeliveries()
    return receipt
  }
  const id = await post(db, temporaryPassword)
  await expect(deliver({ ...office, transport: dies }, id)).rejects.toThrow()
  expect(await rowOf(db, id)).toMatchObject({ state: 'waiting', attempts: 0 })

  await deliver(office, id)
  const [first, second] = server.received.map(mail => mail.headers['message-id'])
  expect(second).toBe(first)
  expect(await rowOf(db, id)).toMatchObject({ state: 'sent', secret: null })
})

test('one recipient of many is refused: that row says why, the others are sent', async () => {
  server.ails({ refuses: ['gone@a.example'] })
  const addresses = ['one@a.example', 'gone@a.example', 'two@a.example']
  const ids = await Promise.all(addresses.map(to => post(db, { ...temporaryPassword, to })))
  await Promise.all(ids.map(id => deliver(office, id)))

  const rows = await Promise.all(ids.map(id => rowOf(db, id)))
  expect(rows.map(row => row.state)).toEqual(['sent', 'refused', 'sent'])
  expect(rows[1]).toMatchObject({ secret: null, sent_at: null, last_error: '550 No such mailbox' })
  expect(server.received.flatMap(mail => mail.envelope.to).sort()).toEqual(['one@a.example', 'two@a.example'])
})

test('a refused copy does not hold up the mail', async () => {
  server.ails({ refuses: ['copy@authority.example'] })
  const id = await post(db, registered)
  await deliver(office, id)
  expect(await rowOf(db, id)).toMatchObject({ state: 'sent', last_error: '550 No such mailbox' })
  expect(server.received[0]?.envelope.to).toEqual(['office@authority.example'])
})

test('a server that is down delays with growing pauses, and the mail goes out when it is up', async () => {
  const clock = standingClock()
  const patient = { ...office, clock }
  const id = await post(db, temporaryPassword)
  await server.down()

  const pauses: number[] = []
  for (let tries = 0; tries < 9; tries += 1) {
    await deliver(patient, id)
    const pause = (await rowOf(db, id)).next_attempt_at.getTime() - clock.now().getTime()
    pauses.push(pause / minutes(1))
    await deliver(patient, id) // too early: nothing happens
    clock.forward(pause)
  }
  expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30])
  expect((await rowOf(db, id)).last_error).toContain('ECONNREFUSED')

  await server.up()
  await deliver(patient, id)
  expect(server.received[0]?.text).toContain('Tillf4lligt!')
  expect(await rowOf(db, id)).toMatchObject({ state: 'sent', secret: null, attempts: 10 })
})

test('a server that does not answer costs the time-out, then the mail waits', async () => {
  server.ails({ slowToGreet: 2_000 })
  const id = await post(db, registered)
  await deliver({ ...office, transport: smtpTransport(server.url, 200) }, id)
  expect(await rowOf(db, id)).toMatchObject({
    state: 'waiting',
    attempts: 1,
    last_error: expect.stringMatching(/time|greet/i),
  })
})

test('after five days nobody tries any more, and the secret is gone', async () => {
  const clock = standingClock()
  clock.forward(days(5) + hours(1))
  server.ails({ busy: 1 })
  const id = await post(db, temporaryPassword)
  await deliver({ ...office, clock }, id)
  expect(await rowOf(db, id)).toMatchObject({ state: 'failed', secret: null, sent_at: null })
})

test('a key that is missing delays instead of losing the mail', async () => {
  const id = await post(db, temporaryPassword)
  await deliver({ ...office, keys: { current: 'k2', keys: { k2: Buffer.alloc(32, 8) } } }, id)
  expect(await rowOf(db, id)).toMatchObject({
    state: 'waiting',
    last_error: expect.stringContaining('No key "k1"'),
  })
  expect(server.received).toEqual([])
})

/** Ends the connections that hold a mail, as the death of the worker would. */
async function cutDeliveries(): Promise<void> {
  const owner = connectAsOwner(db.url)
  await owner.raw(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()`,
  )
  await owner.destroy()
}
