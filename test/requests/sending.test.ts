import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aDraft, complete, sent } from './drafts.ts'
import { anAuthority, aGrant } from '../support/factories.ts'
import { type ASide, aSide, MODULE } from '../support/requests.ts'

const SEND = 'Send request'

let w: World
let swedes: ASide
let danes: ASide
let handler: Someone

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK', settings: { may_refuse: true } })
  handler = await w.signedIn(swedes.handler)
})
afterAll(() => w.close())

const path = (id: number): string => `/requests/${id}/sending`
const grantsOf = ({ authority }: ASide) => w.knex('grants').where({ authority_id: authority.id })

describe('sending', () => {
  test('brings a whole draft to the responder, who is written to', async () => {
    const { id, requestId } = await complete(w, { from: swedes, to: danes })
    const page = await (await handler.visit(`/requests/${id}/editing`)).follow('Go on to sending')
    expect(page.details()).toMatchObject({
      Questions: '1 question',
      'Responding authority': danes.authority.officialName,
    })
    const before = (await w.mails()).length
    const after = await page.submit(SEND, {}, { to: `/requests/${id}` })
    expect(after.notice).toContain('is sent')
    expect(await sent(w, id)).toEqual({ status: 'sent', arrived: true, may_refuse: true })
    expect(await w.knex('requests').where({ id: requestId }).first()).toMatchObject({
      status: 'sent',
      requester_coordinator_id: swedes.coordinator.id,
      sent_at: w.clock.now(),
    })
    const mails = (await w.mails()).slice(before)
    expect(mails.map(({ to_address }) => to_address).sort()).toEqual(
      [danes.colleague.email, danes.handler.email].sort(),
    )
    expect(JSON.stringify(mails)).not.toMatch(/Holm|Fysio|ansökan/)
    expect(await w.knex('request_steps').where({ part_id: id }).select('step', 'seen_by')).toEqual([
      { step: 'send', seen_by: 'both' },
    ])
    expect((await (await w.signedIn(danes.handler)).visit(`/requests/${id}`)).text).toContain('Sent')
  })

  test('names all that is missing at once, each with the way to where it is mended', async () => {
    const { id } = await aDraft(w, { from: swedes })
    const page = await handler.visit(path(id))
    const links = page.links.filter(({ href }) => href.startsWith(`/requests/${id}/editing/`)).map(({ href }) => href)
    expect(links).toEqual([
      `/requests/${id}/editing/authority#country`,
      `/requests/${id}/editing/subject#subject_profession`,
      `/requests/${id}/editing/subject#subject_family-name`,
      `/requests/${id}/editing/subject#subject_given-names`,
      `/requests/${id}/editing/questions#question`,
      `/requests/${id}/editing/reason#reason`,
      `/requests/${id}/editing/reason#proposedDate`,
    ])
    expect(page.buttons).not.toContain(SEND)
    for (const { href } of page.links.filter(({ href }) => href.includes('#'))) {
      const [address = '', field = ''] = href.split('#')
      if (address.includes('/editing/')) expect((await handler.visit(address)).html).toContain(`id="${field}"`)
    }
  })

  test.each<[string, string, { deactivated?: true; suspended?: true; country?: string }]>([
    ['the responder has gone', 'can no longer be asked', { deactivated: true }],
    ['its module is suspended', 'can no longer be asked', { suspended: true }],
    ['it is in the own country', 'in your own country', { country: 'SE' }],
  ])('is not possible when %s', async (_when, message, wish) => {
    const { country = 'DK', deactivated, suspended } = wish
    const other = await anAuthority(w.knex, { country, status: deactivated ? 'deactivated' : 'active' })
    await aGrant(w.knex, other, MODULE, { status: suspended ? 'suspended' : 'active' })
    const { id } = await complete(w, { from: swedes, to: { ...danes, authority: other } })
    expect((await handler.visit(path(id))).text).toContain(message)
  })

  test('is refused when what was whole is no longer so: a day has passed, the own module was suspended', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    const page = await handler.visit(path(id))
    await w
      .knex('requests')
      .update({ proposed_date: '2026-01-01' })
      .where({ number: await numberOf(id) })
    await grantsOf(swedes).update({ status: 'suspended', suspended_at: w.clock.now() })
    const refused = await page.submit(SEND, {}, { status: 422 })
    expect(refused.errors().map(({ message }) => message)).toEqual([
      'The request was not sent: 2 things are missing. They are named below.',
    ])
    expect(refused.text).toContain('later than today')
    expect(refused.text).toContain('suspended or deactivated')
    await grantsOf(swedes).update({ status: 'active', suspended_at: null })
    expect((await sent(w, id)).status).toBe('draft')
  })

  test('asks for the coordinator where several are linked', async () => {
    const second = await anAuthority(w.knex, { country: 'SE', officialName: 'Andra samordnaren' })
    await aGrant(w.knex, second, MODULE, { role: 'coordinator', settings: { approves_requests: true } })
    const [grant] = await grantsOf(swedes).pluck<number[]>('id')
    await w.knex('grant_coordinators').insert({ grant_id: grant, coordinator_id: second.id })
    const { id, requestId } = await complete(w, { from: swedes, to: danes })
    const page = await handler.visit(path(id))
    const refused = await page.submit(SEND, {}, { status: 422 })
    expect(refused.errors()).toEqual([{ field: 'coordinator', message: 'Select the coordinator' }])
    const before = (await w.mails()).length
    const after = await refused.submit(SEND, { coordinator: String(second.id) }, { to: `/requests/${id}` })
    expect(after.notice).toContain('waits for the approval')
    expect(await sent(w, id)).toEqual({ status: 'awaiting approval', arrived: false, may_refuse: false })
    expect(await w.knex('requests').where({ id: requestId }).first('requester_coordinator_id', 'sent_at')).toEqual({
      requester_coordinator_id: second.id,
      sent_at: null,
    })
    expect((await w.mails()).length).toBe(before)
    await w.knex('grant_coordinators').where({ coordinator_id: second.id }).delete()
  })

  test('comes back with 409 when a colleague has saved meanwhile, and is then sent as it stands', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    const page = await handler.visit(path(id))
    const colleague = await w.signedIn(swedes.colleague)
    await (
      await colleague.visit(`/requests/${id}/editing/reason`)
    ).submit('Save and continue', { reason: 'Annat skäl.' })
    const beside = await page.submit(SEND, {}, { status: 409 })
    expect(beside.text).toContain(swedes.colleague.name)
    await beside.submit(SEND, {}, { to: `/requests/${id}` })
    expect((await sent(w, id)).status).toBe('sent')
  })

  test('twice at once happens once', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    const page = await handler.visit(path(id))
    await Promise.all(
      [page, await handler.visit(path(id))].map(one => one.submit(SEND, {}, { status: 0 }).catch(() => 0)),
    )
    expect(await w.knex('request_steps').where({ part_id: id, step: 'send' })).toHaveLength(1)
  })

  test('is for request handlers of the module of the requesting authority', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    for (const person of [swedes.basic, swedes.allocator, swedes.administrator])
      await (await w.signedIn(person)).visit(path(id), { status: 403 })
    for (const person of [danes.handler, swedes.approver, swedes.coordinatorBasic])
      await (await w.signedIn(person)).visit(path(id), { status: 404 })
  })

  test('a page of what is sent already says how the request stands', async () => {
    const { id } = await complete(w, { from: swedes, to: danes })
    const page = await handler.visit(path(id))
    await page.submit(SEND)
    expect((await handler.visit(path(id), { status: 409 })).text).toContain('Sent, awaiting acceptance')
    expect((await handler.visit(`/requests/${id}/editing`, { status: 409 })).text).toContain(
      'Sent, awaiting acceptance',
    )
  })
})

const numberOf = async (id: number): Promise<string> =>
  (
    (await w
      .knex('request_parts as p')
      .join('requests as r', 'r.id', 'p.request_id')
      .where('p.id', id)
      .first('r.number')) as { number: string }
  ).number
