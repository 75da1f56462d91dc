import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { anAuthority, aGrant, aUser, moduleId } from '../support/factories.ts'
import { type ASide, aSide, MODULE } from '../support/requests.ts'

const CREATE = 'Create draft'

let w: World
let swedes: ASide
let danes: ASide
let handler: Someone

beforeAll(async () => {
  w = await world()
  swedes = await aSide(w.knex, { country: 'SE' })
  danes = await aSide(w.knex, { country: 'DK' })
  handler = await w.signedIn(swedes.handler)
})
afterAll(() => w.close())

const numberOf = (url: string): number => Number(/\/requests\/(\d+)/.exec(url)?.[1])

describe('a new request', () => {
  test('stands in the menu of request handlers and of nobody else', async () => {
    expect((await handler.visit('/')).links.some(({ href }) => href === '/requests/new')).toBe(true)
    const basic = await w.signedIn(swedes.basic)
    expect((await basic.visit('/')).links.some(({ href }) => href === '/requests/new')).toBe(false)
    await basic.visit('/requests/new', { status: 403 })
  })

  test('is a draft of its authority at once, with a number and an entry in the history', async () => {
    const page = await (await handler.visit('/requests/new')).submit(CREATE)
    const id = numberOf(page.url)
    const request = (await w.knex('requests').orderBy('id', 'desc').first()) as Record<string, unknown>
    expect(request).toMatchObject({ status: 'draft', requester_id: swedes.authority.id, language: 'en', version: 1 })
    expect(request.number).toMatch(/^SE-2026-\d{6}$/)
    const [event] = (await w
      .knex('audit_events as e')
      .join('audit_values as v', 'v.event_id', 'e.id')
      .where({ 'e.event': 'request.created', 'e.subject_id': id })
      .select('v.details', 'e.authority_id')) as { details: object; authority_id: number }[]
    expect(event).toEqual({ details: { number: request.number }, authority_id: swedes.authority.id })
    await (await w.signedIn(danes.handler)).visit(`/requests/${id}`, { status: 404 })
    await (await w.signedIn(swedes.approver)).visit(`/requests/${id}`, { status: 404 })
  })

  test('is begun in a module where one is handler, whose grant is active', async () => {
    const other = 'services-requests'
    const person = await aUser(w.knex, swedes.authority, { roles: { [MODULE]: ['handler'], [other]: ['handler'] } })
    const grant = await aGrant(w.knex, swedes.authority, other)
    const someone = await w.signedIn(person)
    const page = await someone.visit('/requests/new')
    expect(page.form(CREATE).controls.filter(({ name }) => name === 'module')).toHaveLength(2)
    const refused = await page.submit(CREATE, {}, { status: 422 })
    expect(refused.errors()).toEqual([{ field: 'module', message: 'Select the module in which you ask' }])
    await w.knex('grants').where({ id: grant.id }).update({ status: 'suspended', suspended_at: w.clock.now() })
    const late = await page.submit(CREATE, { module: String(grant.moduleId) }, { status: 422 })
    expect(late.text).toContain('You cannot ask in this module now')
    await w
      .knex('grants')
      .where({ authority_id: swedes.authority.id })
      .update({ status: 'suspended', suspended_at: w.clock.now() })
    const none = await someone.visit('/requests/new')
    expect(none.text).toContain('You cannot create a request now')
    expect(none.buttons).not.toContain(CREATE)
    await w.knex('grants').where({ authority_id: swedes.authority.id }).update({ status: 'active', suspended_at: null })
  })

  test('begins with the authority that was found before, where it can be asked', async () => {
    const page = await (
      await handler.visit(`/authorities/${danes.authority.id}`)
    ).follow({
      href: `/requests/new?to=${danes.authority.id}`,
    })
    expect(page.url).toBe(`/requests/new?to=${danes.authority.id}`)
    expect(page.text).toContain(danes.authority.officialName)
    const draft = await page.submit(CREATE)
    expect(draft.url).toMatch(/\/editing\/subject$/)
    const part = await w
      .knex('request_parts')
      .where({ id: numberOf(draft.url) })
      .first('responder_id', 'responder_country')
    expect(part).toEqual({ responder_id: danes.authority.id, responder_country: 'DK' })
    expect(
      (await handler.visit(`/authorities/${swedes.coordinator.id}`)).links.filter(
        ({ text }) => text === 'Create request',
      ),
    ).toHaveLength(1)
    for (const to of [swedes.coordinator.id, (await anAuthority(w.knex, { country: 'DK' })).id])
      expect((await handler.visit(`/requests/new?to=${to}`)).text).toContain('no module in common')
  })

  test.each(['0', 'abc', '99999999999', '2147483647'])('reads the odd address ?to=%s as nothing', async to => {
    expect((await handler.visit(`/requests/new?to=${to}&module=x`)).h1).toBe('Create request')
  })

  test('has a number of its own, however many are begun at once', async () => {
    const module = await moduleId(w.knex, MODULE)
    const people = await Promise.all(
      Array.from({ length: 8 }, () => aUser(w.knex, swedes.authority, { roles: { [MODULE]: ['handler'] } })),
    )
    const pages = await Promise.all(people.map(async person => (await w.signedIn(person)).visit('/requests/new')))
    const before = await counter()
    await Promise.all(pages.flatMap(page => [page.submit(CREATE, { module: String(module) })]))
    const numbers = await w.knex('requests').pluck<string[]>('number')
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(await counter()).toBe(before + 8)
  })

  test('is begun once by a double click', async () => {
    const before = await counter()
    const [one, two] = await handler.submitTwice(await handler.visit('/requests/new'), CREATE)
    expect(one.url).toBe(two.url)
    expect(await counter()).toBe(before + 1)
  })
})

const counter = async (): Promise<number> =>
  ((await w.knex('request_counters').where({ country: 'SE' }).first('last')) as { last: number } | undefined)?.last ?? 0
