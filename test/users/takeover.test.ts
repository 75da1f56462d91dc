import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aDelegation, aGrant, anAuthority, type AUser, aUser } from '../support/factories.ts'
import { type ASide, aRequest, aSide, MODULE } from '../support/requests.ts'
import { lettersOf, recorded, statusOf, stepsOf } from '../requests/acting.ts'
import { eventsOf, newMails, rolesOf, SERVICES, userRow } from './people.ts'

const BUTTON = 'Delete the user'
const module = 'Professional qualifications – requests'

let w: World
let swedes: ASide
let danes: ASide
let grant: number
let administrator: Someone
beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
})
// An office of its own for each test.
beforeEach(async () => {
  const { knex } = w
  const authority = await anAuthority(knex, { country: 'DK', managers: [danes.national] })
  const handler = (familyName: string) => aUser(knex, authority, { familyName, roles: { [MODULE]: ['handler'] } })
  grant = (await aGrant(knex, authority, MODULE, { coordinators: [danes.coordinator] })).id
  danes = {
    ...{ ...danes, authority },
    handler: await handler('Går'),
    colleague: await handler('Bliver'),
    allocator: await aUser(knex, authority, { familyName: 'Fordeler', roles: { [MODULE]: ['allocator'] } }),
    basic: await aUser(knex, authority, { familyName: 'Menig' }),
    administrator: await aUser(knex, authority, { familyName: 'Ansvarlig', administrator: true }),
  }
  administrator = await w.signedIn(danes.administrator)
})
afterAll(() => w.close())

const received = (wishes: Partial<Parameters<typeof aRequest>[1]> = {}) =>
  aRequest(w.knex, { from: swedes, to: danes, ...wishes })
const sent = (wishes: Partial<Parameters<typeof aRequest>[1]> = {}) =>
  aRequest(w.knex, { from: danes, to: swedes, ...wishes })
const accept = async (person: AUser, id: number) =>
  (await (await w.signedIn(person)).visit(`/requests/${id}/acceptance`)).submit('Accept request')
const useAllocation = () => w.knex('grants').where({ id: grant }).update({ uses_allocation: true })
const allocate = (id: number, ...people: AUser[]) =>
  w.knex('request_allocations').insert(people.map(({ id: user_id }) => ({ part_id: id, user_id, at: w.clock.now() })))
const allocated = (id: number): Promise<number[]> =>
  w.knex('request_allocations').where({ part_id: id }).orderBy('user_id').pluck('user_id')
const deletionOf = (person: AUser, by = administrator) => by.visit(`/users/${person.id}/deletion`)

describe('the page that deletes a user', () => {
  test('lists what the person was the last to work on, drafts among it, and nothing else', async () => {
    const [theirs, others, over] = [await received(), await received(), await received({ status: 'closed' })]
    const [draft, asked] = [await sent({ status: 'draft' }), await sent({ status: 'answered' })]
    await accept(danes.handler, theirs.id)
    await accept(danes.handler, others.id)
    w.clock.set(new Date(w.clock.now().getTime() + 60_000))
    await (
      await (await w.signedIn(danes.colleague)).visit(`/requests/${others.id}/comments`)
    ).submit('Send comment', {
      text: 'Jeg ser på det.',
    })
    const page = await deletionOf(danes.handler)
    expect(page.text).toContain('3 open requests and drafts are allocated to Kim Går')
    for (const { number } of [theirs, draft, asked]) expect(page.text).toContain(number)
    for (const { number } of [others, over]) expect(page.text).not.toContain(number)
    expect((await deletionOf(danes.allocator)).text).not.toContain('Open requests')
  })

  test('where allocation is used, what is allocated to the person, whoever acted on it', async () => {
    const [theirs, acted] = [await received(), await received()]
    await accept(danes.handler, acted.id)
    await useAllocation()
    await allocate(theirs.id, danes.handler)
    await allocate(acted.id, danes.colleague)
    const page = await deletionOf(danes.handler)
    expect(page.text).toContain('One open request or draft is allocated to Kim Går')
    expect(page.text).toContain(theirs.number)
    expect(page.text).not.toContain(acted.number)
  })

  test('says numbers only to an access manager, who may not see requests; a linked coordinator sees no draft', async () => {
    const [one, draft] = [await received(), await sent({ status: 'draft' })]
    await accept(danes.handler, one.id)
    const national = await aUser(w.knex, danes.national, { administrator: true, dataAdministrator: 'all' })
    const manager = await w.signedIn(national)
    const page = await deletionOf(danes.handler, manager)
    expect(page.text).toContain('2 open requests and drafts are allocated to Kim Går')
    expect(page.text).toContain('2 of them are not shown')
    expect(page.text).not.toContain(one.number)
    await w.knex('grant_coordinators').insert({ grant_id: grant, coordinator_id: danes.national.id })
    const linked = await deletionOf(danes.handler, manager)
    expect(linked.text).toContain('One of them is not shown')
    expect(linked.text).toContain(one.number)
    expect(linked.text).not.toContain(draft.number)
    const list = await page.submit(BUTTON, { heir: 'Kim Bliver' })
    expect(list.notice).toContain('Kim Går has been deleted')
    expect((await stepsOf(w, draft.id)).at(-1)).toMatchObject({ step: 'takeOver', seen_by: 'requester' })
  })
})

describe('a colleague takes over', () => {
  test('everything, is told once, and finds it in the list; each history says so to the own side only', async () => {
    const [one, two, draft] = [await received(), await received(), await sent({ status: 'draft' })]
    const asked = await sent({ status: 'accepted' })
    for (const { id } of [one, two]) await accept(danes.handler, id)
    const form = await deletionOf(danes.handler)
    const mails = await newMails(w, () => form.submit(BUTTON, { heir: 'Kim Bliver' }))
    expect(mails.map(({ to, template }) => ({ to, template }))).toEqual([
      { to: danes.colleague.email, template: 'requests/taken-over' },
    ])
    expect(mails[0]?.row).toMatchObject({ values: { count: 4 }, path: `/requests?handler=${danes.colleague.id}` })
    const colleague = await w.signedIn(danes.colleague)
    const list = await colleague.visit(`/requests?handler=${danes.colleague.id}`)
    for (const { id, number } of [one, two, draft, asked]) {
      expect(list.text).toContain(number)
      expect((await stepsOf(w, id)).at(-1)).toMatchObject({ step: 'takeOver' })
      expect(await recorded(w, id, 'request.takeOver')).toBe(1)
      const history = await colleague.visit(`/requests/${id}/history`)
      expect(history.text).toContain('Passed to a colleague')
      expect(history.text).toContain('Taken over by: Kim Bliver')
    }
    const swede = await w.signedIn(swedes.handler)
    for (const { id } of [one, asked])
      expect((await swede.visit(`/requests/${id}/history`)).text).not.toContain('Passed to a colleague')
    expect(await statusOf(w, one.id)).toMatchObject({ status: 'accepted' })
    expect(await eventsOf(w, danes.handler.id)).toMatchObject([
      { event: 'user.deleted', details: { requests: { by: danes.colleague.id, count: 4 } } },
    ])
    // Who took over is who works on it: the next to go leaves it again.
    expect((await deletionOf(danes.colleague)).text).toContain('4 open requests and drafts')
  })

  test('what was allocated is allocated to the colleague, and to whom it was beside', async () => {
    await useAllocation()
    const [one, both] = [await received({ status: 'accepted' }), await received({ status: 'accepted' })]
    await allocate(one.id, danes.handler)
    await allocate(both.id, danes.handler, danes.colleague)
    await (await deletionOf(danes.handler)).submit(BUTTON, { heir: 'Kim Bliver' })
    for (const { id } of [one, both]) {
      expect(await allocated(id)).toEqual([danes.colleague.id])
      expect(await lettersOf(w, id)).toEqual([])
      expect((await stepsOf(w, id)).map(({ step }) => step)).not.toContain('endAllocation')
    }
    await (await w.signedIn(danes.colleague)).visit(`/requests/${one.id}/answers`)
  })

  test('nobody: what was allocated is to allocate again, and the allocators are told once', async () => {
    await useAllocation()
    const [one, two] = [await received({ status: 'accepted' }), await received({ status: 'accepted' })]
    for (const { id } of [one, two]) await allocate(id, danes.handler)
    const form = await deletionOf(danes.handler)
    const mails = await newMails(w, () => form.submit(BUTTON))
    expect(mails).toMatchObject([{ to: danes.allocator.email, template: 'requests/several-to-allocate' }])
    expect(mails[0]?.row).toMatchObject({ values: { count: 2, module } })
    for (const { id } of [one, two])
      expect((await stepsOf(w, id)).at(-1)).toMatchObject({ step: 'endAllocation', seen_by: 'responder' })
  })

  test('who is not handler yet becomes it, and so the role has its holder', async () => {
    const { id } = await received({ status: 'sent' })
    await accept(danes.handler, id)
    await w.knex('user_roles').where({ user_id: danes.colleague.id }).delete()
    const page = await deletionOf(danes.handler)
    const refused = await page.submit(BUTTON, {}, { status: 422 })
    expect(refused.errors()).toMatchObject([{ message: expect.stringContaining('Select who becomes request handler') }])
    await refused.submit(BUTTON, { heir: `Kim Menig (becomes request handler in ${module})` })
    expect(await rolesOf(w, danes.basic.id)).toEqual([`${MODULE}: handler`])
    expect(await userRow(w, danes.handler.id)).toMatchObject({ deleted_at: w.clock.now() })
    await (await w.signedIn(danes.basic)).visit(`/requests/${id}/answers`)
  })

  test('a request that was returned waits as returned also for the one who takes it over', async () => {
    const { id, number } = await sent({ status: 'draft' })
    const back = { part_id: id, step: 'return', to_status: 'draft', note: 'Mangler', seen_by: 'requester' }
    await w.knex('request_steps').insert({ ...back, at: w.clock.now(), authority_id: danes.coordinator.id })
    await (await deletionOf(danes.handler)).submit(BUTTON, { heir: 'Kim Bliver' })
    const colleague = await w.signedIn(danes.colleague)
    expect((await colleague.visit('/actions')).text).toContain(number)
    expect((await colleague.visit(`/requests/${id}/editing`)).text).toContain('Mangler')
  })

  test('an allocation that begins later is the one of who took over', async () => {
    const { id } = await received()
    await accept(danes.handler, id)
    await (await deletionOf(danes.handler)).submit(BUTTON, { heir: 'Kim Bliver' })
    await (await administrator.visit(`/grants/${grant}/settings`)).submit('Save settings', { usesAllocation: 'Yes' })
    expect(await allocated(id)).toEqual([danes.colleague.id])
  })
})

describe('nobody takes over', () => {
  test('who cannot be handler here: the module lies outside what the access manager manages', async () => {
    const { id } = await received()
    await accept(danes.handler, id)
    const office = await anAuthority(w.knex, { country: 'DK' })
    await aDelegation(w.knex, office, { modules: [SERVICES] })
    await aGrant(w.knex, danes.authority, SERVICES)
    await w
      .knex('authority_access_managers')
      .insert({ authority_id: danes.authority.id, manager_id: office.id, since: w.clock.now() })
    const person = await aUser(w.knex, office, { administrator: true, dataAdministrator: 'all' })
    const page = await deletionOf(danes.handler, await w.signedIn(person))
    expect(page.html).toContain('Kim Bliver')
    expect(page.html).not.toContain('becomes request handler')
  })

  test('somebody of another authority, or who has just gone: the page says so and nothing is deleted', async () => {
    const { id } = await received()
    await accept(danes.handler, id)
    const stranger = await aUser(w.knex, swedes.authority, { roles: { [MODULE]: ['handler'] } })
    const page = await deletionOf(danes.handler)
    for (const heir of [stranger.id, danes.handler.id, 2_000_000_000]) {
      const answer = await page.submit(BUTTON, {}, { status: 422, forged: { heir: String(heir) } })
      expect(answer.errors()).toEqual([
        { field: 'heir', message: 'This colleague can no longer take over the requests. Select another one.' },
      ])
    }
    expect(await userRow(w, danes.handler.id)).toMatchObject({ deleted_at: null })
    expect((await stepsOf(w, id)).map(({ step }) => step)).not.toContain('takeOver')
  })

  test('whoever may not delete: a colleague learns nothing of it', async () => {
    const { id, number } = await received()
    await accept(danes.handler, id)
    const page = await (await w.signedIn(danes.colleague)).visit(`/users/${danes.handler.id}/deletion`, { status: 404 })
    expect(page.text).not.toContain(number)
  })
})
