import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Status } from '../../src/requests/workflow.ts'
import { night } from '../retention/nightly.ts'
import { world, type World } from '../support/app.ts'
import { type AnAuthority, aUser, type AUser } from '../support/factories.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { lettersOf, statusOf } from './acting.ts'

const SUSPENDED = { status: 'suspended', suspended_at: new Date('2026-11-01T10:00:00Z'), suspension_reason: 'Moved.' }

let w: World
let swedes: ASide
let danes: ASide
beforeEach(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE', coordination: { approves_requests: true } })
  danes = await aSide(w.knex, { country: 'DK', coordination: { approves_replies: true } })
})
afterEach(() => w.close())

const nationalOffice = ({ national }: ASide, roles: ('approver' | 'referee')[] = []): Promise<AUser> =>
  aUser(w.knex, national, { administrator: true, dataAdministrator: 'all', roles: { [MODULE]: roles } })
const settingsOf = ({ id }: AnAuthority, settings: object) =>
  w.knex('grants').where({ authority_id: id }).update(settings)
const kinds = async (id: number): Promise<string[]> => (await lettersOf(w, id)).map(({ kind, to }) => `${kind} ${to}`)
const to = (kind: string, ...people: { email: string }[]): string[] => people.map(({ email }) => `${kind} ${email}`)

/** Deactivates a coordinator by the page, its module suspended before. */
async function deactivate(office: AUser, authority: AnAuthority): Promise<void> {
  await settingsOf(authority, SUSPENDED)
  const page = await (await w.signedIn(office)).visit(`/authorities/${authority.id}/deactivation`)
  await page.submit('Deactivate the authority')
}

test('a side that is deactivated goes on with what is open; the other side is told', async () => {
  const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
  await deactivate(await nationalOffice(danes), danes.authority)
  expect(await statusOf(w, id)).toMatchObject({ status: 'accepted' })
  expect(await kinds(id)).toEqual(to('counterpart-deactivated', swedes.handler, swedes.colleague))
})

describe('a handler who goes', () => {
  test.each([
    ['deleted', 'Delete the user', 'deletion'],
    ['without the role', 'Save', 'roles'],
  ])('%s: the allocation ends, and with the last one the request is to allocate again', async (how, button, path) => {
    await settingsOf(danes.authority, { uses_allocation: true })
    // Not allocated, and still handler when both have gone: the last handler could not go.
    await aUser(w.knex, danes.authority, { roles: { [MODULE]: ['handler'] } })
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const allocated = [danes.handler, danes.colleague].map(user => ({
      part_id: id,
      user_id: user.id,
      at: w.clock.now(),
    }))
    await w.knex('request_allocations').insert(allocated)
    const administrator = await w.signedIn(danes.administrator)
    for (const [index, user] of [danes.handler, danes.colleague].entries()) {
      if (how === 'deleted') await (await administrator.visit(`/users/${user.id}/${path}`)).submit(button)
      else await (await administrator.visit(`/users/${user.id}/${path}`)).submit(button, { 'roles-1': [] })
      expect(await w.knex('request_allocations').where({ part_id: id })).toHaveLength(1 - index)
      expect(await kinds(id)).toEqual(index === 0 ? [] : to('to-allocate', danes.allocator))
    }
  })
})

describe('an authority that the night deletes', () => {
  const purge = async (authority: AnAuthority): Promise<void> => {
    await w
      .knex('authorities')
      .where({ id: authority.id })
      .update({ status: 'deactivated', deactivated_at: '2026-12-01T10:00:00Z' })
    w.clock.set(new Date('2027-06-02T02:00:00Z'))
    await night(w)
    expect(await w.knex('authorities').where({ id: authority.id })).toEqual([])
  }
  const at = new Date('2027-05-28T09:00:00Z')
  const made = (status: Status) => aRequest(w.knex, { from: swedes, to: danes, status, at, proposedDate: '2027-09-01' })

  test('asked: what is open is closed and the requester told, what it never heard of is a draft again', async () => {
    const open = await made('accepted')
    const unheard = await made('awaiting approval')
    const over = await made('closed')
    await purge(danes.authority)
    expect(await statusOf(w, open.id)).toMatchObject({ status: 'closed (counterpart deleted)' })
    expect(await kinds(open.id)).toEqual(to('counterpart-deleted', swedes.handler, swedes.colleague))
    expect(await statusOf(w, unheard.id)).toMatchObject({ status: 'draft' })
    expect(await kinds(unheard.id)).toEqual(to('responder-gone', swedes.handler, swedes.colleague))
    expect(await statusOf(w, over.id)).toMatchObject({ status: 'closed' })
    const page = await (await w.signedIn(swedes.handler)).visit(`/requests/${open.id}`)
    expect(page.text).toContain(danes.authority.officialName)
  })

  test('asking: its drafts go with it, the responder is told of what was open', async () => {
    const open = await made('sent')
    const draft = await made('draft')
    const unheard = await made('awaiting approval')
    await purge(swedes.authority)
    expect(await statusOf(w, open.id)).toMatchObject({ status: 'closed (counterpart deleted)' })
    expect(await kinds(open.id)).toEqual(to('counterpart-deleted', danes.handler, danes.colleague))
    expect(await w.knex('requests').whereIn('id', [draft.requestId, unheard.requestId])).toEqual([])
  })

  test('a part of it gives its questions back to the first part', async () => {
    const { id, questionIds } = await made('answered')
    const finns = await aSide(w.knex, { country: 'FI' })
    const { id: _id, ...first } = await w.knex('request_parts').where({ id }).first()
    const [second] = await w
      .knex('request_parts')
      .insert({ ...first, part: 2, status: 'sent', responder_id: finns.authority.id })
      .returning<{ id: number }[]>('id')
    await w.knex('request_questions').where({ id: questionIds[1] }).update({ part_id: second?.id })
    await purge(finns.authority)
    expect(await statusOf(w, second?.id ?? 0)).toMatchObject({ status: 'closed (counterpart deleted)' })
    expect(await w.knex('request_questions').whereIn('id', questionIds).pluck('part_id')).toEqual([id, id])
    expect(await statusOf(w, id)).toMatchObject({ status: 'partly answered', whole: 'partly answered' })
  })

  test('the other side is warned 30 and 7 days before', async () => {
    const { id } = await made('sent')
    await w
      .knex('authorities')
      .where({ id: danes.authority.id })
      .update({ status: 'deactivated', deactivated_at: '2026-12-01T10:00:00Z' })
    for (const day of ['2027-05-02', '2027-05-03', '2027-05-25', '2027-05-26']) {
      w.clock.set(new Date(`${day}T12:00:00Z`))
      await night(w)
    }
    const warned = (await kinds(id)).filter(kind => kind.startsWith('counterpart-ends'))
    const both = to('counterpart-ends', swedes.handler, swedes.colleague)
    expect(warned).toEqual([...both, ...both])
  })
})
