import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { days, hours } from '../../src/platform/clock.ts'
import { sendDigest } from '../../src/platform/mail/digest.ts'
import { isDigestible, isListed } from '../../src/platform/mail/digestible.ts'
import { deliver, type PostOffice } from '../../src/platform/mail/deliver.ts'
import type { Email, EmailRow } from '../../src/platform/mail/email.ts'
import type { Message } from '../../src/platform/mail/email.ts'
import { queue } from '../../src/platform/mail/queue.ts'
import { night } from '../retention/nightly.ts'
import { type World, world } from '../support/app.ts'
import { type AnAuthority, anAuthority, aUser, type AUser } from '../support/factories.ts'
import { silent, stationery, texts } from './post-office.ts'

let w: World
let authority: AnAuthority
let reader: AUser
let received: Message[]
let office: PostOffice
beforeAll(async () => {
  w = await world()
  authority = await anAuthority(w.knex)
})
beforeEach(async () => {
  w.clock.set(new Date('2026-11-20T09:00:00Z'))
  await w.knex('emails').delete()
  reader = await aUser(w.knex, authority)
  await choose(reader, 'daily')
  received = []
  const { keys } = w.config
  const transport = (message: Message) => {
    received.push(message)
    return Promise.resolve({ accepted: message.recipients, refused: [] })
  }
  office = { db: w.db.app, transport, stationery, keys, clock: w.clock, log: silent }
})
afterAll(() => w.close())

const choose = (user: { id: number }, notifications: string) =>
  w.knex('users').where({ id: user.id }).update({ notifications })

const waitingWork = (to: string, path = '/grants/7'): Email => ({
  to,
  language: 'en',
  template: 'grants/suspended',
  values: { authority: 'Hemliga verket', module: 'M', changedBy: 'K' },
  path,
})

const post = (email: Email): Promise<number> =>
  w.db.app.transaction(trx => queue(trx, w.config.keys, w.clock.now(), email))

async function deliverAll(): Promise<void> {
  const ids = await w.knex<EmailRow>('emails').where({ state: 'waiting' }).orderBy('id').pluck('id')
  for (const id of ids) await deliver(office, id)
}

async function morning(): Promise<void> {
  w.clock.advance(days(1))
  await night(w)
  await deliverAll()
}

describe('the texts', () => {
  const bundle = texts.getResourceBundle('en', 'emails') as Record<string, string>
  const templates = Object.keys(bundle).flatMap(key => /^(.+)\.subject$/.exec(key)?.[1] ?? [])

  test('each is marked as one that a digest may hold, or as one that never waits', () => {
    expect(templates.filter(template => !isListed(template))).toEqual([])
  })

  test('what a digest says of a mail names nobody and nothing: kinds only (H2)', () => {
    const naming = templates.filter(
      template => isDigestible(template) && /\{\{/.test(bundle[`${template}.subject`] ?? ''),
    )
    expect(naming).toEqual([])
  })

  test.each([
    'users/temporary-password',
    'users/reminder',
    'passwords/reminder',
    'profile/confirm-address',
    'sessions/blocked',
    'invitations/invitation',
    'digest/daily',
  ])('%s never waits', template => {
    expect(isDigestible(template)).toBe(false)
  })

  test('requests will be digestible', () => {
    expect(isDigestible('requests/received')).toBe(true)
  })
})

describe('the daily digest', () => {
  test('one mail lists the kinds of the day and where each waits, in the language of the person, without details', async () => {
    await w.knex('users').where({ id: reader.id }).update({ language: 'sv' })
    await post(waitingWork(reader.email))
    await post(waitingWork(reader.email))
    await post({ ...waitingWork(reader.email, '/authorities/3'), template: 'access/delegation-given' })
    await deliverAll()
    expect(received).toEqual([])

    await morning()
    const [mail, ...more] = received
    expect(more).toEqual([])
    expect(mail).toMatchObject({ to: reader.email, cc: [], language: 'sv', link: 'https://imi.example/actions' })
    expect(mail?.subject).toBe('Vad som har hänt i IMI sedan ditt förra dagliga meddelande')
    expect(mail?.text).toContain('(2 meddelanden)\nhttps://imi.example/grants/7\n')
    expect(mail?.text).toContain('https://imi.example/authorities/3')
    for (const detail of ['Hemliga verket', reader.username])
      expect(mail?.text + (mail?.html ?? '')).not.toContain(detail)
    expect(await w.knex('emails').distinct('state').pluck('state')).toEqual(['sent'])
  })

  test('nothing is sent on a day on which nothing waits, and none twice when the work runs often', async () => {
    await morning()
    await post(waitingWork(reader.email))
    for (let run = 0; run < 3; run += 1) await night(w)
    await deliverAll()
    expect(received).toEqual([])
    await morning()
    for (let run = 0; run < 3; run += 1) await night(w)
    await deliverAll()
    expect(received).toHaveLength(1)
    await morning()
    expect(received).toHaveLength(1)
  })

  test('it is due at six in the morning in Brussels, whatever the season', async () => {
    for (const [evening, before, at] of [
      ['2026-01-10T18:00:00Z', '2026-01-11T04:59:00Z', '2026-01-11T05:00:00Z'],
      ['2026-07-10T18:00:00Z', '2026-07-11T03:59:00Z', '2026-07-11T04:00:00Z'],
    ] as const) {
      w.clock.set(new Date(evening))
      await post(waitingWork(reader.email))
      w.clock.set(new Date(before))
      await night(w)
      expect(await w.knex('emails').whereNotNull('digest_id').where('created_at', evening)).toHaveLength(0)
      w.clock.set(new Date(at))
      await night(w)
      expect(await w.knex('emails').whereNotNull('digest_id').where('created_at', evening)).toHaveLength(1)
    }
  })

  test('days without a run are made up for in one mail', async () => {
    for (let day = 0; day < 3; day += 1) {
      await post(waitingWork(reader.email))
      w.clock.advance(days(1))
    }
    await morning()
    expect(received.map(({ text }) => /\((\d) messages\)/.exec(text)?.[1])).toEqual(['3'])
  })

  test('two machines at once send one', async () => {
    await post(waitingWork(reader.email))
    w.clock.advance(days(1))
    const send = () => w.db.app.transaction(trx => sendDigest(trx, w.config.keys, w.clock.now(), reader.id))
    const sent = await Promise.all([send(), send(), send(), send()])
    expect(sent.filter(Boolean)).toHaveLength(1)
    await Promise.all([night(w), night(w)])
    await deliverAll()
    expect(received).toHaveLength(1)
  })

  test('the functional address in copy gets its mail at once', async () => {
    await post({ ...waitingWork(reader.email), cc: ['office@a.example', 'more@a.example'] })
    await deliverAll()
    expect(received).toMatchObject([{ to: 'office@a.example', cc: ['more@a.example'] }])
    await morning()
    expect(received.map(({ to }) => to)).toEqual(['office@a.example', reader.email])
  })

  test('a new address of the person gets it; for somebody who is no longer a user nothing is sent', async () => {
    await post(waitingWork(reader.email))
    await w.knex('users').where({ id: reader.id }).update({ email: 'new@a.example' })
    await morning()
    expect(received.map(({ to }) => to)).toEqual(['new@a.example'])
    await post(waitingWork('new@a.example'))
    await w.knex('users').where({ id: reader.id }).update({ deleted_at: w.clock.now() })
    await morning()
    expect(received).toHaveLength(1)
    expect((await w.mails()).at(-1)).toMatchObject({ state: 'failed', last_error: 'deleted' })
  })

  test('what it lists is refused with it', async () => {
    const id = await post(waitingWork(reader.email))
    office.transport = ({ to }) =>
      Promise.resolve({ accepted: [], refused: [{ address: to, reason: '550 Gone', forGood: true }] })
    await morning()
    const states = await w.knex<EmailRow>('emails').orderBy('id').select('state', 'last_error')
    expect(states).toEqual([
      { state: 'refused', last_error: '550 Gone' },
      { state: 'refused', last_error: '550 Gone' },
    ])
    expect((await w.knex('emails').where({ id }).first('sent_at')).sent_at).toBeNull()
  })
})

test('whatever is posted and chosen, and however often the work runs, every mail goes out once: alone or in one digest', async () => {
  const other = await aUser(w.knex, authority)
  const people = () => [reader, other]
  const act = fc.record({
    who: fc.nat(1),
    what: fc.constantFrom('work', 'password', 'daily', 'atOnce', 'profile', 'run', 'deliver', 'hours', 'twice'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async acts => {
      await w.knex('emails').delete()
      received = []
      const posted: number[] = []
      for (const { who, what } of acts) {
        const user = people()[who] as AUser
        if (what === 'work') posted.push(await post(waitingWork(user.email)))
        if (what === 'password')
          posted.push(await post({ to: user.email, language: 'en', template: 'passwords/changed', values: {} }))
        if (what === 'daily') await choose(user, 'daily')
        // The race: chosen in one transaction, while a mail was being collected in another.
        if (what === 'atOnce') await choose(user, 'atOnce')
        if (what === 'profile') {
          await choose(user, 'atOnce')
          await w.db.app.transaction(trx => sendDigest(trx, w.config.keys, w.clock.now(), user.id))
        }
        if (what === 'run') await night(w)
        if (what === 'twice') await Promise.all([night(w), night(w)])
        if (what === 'deliver') await deliverAll()
        if (what === 'hours') w.clock.advance(hours(13))
      }
      await morning()
      const rows = await w.mails()
      expect(rows.every(row => row.state === 'sent')).toBe(true)
      const alone = received.map(({ id }) => id)
      expect(new Set(alone).size).toBe(alone.length)
      for (const id of posted) {
        const row = rows.find(one => one.id === id)
        const carrier = row?.digest_id ?? id
        expect(alone.filter(one => one === carrier)).toEqual([carrier])
        expect(alone.includes(id)).toBe(row?.digest_id === null)
      }
    }),
    { numRuns: 60 },
  )
})
