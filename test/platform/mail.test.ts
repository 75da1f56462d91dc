import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/platform/db/connection.ts'
import { deliver } from '../../src/platform/mail/deliver.ts'
import { type Email, EMAIL_STATES, type EmailRow } from '../../src/platform/mail/email.ts'
import { findKeptMail, listMailbox } from '../../src/platform/mail/mailbox.ts'
import { lastMails } from '../../src/platform/mail/outcome.ts'
import { queue } from '../../src/platform/mail/queue.ts'
import { render } from '../../src/platform/mail/render.ts'
import { mailboxTransport, mailTransport } from '../../src/platform/mail/transport.ts'
import { freshDatabase } from '../support/database.ts'
import {
  keys,
  officeOf,
  ownFolder,
  post,
  registered,
  rowOf,
  START,
  stationery,
  temporaryPassword,
  texts,
} from './post-office.ts'

let db: Database
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const jobsOf = async (id: number): Promise<number> =>
  Number(
    (await db.app.raw(`select count(*) from pgboss.job where name = 'mail' and singleton_key = ?`, [String(id)]))
      .rows[0].count,
  )

test('a commit leaves one mail and one job', async () => {
  const id = await post(db, registered)
  expect(await rowOf(db, id)).toMatchObject({
    state: 'waiting',
    attempts: 0,
    path: '/authorities/7',
    created_at: START,
  })
  expect(await jobsOf(id)).toBe(1)
})

test('a rollback leaves neither', async () => {
  let id = 0
  const failed = db.app.transaction(async trx => {
    id = await queue(trx, keys, START, registered)
    throw new Error('the act fails')
  })
  await expect(failed).rejects.toThrow('the act fails')
  expect(await db.app('emails').where({ id })).toEqual([])
  expect(await jobsOf(id)).toBe(0)
})

test('a secret is sealed while it waits', async () => {
  const row = await rowOf(db, await post(db, temporaryPassword))
  expect(row.secret).toMatch(/^k1\./)
  expect(JSON.stringify(row)).not.toContain(temporaryPassword.secret?.password)
})

test.each<[string, Partial<Email>]>([
  ['a copy of a secret', { cc: ['office@authority.example'] }],
  ['two addresses in one', { to: 'one@a.example, two@b.example' }],
  ['a second header', { to: 'one@a.example\r\nBcc: two@b.example' }],
  ['a name with brackets', { to: 'One <one@a.example>' }],
  ['a link to another site', { path: '//evil.example' }],
  ['a link without a slash', { path: '.evil.example' }],
])('%s cannot be queued', async (_what, wrong) => {
  await expect(post(db, { ...temporaryPassword, ...wrong })).rejects.toThrow('users/temporary-password')
})

test('the database agrees about the states, and keeps no secret of a mail that no longer waits', async () => {
  const { rows } = await db.app.raw(
    `select pg_get_constraintdef(oid) as rule from pg_constraint where conname = 'emails_state_check'`,
  )
  expect([...rows[0].rule.matchAll(/'(\w+)'/g)].map(found => found[1])).toEqual([...EMAIL_STATES])
  const id = await post(db, temporaryPassword)
  await expect(db.app('emails').where({ id }).update({ state: 'failed' })).rejects.toThrow(
    'emails_secret_only_while_waiting',
  )
})

test('pages can neither delete mails nor empty the table', async () => {
  await expect(db.app('emails').del()).rejects.toThrow('permission denied')
  await expect(db.app.raw('truncate emails')).rejects.toThrow('permission denied')
})

const templates = Object.keys(texts.getResourceBundle('en', 'emails') as object)
  .flatMap(key => /^(.+)\.subject$/.exec(key)?.[1] ?? [])
  .map(template => [template])

test.each(templates)('%s has its text in every language, with the same paragraphs', async template => {
  const secret = { password: 'Abcdefg1' }
  const words = Object.entries(texts.getResourceBundle('en', 'emails') as Record<string, string>)
  const asked = words
    .filter(([key]) => key.startsWith(`${template}.`))
    .flatMap(([, text]) => [...text.matchAll(/\{\{(\w+)/g)])
  const values = Object.fromEntries(asked.map(([, name = '']) => [name, 'A']))
  const row = { ...(await rowOf(db, await post(db, registered))), template, values }
  const [en, sv] = ['en', 'sv'].map(language => render({ ...row, language }, secret, stationery))
  expect(en?.subject).not.toBe(sv?.subject)
  expect(en?.text.split('\n\n').length).toBe(sv?.text.split('\n\n').length)
  expect(en?.html.match(/<p>/g)?.length).toBe(sv?.html.match(/<p>/g)?.length)
})

test('a language that is not complete gets English, and a missing template says so', async () => {
  const row = await rowOf(db, await post(db, registered))
  expect(render({ ...row, language: 'lv' }, {}, stationery)).toMatchObject({
    language: 'en',
    subject: 'Your authority has been registered in IMI',
  })
  expect(() => render({ ...row, template: 'users/nothing' }, {}, stationery)).toThrow('emails:users/nothing.subject')
})

test('names in the HTML part are text, whatever stands in them', async () => {
  const row: EmailRow = await rowOf(
    db,
    await post(db, { ...registered, values: { authority: '<b>A</b> {{x}} $t(y)', registeredBy: 'B' } }),
  )
  const message = render(row, {}, stationery)
  expect(message.html).toContain('&lt;b&gt;A&lt;/b&gt; {{x}} $t(y)')
  expect(message.text).toContain('<b>A</b> {{x}} $t(y)')
})

test('without a mail server a mail is a file for its owner only, and stands in the mailbox', async () => {
  const folder = await ownFolder()
  const id = await post(db, temporaryPassword)
  await deliver(officeOf(db, mailboxTransport(folder.path)), id)

  const file = join(folder.path, 'mail', `${id}.eml`)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readFile(file, 'utf8')).toContain('To: first@behoerde.example')
  expect(await findKeptMail(folder.path, id)).toMatchObject({
    to: 'first@behoerde.example',
    language: 'sv',
    link: 'https://imi.example/',
  })
  expect((await listMailbox(folder.path)).map(mail => mail.id)).toEqual([id])
  expect(await findKeptMail(folder.path, id + 1)).toBeUndefined()
  expect(await rowOf(db, id)).toMatchObject({ state: 'sent', secret: null })
  await folder.remove()
})

test('an empty mailbox is no error', async () => {
  expect(await listMailbox('/nonexistent')).toEqual([])
})

test('production needs a mail server; the training environment never uses one', async () => {
  expect(() => mailTransport({ mode: 'production', varDir: '/nonexistent' })).toThrow('SMTP_URL')
  const folder = await ownFolder()
  const training = mailTransport({ mode: 'training', smtpUrl: 'smtp://127.0.0.1:1', varDir: folder.path })
  const id = await post(db, registered)
  await deliver(officeOf(db, training), id)
  expect(await findKeptMail(folder.path, id)).toMatchObject({ cc: ['copy@authority.example'] })
  await folder.remove()
})

test('a list is told what became of the last mail about each record', async () => {
  const about = { type: 'invitation', id: 5 }
  const folder = await ownFolder()
  await deliver(officeOf(db, mailboxTransport(folder.path)), await post(db, { ...registered, about }))
  await folder.remove()
  await post(db, { ...registered, about: { ...about, id: 6 } })
  await post(db, { ...temporaryPassword, about })

  const last = await lastMails(db.app, { type: 'invitation', ids: [5, 6, 7] }, ['authorities/registered'])
  expect([...last.keys()].sort()).toEqual([5, 6])
  expect(last.get(5)).toMatchObject({ state: 'sent', queuedAt: START, sentAt: START, reason: null })
  expect(last.get(6)).toMatchObject({ state: 'waiting', sentAt: null })
})
