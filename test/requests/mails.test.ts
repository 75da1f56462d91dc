import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { change, systemActor } from '../../src/platform/db/change.ts'
import { mailKinds, tell } from '../../src/requests/tell.ts'
import { world, type World } from '../support/app.ts'
import { aRequest, aSide } from '../support/requests.ts'

/** Link only, never content (requests.md, Mail). */
let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => w.close())

test('whatever is written about a request, it holds its number, its module and the way to it', async () => {
  const swedes = await aSide(w.knex, { country: 'SE' })
  const danes = await aSide(w.knex, { country: 'DK', language: 'sv' })
  const { id, number } = await aRequest(w.knex, {
    from: swedes,
    to: danes,
    status: 'accepted',
    reason: 'Hemlig orsak',
    subject: { profession: 'Hemligt yrke' },
    personal: { 'family-name': 'Hemlig' },
  })
  await change({ db: w.db.app, keys: w.config.keys, clock: w.clock }, systemActor('nightly'), async c => {
    for (const kind of mailKinds)
      for (const to of ['requesting handlers', 'whom it reaches'] as const) await tell(c, id, to, kind)
    await c.record('request.created', { type: 'request', id }, { number })
  })
  const mails = (await w.mails()).filter(({ template }) => template.startsWith('requests/'))
  expect(new Set(mails.map(({ template }) => template.replace('requests/', '')))).toEqual(new Set(mailKinds))
  for (const mail of mails) {
    expect(Object.keys(mail.values).toSorted()).toEqual(['module', 'number'])
    expect(mail.values.number).toBe(number)
    expect(JSON.stringify(mail)).not.toMatch(/hemlig/i)
    expect(mail.path).toBe(`/requests/${id}`)
  }
})

test.each(['en', 'sv'])('the texts of these mails have no place for anything else (%s)', language => {
  const texts = JSON.parse(readFileSync(`locales/${language}/emails.json`, 'utf8')) as Record<string, string>
  const own = Object.entries(texts).filter(([key]) => key.startsWith('requests/'))
  expect(own.length).toBeGreaterThan(mailKinds.length)
  // A mail about several requests says how many there are.
  for (const [key, text] of own)
    for (const [, name = ''] of text.matchAll(/\{\{(\w+)/g)) expect(['number', 'module', 'count'], key).toContain(name)
})
