import { afterAll, beforeAll, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { anAuthority, aUser } from '../support/factories.ts'
import { aRequest, aSide, type ASide } from '../support/requests.ts'

let w: World
let from: ASide
let to: ASide
beforeAll(async () => {
  w = await world()
  from = await aSide(w.knex, { country: 'SE' })
  to = await aSide(w.knex, { country: 'DK' })
})
afterAll(() => w.close())

test('open requests by status, and what happened last, for each side as it may know', async () => {
  const sent = await aRequest(w.knex, { from, to })
  await aRequest(w.knex, { from, to, status: 'draft' })
  const waiting = await aRequest(w.knex, { from, to, status: 'reply awaiting approval', cameFrom: 'accepted' })
  await aRequest(w.knex, { from, to, status: 'closed' })
  const step = { part_id: waiting.id, at: new Date('2026-11-19T09:00:00Z'), from_status: 'accepted' }
  await w.knex('request_steps').insert([
    { ...step, step: 'replyFully', to_status: 'reply awaiting approval', seen_by: 'responder' },
    { ...step, step: 'comment', to_status: 'accepted', seen_by: 'both' },
  ])
  const requester = await (await w.signedIn(from.basic)).visit('/')
  expect(requester.table('Open requests by status')).toEqual(
    expect.arrayContaining([
      { Status: 'Draft', Sent: '1', Received: '0' },
      { Status: 'Sent, awaiting acceptance', Sent: '1', Received: '0' },
      { Status: 'Accepted', Sent: '1', Received: '0' },
    ]),
  )
  expect(requester.table('What happened last')).toHaveLength(4)
  expect(requester.table('What happened last')[0]).toMatchObject({
    Number: waiting.number,
    'What happened': 'Comment written',
  })
  expect(requester.text).not.toContain('Reply awaiting approval')
  expect(requester.links.map(({ href }) => href)).toContain(`/requests/${sent.id}`)
  const responder = await (await w.signedIn(to.basic)).visit('/')
  expect(responder.table('Open requests by status')).toHaveLength(2)
  expect(responder.text).not.toContain('Draft')
  expect(responder.links.map(({ href }) => href)).toContain(
    '/requests?side=received&status=reply%20awaiting%20approval',
  )
})

test('nothing where there are no requests', async () => {
  const page = await (await w.signedIn(await aUser(w.knex, await anAuthority(w.knex)))).visit('/')
  expect(page.text).not.toContain('Requests of my authority')
})
