import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutes } from '../../src/platform/clock.ts'
import type { Database } from '../../src/platform/db/connection.ts'
import { deliver } from '../../src/platform/mail/deliver.ts'
import type { Email, EmailRow } from '../../src/platform/mail/email.ts'
import { smtpTransport } from '../../src/platform/mail/transport.ts'
import { freshDatabase } from '../support/database.ts'
import { saysNo, stubbornServer } from './mail-server.ts'
import { officeOf, post, registered, rowOf, standingClock, temporaryPassword } from './post-office.ts'

let db: Database
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

/** The row after one attempt at a server that answers like this. */
async function afterOneAttempt(email: Email, answers: SMTPServerOptions): Promise<EmailRow> {
  const server = await stubbornServer(answers)
  const id = await post(db, email)
  await deliver(officeOf(db, smtpTransport(server.url)), id)
  await server.stop()
  return rowOf(db, id)
}

test('the reason of a refusal is kept without addresses and secrets', async () => {
  const row = await afterOneAttempt(temporaryPassword, {
    onRcptTo: ({ address }, _session, done) => done(saysNo(550, `5.1.1 <${address}> unknown, heard Tillf4lligt!`)),
  })
  expect(row).toMatchObject({ state: 'refused', secret: null, last_error: '550 5.1.1 <…> unknown, heard …' })
})

test('a mail whose content is refused is refused', async () => {
  const row = await afterOneAttempt(temporaryPassword, {
    onData: (stream, _session, done) => void stream.resume().on('end', () => done(saysNo(554, '5.7.1 spam'))),
  })
  expect(row).toMatchObject({ state: 'refused', secret: null, last_error: '554 5.7.1 spam' })
})

test('a server that refuses us, not the mail, only delays', async () => {
  const row = await afterOneAttempt(temporaryPassword, {
    onMailFrom: (_from, _session, done) => done(saysNo(530, '5.7.0 sign in first')),
  })
  expect(row).toMatchObject({ state: 'waiting', attempts: 1, last_error: expect.stringContaining('sign in first') })
})

test('a recipient who is put off is tried again, and nobody gets it twice', async () => {
  let busy = true
  const server = await stubbornServer({
    onRcptTo: ({ address }, _session, done) =>
      done(busy && address.startsWith('copy@') ? saysNo(451, '4.7.1 later') : undefined),
  })
  const clock = standingClock()
  const office = officeOf(db, smtpTransport(server.url), clock)
  const id = await post(db, registered)
  await deliver(office, id)
  const delayed = { state: 'waiting', accepted: ['office@authority.example'], last_error: '451 4.7.1 later' }
  expect(await rowOf(db, id)).toMatchObject(delayed)

  busy = false
  clock.forward(minutes(1))
  await deliver(office, id)
  expect(server.taken).toEqual([['office@authority.example'], ['copy@authority.example']])
  expect(await rowOf(db, id)).toMatchObject({ state: 'sent', attempts: 2, last_error: null })
  await server.stop()
})
