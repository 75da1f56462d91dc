import { createTransport, type SendMailOptions } from 'nodemailer'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readMail } from './mime.ts'
import { smtp, type Smtp } from './smtp.ts'

let server: Smtp
beforeEach(async () => {
  server = await smtp()
})
afterEach(() => server.close())

const letter = { from: 'imi@imi.test', to: 'ann@se.test', subject: 'Hej', text: 'Ditt konto' }

const impatient = { greetingTimeout: 300, socketTimeout: 300 }

const send = (mail: SendMailOptions = letter) =>
  createTransport({ host: '127.0.0.1', port: Number(new URL(server.url).port), ...impatient }).sendMail(mail)

test('a mail is kept with its envelope, raw and decoded', async () => {
  const subject = 'Ein neues Passwort für die Behörde «Обслужване» – bitte sofort ändern, å ä ö'
  const text = `Grüße, ${'å'.repeat(100)}\nπ = 3`
  await send({
    ...letter,
    cc: 'Office <office@se.test>',
    bcc: 'boss@se.test',
    subject,
    text,
    html: `<p>${text}</p>`,
    attachments: [{ filename: 'a.csv', content: 'x;y' }],
  })
  const [mail] = await server.waitFor(1)
  expect(mail).toMatchObject({
    envelope: { from: 'imi@imi.test', to: ['ann@se.test', 'office@se.test', 'boss@se.test'] },
    from: 'imi@imi.test',
    to: ['ann@se.test'],
    cc: ['office@se.test'],
    subject,
    attachments: [{ name: 'a.csv', type: 'text/csv', content: Buffer.from('x;y') }],
  })
  expect(mail?.text.trim()).toBe(text)
  expect(mail?.html.trim()).toBe(`<p>${text}</p>`)
  expect(mail?.raw).toContain('\r\nSubject: =?UTF-8?')
  expect(mail?.headers['message-id']).toMatch(/^<.+@.+>$/)
})

test('it waits for mails to come, and says which came instead', async () => {
  const coming = server.waitFor(2)
  await send()
  await send()
  expect(await coming).toHaveLength(2)
  await expect(server.waitFor(3, 20)).rejects.toThrow(
    `2 mails came within 20 ms, not 3: 'Hej' to ann@se.test; 'Hej' to ann@se.test`,
  )
})

test('while it is down, connections are refused, and afterwards no longer', async () => {
  await server.down()
  await expect(send()).rejects.toMatchObject({ code: 'ESOCKET' })
  await server.up()
  await send()
  expect(server.received).toHaveLength(1)
})

test('it can be down from the start', async () => {
  const other = await smtp({ down: true })
  await expect(createTransport(other.url).sendMail(letter)).rejects.toMatchObject({ code: 'ESOCKET' })
})

test('it is slow to greet, or takes a mail and is slow to say so', async () => {
  server.ails({ slowToGreet: 2000 })
  await expect(send()).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  server.ails({ slowToTake: 2000 })
  await expect(send()).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  expect(server.received).toHaveLength(1)
})

test('it refuses some recipients for good', async () => {
  server.ails({ refuses: ['office@se.test'] })
  const sent = await send({ ...letter, cc: 'office@se.test' })
  expect(sent.rejected).toEqual(['office@se.test'])
  expect(server.received[0]?.envelope.to).toEqual(['ann@se.test'])
  server.ails({ refuses: ['ann@se.test'] })
  await expect(send()).rejects.toMatchObject({ responseCode: 550 })
})

test('it puts off the next mails, as many as it is told', async () => {
  server.ails({ busy: 2 })
  await expect(send()).rejects.toMatchObject({ responseCode: 451 })
  await expect(send()).rejects.toMatchObject({ responseCode: 451 })
  await send()
  expect([server.received.length, server.connections()]).toEqual([1, 3])
})

test('base64, other alphabets and folded lines are read', () => {
  const raw =
    'Subject: =?iso-8859-1?Q?R=E4ksm=F6rg=E5s?=\r\n =?utf-8?B?IPCfjYQ=?=\r\nTo: a@x.test,\r\n b@x.test\r\nContent-Transfer-Encoding: base64\r\n\r\nw6XDpMO2\r\n'
  expect(readMail(Buffer.from(raw))).toMatchObject({
    subject: 'Räksmörgås 🍄',
    to: ['a@x.test', 'b@x.test'],
    text: 'åäö',
  })
})
