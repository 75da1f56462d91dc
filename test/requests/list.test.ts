import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCsv } from '../../src/platform/csv.ts'
import type { World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { countQueries } from '../support/count-queries.ts'
import { anAuthority, aUser, moduleId } from '../support/factories.ts'
import { aRequest, aSide, MODULE } from '../support/requests.ts'
import { CAPTION, listing, type Listing } from './listing.ts'

let w: World
let handler: Someone
let swedish: Listing['swedish'], danish: Listing['danish'], latvian: Listing['latvian']
let made: Listing['made']
let ago: Listing['ago'], name: Listing['name'], found: Listing['found'], nameOf: Listing['nameOf']
beforeAll(async () => {
  ;({ w, swedish, danish, latvian, made, ago, name, found, nameOf } = await listing())
  handler = await w.signedIn(swedish.handler)
})
afterAll(() => w.close())

describe('Requests of my authority', () => {
  test('each request once, the newest first, with what the overview holds', async () => {
    const page = await handler.visit('/requests')
    expect(page.h1).toBe('Requests of my authority')
    const rows = page.table(CAPTION)
    expect(rows.map(row => nameOf(row.Number ?? ''))).toEqual([
      'secret',
      'overdue',
      'working',
      'urgent',
      'late',
      'fresh',
      'approval',
      'draft',
    ])
    expect(rows[0]).toEqual({
      Number: `${made.secret?.number} Received`,
      'Other authority': 'Ministrija Latvia',
      Module: 'Professional qualifications – requests',
      Status: 'Reply awaiting approval',
      'Whose turn it is': "The responding authority's coordinator, to approve",
      Due: 'Answer in 11 days (Tuesday 1 December)',
    })
    expect(rows[1]).toMatchObject({ Due: 'Answer yesterday (Thursday 19 November) Overdue' })
    expect(rows[3]).toMatchObject({
      Number: `${made.urgent?.number} Urgent Sent`,
      Due: 'Acceptance yesterday (Thursday 19 November) Overdue',
    })
    expect(page.links.map(({ href }) => href)).toContain(`/requests/${made.secret?.id}`)
  })

  test.each([
    ['side=sent', ['urgent', 'late', 'fresh', 'approval', 'draft']],
    ['side=received', ['secret', 'overdue', 'working']],
    ['status=draft', ['draft']],
    ['status=sent', ['urgent', 'late', 'fresh']],
    ['status=open', ['secret', 'overdue', 'working', 'urgent', 'late', 'fresh']],
    ['status=ended', []],
    ['status=reply+awaiting+approval', ['secret']],
    ['country=LV', ['secret', 'urgent']],
    ['authority=sundh', ['overdue', 'working', 'late', 'fresh', 'approval', 'draft']],
    ['q=minist', ['secret', 'urgent']],
    ['q=100+%25', ['late']],
    ['q=%25', ['late']],
    ['urgent=yes', ['urgent']],
    ['overdue=yes', ['overdue', 'urgent', 'late']],
    ['from=2026-11-17&until=2026-11-18', ['urgent', 'fresh']],
    ['sort=due&status=open', ['late', 'urgent', 'overdue', 'fresh', 'secret', 'working']],
  ])('%s', async (query, expected) => {
    const names = await found(handler, `/requests?${query}`)
    expect(names).toEqual(expected)
  })

  test('a number is found by its beginning', async () => {
    expect(await found(handler, `/requests?q=${made.urgent?.number.toLowerCase()}`)).toEqual(['urgent'])
  })

  test('a module', async () => {
    const id = await moduleId(w.knex, MODULE)
    expect(await found(handler, `/requests?side=sent&status=draft&module=${id}`)).toEqual(['draft'])
    expect(await found(handler, `/requests?module=${await moduleId(w.knex, 'services-requests')}`)).toEqual([])
  })

  test('the own file number, not the other side’s', async () => {
    const note = { part_id: made.fresh?.id, file_number: '5.8-1234/2026' }
    await w.knex('request_side_notes').insert({ ...note, authority_id: swedish.authority.id })
    expect(await found(handler, '/requests?fileNumber=5.8-12')).toEqual(['fresh'])
    expect(await found(handler, '/requests?fileNumber=%25')).toEqual([])
    expect(await found(await w.signedIn(danish.handler), '/requests?fileNumber=5.8-12')).toEqual([])
  })

  test('who handles it: the writer, the allocated, who has acted; asked by those who work with it', async () => {
    const { handler: writer, colleague, basic } = swedish
    await w.knex('request_allocations').insert({ part_id: made.working?.id, user_id: colleague.id, at: ago(1) })
    expect(await found(handler, `/requests?handler=${colleague.id}`)).toEqual(['working'])
    expect(await found(handler, `/requests?handler=${writer.id}`)).toEqual([
      'urgent',
      'late',
      'fresh',
      'approval',
      'draft',
    ])
    const other = await w.signedIn(basic)
    expect(await found(other, `/requests?handler=${colleague.id}`)).toHaveLength(8)
    expect((await other.visit('/requests')).text).not.toContain('Handled by')
  })

  test('words of the content only for those who may read it, and never personal data', async () => {
    const basic = await w.signedIn(swedish.basic)
    expect(await found(basic, '/requests?q=timmarna')).toEqual([])
    expect(await found(handler, '/requests?q=timmarna')).toEqual(['late'])
    await w
      .knex('request_personal')
      .insert({ request_id: made.late?.requestId, key: 'subject.name', value: 'Zebedeus' })
    expect(await found(handler, '/requests?q=Zebedeus')).toEqual([])
  })

  test('odd query strings are defaults, not errors', async () => {
    const odd = [
      'status=nope',
      'page=zzz',

      'module=x',
      'country=XX',
      'from=2026-02-31',
      'after=zzz',
      'sort=no',
      'handler=999999',
      'side=up',
      'module=1&module=2',
    ]
    for (const query of odd) expect(await found(handler, `/requests?${query}`), query).toHaveLength(8)
  })

  test('what is not sent yet is nothing to the other side', async () => {
    const other = await w.signedIn(danish.handler)
    const names = await found(other, '/requests')
    expect(names).toEqual(['closed', 'overdue', 'working', 'late', 'fresh'])
    for (const status of ['draft', 'awaiting+approval'])
      expect(await found(other, `/requests?status=${status}`)).toEqual([])
  })

  test('a reply in approval reads to the requester as the status it came from, in every filter', async () => {
    const requester = await w.signedIn(latvian.handler)
    const [row] = (await requester.visit('/requests?status=accepted')).table(CAPTION)
    expect(row).toMatchObject({ Status: 'Accepted', 'Whose turn it is': 'The responding authority' })
    expect(await found(requester, '/requests?status=reply+awaiting+approval')).toEqual([])
  })

  test('a request in parts is one to the requester, with what all parts say', async () => {
    const request = await aRequest(w.knex, { from: danish, to: swedish, status: 'answered', at: ago(5) })
    made.parts = request
    await w.knex('request_parts').insert({
      request_id: request.requestId,
      part: 2,
      responder_id: latvian.authority.id,
      responder_country: 'LV',
      status: 'sent',
      arrived_at: ago(1),
      status_since: ago(1),
      acted_at: ago(1),
    })
    await w.knex('requests').where({ id: request.requestId }).update({ status: 'sent' })
    const [row] = (await (await w.signedIn(danish.handler)).visit('/requests')).table(CAPTION)
    expect(row).toMatchObject({ Number: `${request.number} Sent, in 2 parts`, Status: 'Sent, awaiting acceptance' })
    const [part] = (await (await w.signedIn(latvian.handler)).visit('/requests')).table(CAPTION)
    expect(part).toMatchObject({
      Number: `${request.number}-2 Received`,
      Due: 'Acceptance in 6 days (Thursday 26 November)',
    })
    await w.knex('requests').where({ id: request.requestId }).delete()
  })

  test('nothing yet', async () => {
    const alone = await w.signedIn(await aUser(w.knex, await anAuthority(w.knex)))
    const page = await alone.visit('/requests')
    expect(page.text).toContain('No requests yet')
    expect(page.text).not.toContain('Download')
  })

  test('in Swedish', async () => {
    const reader = await w.signedIn(await aUser(w.knex, swedish.authority, { language: 'sv' }))
    const page = await reader.visit('/requests')
    expect(page.h1).toBe('Min myndighets förfrågningar')
    expect(page.table('Förfrågningar')[0]).toMatchObject({ Senast: 'Besvaras om 11 dagar (tisdag 1 december)' })
  })
})

describe('long lists', () => {
  test('the file holds what the list shows, formulas defused', async () => {
    await name(latvian, '=cmd')
    const { status, headers, text } = await handler.request('GET', '/requests/csv?country=LV')
    expect([status, headers['content-disposition']]).toEqual([200, 'attachment; filename="requests-2026-11-20.csv"'])
    expect(text).toContain("'=cmd")
    const { heading, rows } = readCsv(text)
    expect(heading).toHaveLength(13)
    expect(rows.map(({ cells }) => nameOf(cells[0] ?? ''))).toEqual(['secret', 'urgent'])
    await name(latvian, 'Ministrija')
  })

  test('pages forth and back, none twice, and no more statements than for one row', async () => {
    const [from, to] = [await aSide(w.knex, { country: 'FI' }), await aSide(w.knex, { country: 'EE' })]
    const reader = await w.signedIn(from.handler)
    await aRequest(w.knex, { from, to, at: ago(1) })
    const one = await countQueries(w, () => reader.visit('/requests'))
    for (let n = 0; n < 29; n += 1)
      await aRequest(w.knex, n % 2 ? { from, to, at: ago(n) } : { from: to, to: from, at: ago(n) })
    expect(await countQueries(w, () => reader.visit('/requests'))).toBe(one)
    for (const sort of ['newest', 'due']) {
      const first = await reader.visit(`/requests?sort=${sort}`)
      expect(first.text).toContain('30')
      const second = await reader.visit(first.links.find(({ text }) => text.startsWith('Next'))?.href ?? '')
      const numbers = [...first.table(CAPTION), ...second.table(CAPTION)].map(row => row.Number)
      expect([new Set(numbers).size, second.table(CAPTION).length]).toEqual([30, 5])
      const back = await reader.visit(second.links.find(({ text }) => text.startsWith('Previous'))?.href ?? '')
      expect(back.table(CAPTION)).toEqual(first.table(CAPTION))
    }
    const { rows } = readCsv((await reader.request('GET', '/requests/csv')).text)
    expect(rows).toHaveLength(30)
  })
})
