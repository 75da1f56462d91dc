import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aGrant, anAuthority, type AUser, aUser } from '../support/factories.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { lettersOf, recorded, statusOf, stepsOf } from './acting.ts'

const SAVE = 'Save settings'

let w: World
let swedes: ASide
/** An office of its own for each test. */
let danes: ASide
let grant: number
let administrator: Someone
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
})
beforeEach(async () => {
  const { knex } = w
  const authority = await anAuthority(knex, { country: 'DK' })
  const person = (wishes: Parameters<typeof aUser>[2]) => aUser(knex, authority, wishes)
  grant = (await aGrant(knex, authority, MODULE, { coordinators: [danes.coordinator] })).id
  danes = {
    ...{ ...danes, authority },
    handler: await person({ roles: { [MODULE]: ['handler'] } }),
    colleague: await person({ roles: { [MODULE]: ['handler'] } }),
    allocator: await person({ roles: { [MODULE]: ['allocator'] } }),
    administrator: await person({ administrator: true }),
  }
  administrator = await w.signedIn(danes.administrator)
})
afterAll(() => w.close())

const settings = () => administrator.visit(`/grants/${grant}/settings`)
const switchTo = async (answer: 'Yes' | 'No') => (await settings()).submit(SAVE, { usesAllocation: answer })
const allocated = (id: number): Promise<number[]> =>
  w.knex('request_allocations').where({ part_id: id }).orderBy('user_id').pluck('user_id')
const several = async (): Promise<object[]> =>
  (await w.mails())
    .filter(({ to_address }) => [danes.handler, danes.colleague, danes.allocator].some(one => one.email === to_address))
    .filter(({ about_type }) => about_type === null)
    .map(({ template, to_address, values, path }) => ({ template, to: to_address, values, path }))
const made = (wishes: Partial<Parameters<typeof aRequest>[1]> = {}) =>
  aRequest(w.knex, { from: swedes, to: danes, ...wishes })
const accept = async (person: AUser, id: number) =>
  (await (await w.signedIn(person)).visit(`/requests/${id}/acceptance`)).submit('Accept request')
const module = 'Professional qualifications – requests'

describe('switched on', () => {
  test('who has acted is allocated, the rest is to allocate; the page says so before, and each is told once', async () => {
    const [one, two, three] = [await made(), await made(), await made()]
    await accept(danes.handler, one.id)
    await accept(danes.handler, two.id)
    const page = await settings()
    expect(page.text).toContain(
      'If Yes – open requests: 3; allocated at once to those who have acted on them: 2; to be allocated: 1.',
    )
    await page.submit(SAVE, { usesAllocation: 'Yes' })
    expect(await allocated(one.id)).toEqual([danes.handler.id])
    expect(await allocated(two.id)).toEqual([danes.handler.id])
    expect(await allocated(three.id)).toEqual([])
    expect(await several()).toEqual([
      {
        template: 'requests/allocation-begun',
        to: danes.handler.email,
        values: { count: 2, module },
        path: '/actions',
      },
      {
        template: 'requests/several-to-allocate',
        to: danes.allocator.email,
        values: { count: 1, module },
        path: '/actions',
      },
    ])
    for (const { id } of [one, two, three]) {
      expect((await stepsOf(w, id)).at(-1)).toMatchObject({ step: 'beginAllocation', seen_by: 'responder' })
      expect(await recorded(w, id, 'request.beginAllocation')).toBe(1)
    }
    const history = await (await w.signedIn(danes.handler)).visit(`/requests/${one.id}/history`)
    expect(history.text).toContain('Allocation switched on')
    const other = await (await w.signedIn(swedes.handler)).visit(`/requests/${one.id}/history`)
    expect(other.text).not.toContain('Allocation')
  })

  test('whoever has acted goes on, a colleague reads; what is to allocate waits for the allocator', async () => {
    const [one, two] = [await made(), await made()]
    await accept(danes.handler, one.id)
    await switchTo('Yes')
    await (await w.signedIn(danes.handler)).visit(`/requests/${one.id}/answers`)
    const colleague = await w.signedIn(danes.colleague)
    await colleague.visit(`/requests/${one.id}/answers`, { status: 403 })
    await colleague.visit(`/requests/${two.id}/acceptance`, { status: 403 })
    expect((await colleague.visit(`/requests/${one.id}`)).status).toBe(200)
    const actions = await (await w.signedIn(danes.allocator)).visit('/actions')
    expect(actions.text).toContain(two.number)
    expect(actions.text).not.toContain(one.number)
  })

  test('to save answers and to comment is acting, whoever saved last; to allocate, or to have had it before, is not', async () => {
    const { id, questionIds } = await made({ status: 'accepted' })
    const third = await aUser(w.knex, danes.authority, { roles: { [MODULE]: ['handler'] } })
    const away = await aUser(w.knex, danes.authority, { roles: { [MODULE]: ['handler'] } })
    for (const person of [danes.handler, danes.colleague])
      await (
        await (await w.signedIn(person)).visit(`/requests/${id}/answers`)
      ).submit('Save draft', {
        [`comment_${questionIds[0]}`]: `By ${person.name}`,
      })
    await (await (await w.signedIn(third)).visit(`/requests/${id}/comments`)).submit('Send comment', { text: 'Hej' })
    const early = { part_id: id, step: 'forward', to_status: 'sent', authority_id: danes.authority.id, seen_by: 'both' }
    await w.knex('request_steps').insert({ ...early, at: new Date('2026-10-01T09:00:00Z'), user_id: away.id })
    await w.knex('request_steps').insert({ ...early, at: w.clock.now(), step: 'allocate', user_id: away.id })
    await switchTo('Yes')
    expect(await allocated(id)).toEqual([danes.handler.id, danes.colleague.id, third.id])
  })

  test('only who is still handler, of what is open, in this module and on this side', async () => {
    const gone = await aUser(w.knex, danes.authority, { roles: { [MODULE]: ['handler'] } })
    const [open, over] = [await made(), await made()]
    const asked = await aRequest(w.knex, { from: danes, to: swedes })
    await accept(gone, open.id)
    await w.knex('user_roles').where({ user_id: gone.id }).delete()
    await w.knex('request_parts').where({ id: over.id }).update({ status: 'refused' })
    await switchTo('Yes')
    expect(await allocated(open.id)).toEqual([])
    expect(await allocated(over.id)).toEqual([])
    expect((await stepsOf(w, over.id)).map(({ step }) => step)).not.toContain('beginAllocation')
    expect((await stepsOf(w, asked.id)).map(({ step }) => step)).not.toContain('beginAllocation')
  })

  test('by an access manager, who sees numbers and no request; nothing open, nothing is said of it', async () => {
    const manager = await w.signedIn(
      await aUser(w.knex, danes.national, { administrator: true, dataAdministrator: 'all' }),
    )
    expect((await manager.visit(`/grants/${grant}/settings`)).text).not.toContain('open requests')
    const { id, number } = await made()
    await accept(danes.colleague, id)
    const page = await manager.visit(`/grants/${grant}/settings`)
    expect(page.text).toContain(
      'open requests: 1; allocated at once to those who have acted on them: 1; to be allocated: 0.',
    )
    expect(page.text).not.toContain(number)
    await page.submit(SAVE, { usesAllocation: 'Yes' })
    expect(await allocated(id)).toEqual([danes.colleague.id])
  })

  test('is no work on a request: what nobody acts on still lapses in time', async () => {
    const { id } = await made()
    const before = (await w.knex('request_parts').where({ id }).first('acted_at')) as object
    await switchTo('Yes')
    expect(await w.knex('request_parts').where({ id }).first('acted_at')).toEqual(before)
  })
})

describe('switched off', () => {
  test('allocations end and all may act; switched on again, only who has acted has it', async () => {
    const { id } = await made()
    await switchTo('Yes')
    await (
      await (await w.signedIn(danes.administrator)).visit(`/requests/${id}/allocation`)
    ).submit('Allocate', { handlers: [String(danes.handler.id)] })
    const page = await settings()
    expect(page.text).toContain('If No – open requests: 1; allocated now: 1. These allocations end.')
    await page.submit(SAVE, { usesAllocation: 'No' })
    expect(await allocated(id)).toEqual([])
    expect((await stepsOf(w, id)).at(-1)).toMatchObject({ step: 'stopAllocation', seen_by: 'responder' })
    expect(await recorded(w, id, 'request.stopAllocation')).toBe(1)
    await accept(danes.colleague, id)
    expect(await statusOf(w, id)).toMatchObject({ status: 'accepted' })
    await switchTo('Yes')
    expect(await allocated(id)).toEqual([danes.colleague.id])
    expect((await lettersOf(w, id)).map(({ kind }) => kind)).toEqual(['allocated', 'accepted', 'accepted'])
  })

  test('the same where the last allocator goes and nobody is named', async () => {
    const { id } = await made()
    await w.knex('grants').where({ id: grant }).update({ uses_allocation: true })
    await w.knex('request_allocations').insert({ part_id: id, user_id: danes.handler.id, at: w.clock.now() })
    const form = await administrator.visit(`/users/${danes.allocator.id}/deletion`)
    const page = await form.submit('Delete the user', {}, { status: 422 })
    await page.submit('Delete the user', { 'holder-1-allocator': 'Nobody: switch allocation off' })
    expect(await allocated(id)).toEqual([])
    expect((await stepsOf(w, id)).at(-1)).toMatchObject({ step: 'stopAllocation' })
    await accept(danes.colleague, id)
  })
})
