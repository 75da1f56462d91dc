import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endAllocations } from '../../src/requests/handling/allocate-request.ts'
import { change } from '../../src/platform/db/change.ts'
import { world, type World } from '../support/app.ts'
import { aUser, moduleId } from '../support/factories.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { lettersOf, recorded, statusOf, stepsOf } from './acting.ts'

const ALLOCATE = 'Allocate'

let w: World
let swedes: ASide
/** Uses allocation. */
let danes: ASide
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK', settings: { uses_allocation: true, may_refuse: true } })
})
afterAll(() => w.close())

const allocated = (id: number): Promise<number[]> =>
  w.knex('request_allocations').where({ part_id: id }).orderBy('user_id').pluck('user_id')
const allocate = async (id: number, ...people: { id: number }[]) =>
  (await (await w.signedIn(danes.allocator)).visit(`/requests/${id}/allocation`)).submit(ALLOCATE, {
    handlers: people.map(person => String(person.id)),
  })

describe('allocating a request', () => {
  test('says who acts: only those new are told, the other side knows nothing of it', async () => {
    const { id, number } = await aRequest(w.knex, { from: swedes, to: danes })
    const done = await allocate(id, danes.handler)
    expect(done.notice).toContain(`Request ${number} allocated`)
    expect(await lettersOf(w, id)).toEqual([{ to: danes.handler.email, kind: 'allocated' }])
    await allocate(id, danes.handler, danes.colleague)
    expect(await lettersOf(w, id)).toEqual([
      { to: danes.handler.email, kind: 'allocated' },
      { to: danes.colleague.email, kind: 'allocated' },
    ])
    expect(await allocated(id)).toEqual([danes.handler.id, danes.colleague.id])
    await allocate(id, danes.colleague)
    expect(await allocated(id)).toEqual([danes.colleague.id])
    expect(await lettersOf(w, id)).toHaveLength(2)
    expect((await stepsOf(w, id)).at(-1)).toMatchObject({ step: 'allocate', seen_by: 'responder' })
    expect(await recorded(w, id, 'request.allocate')).toBe(3)
    const swede = await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/history`)
    expect(swede.text).not.toContain('Allocated')
  })

  test('marks those who have it, asks for somebody, and takes handlers of the module only', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    await allocate(id, danes.colleague)
    const allocator = await w.signedIn(danes.allocator)
    const page = await allocator.visit(`/requests/${id}/allocation`)
    expect(page.values(ALLOCATE).handlers).toEqual([String(danes.colleague.id)])
    const none = await page.submit(ALLOCATE, { handlers: [] }, { status: 422 })
    expect(none.errors().map(({ message }) => message)).toEqual(['Select at least one request handler'])
    const gone = await aUser(w.knex, danes.authority, { roles: { [MODULE]: ['handler'] } })
    const late = await allocator.visit(`/requests/${id}/allocation`)
    await w.knex('user_roles').where({ user_id: gone.id }).delete()
    const refused = await late.submit(ALLOCATE, { handlers: [String(gone.id)] }, { status: 422 })
    expect(refused.text).toContain('no longer request handler in this module')
    expect(await allocated(id)).toEqual([danes.colleague.id])
  })

  test('lets those act who have it; the others read, the allocator forwards and refuses what is not accepted', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes })
    const [handler, colleague] = [await w.signedIn(danes.handler), await w.signedIn(danes.colleague)]
    for (const path of ['acceptance', 'forwarding', 'refusal'])
      await handler.visit(`/requests/${id}/${path}`, { status: 403 })
    expect((await handler.visit(`/requests/${id}`)).text).not.toContain('Accept request')
    await allocate(id, danes.handler)
    await colleague.visit(`/requests/${id}/acceptance`, { status: 403 })
    await (await handler.visit(`/requests/${id}/acceptance`)).submit('Accept request')
    expect(await statusOf(w, id)).toMatchObject({ status: 'accepted' })
    for (const path of ['splitting', 'later-date', 'forwarding', 'answers'])
      await colleague.visit(`/requests/${id}/${path}`, { status: 403 })
    expect((await handler.visit(`/requests/${id}/splitting`)).status).toBe(200)
  })

  test('is for allocators of an authority that uses it, while the request is open', async () => {
    const finns = await aSide(w.knex, { country: 'FI' })
    const { id } = await aRequest(w.knex, { from: swedes, to: finns })
    const page = await (await w.signedIn(finns.allocator)).visit(`/requests/${id}/allocation`)
    expect(page.text).toContain('Your authority does not use allocation in this module')
    const own = await aRequest(w.knex, { from: swedes, to: danes })
    for (const person of [danes.handler, danes.basic, swedes.allocator])
      await (await w.signedIn(person)).visit(`/requests/${own.id}/allocation`, { status: 403 })
    const closed = await aRequest(w.knex, { from: swedes, to: danes, status: 'closed' })
    const late = await (await w.signedIn(danes.allocator)).visit(`/requests/${closed.id}/allocation`)
    expect(late.text).toContain('its status is now')
  })

  test('mails go to those who have it; before that to all handlers and allocators', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted', dueDate: '2026-11-01' })
    const remind = async () =>
      (await (await w.signedIn(swedes.handler)).visit(`/requests/${id}/reminder`)).submit('Remind the other authority')
    await allocate(id, danes.colleague)
    await remind()
    expect((await lettersOf(w, id)).filter(({ kind }) => kind === 'reminder').map(({ to }) => to)).toEqual([
      danes.colleague.email,
    ])
  })
})

describe('an allocation ends', () => {
  const end = async (user: { id: number }, module?: number) =>
    change(
      { db: w.db.app, clock: w.clock, keys: w.config.keys },
      { id: null, authorityId: null, name: 'system:nightly' },
      async c => {
        await endAllocations(c, user.id, module)
        await c.record('authority.reminded', { type: 'authority', id: danes.authority.id }, {} as never)
      },
    )

  test('with the person: the last one gone, it is to allocate again, and the allocators are told', async () => {
    const one = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const two = await aRequest(w.knex, { from: swedes, to: danes, status: 'accepted' })
    const person = await aUser(w.knex, danes.authority, { roles: { [MODULE]: ['handler'] } })
    await allocate(one.id, person)
    await allocate(two.id, person, danes.handler)
    await end(person, (await moduleId(w.knex, MODULE)) + 1000)
    expect(await allocated(one.id)).toEqual([person.id])
    await end(person, await moduleId(w.knex, MODULE))
    expect(await allocated(one.id)).toEqual([])
    expect(await allocated(two.id)).toEqual([danes.handler.id])
    expect((await lettersOf(w, one.id)).filter(({ kind }) => kind === 'to-allocate')).toEqual([
      { to: danes.allocator.email, kind: 'to-allocate' },
    ])
    expect(await recorded(w, one.id, 'request.endAllocation')).toBe(1)
    expect(await recorded(w, two.id, 'request.endAllocation')).toBe(0)
  })

  test('and of what has ended nobody is told', async () => {
    const { id } = await aRequest(w.knex, { from: swedes, to: danes, status: 'closed' })
    await w.knex('request_allocations').insert({ part_id: id, user_id: danes.handler.id, at: w.clock.now() })
    await end(danes.handler)
    expect(await allocated(id)).toEqual([])
    expect(await lettersOf(w, id)).toEqual([])
  })
})
