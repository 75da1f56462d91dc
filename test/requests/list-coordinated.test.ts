import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { World } from '../support/app.ts'
import { anAuthority, aUser } from '../support/factories.ts'
import { CAPTION, listing, type Listing } from './listing.ts'

let w: World
let swedish: Listing['swedish'], danish: Listing['danish'], latvian: Listing['latvian']
let ago: Listing['ago'], found: Listing['found']
beforeAll(async () => {
  ;({ w, swedish, danish, latvian, ago, found } = await listing())
})
afterAll(() => w.close())

describe('what coordinators and observers see', () => {
  test('requests for which I am coordinator: no drafts of theirs, the responder’s only once sent', async () => {
    const coordinator = await w.signedIn(swedish.coordinatorBasic)
    expect(await found(coordinator, '/requests/coordinated')).toEqual([
      'secret',
      'overdue',
      'working',
      'urgent',
      'late',
      'fresh',
      'approval',
    ])
    expect(await found(coordinator, '/requests')).toEqual([])
    const abroad = await w.signedIn(danish.coordinatorBasic)
    expect(await found(abroad, '/requests/coordinated')).toEqual(['closed', 'overdue', 'working', 'late', 'fresh'])
    const [row] = (await abroad.visit('/requests/coordinated?q=minist')).table(CAPTION)
    expect(row).toMatchObject({
      'Requesting authority': 'Ministrija Latvia',
      'Responding authority': 'Sundhedsstyrelsen Denmark',
    })
  })

  test('the other side’s coordinator never learns of a reply in approval', async () => {
    const reader = await w.signedIn(latvian.coordinatorBasic)
    expect(await found(reader, '/requests/coordinated?status=accepted')).toEqual(['secret'])
    expect(await found(reader, '/requests/coordinated?status=reply+awaiting+approval')).toEqual([])
    const own = await w.signedIn(swedish.coordinatorBasic)
    expect(await found(own, '/requests/coordinated?status=reply+awaiting+approval')).toEqual(['secret'])
  })

  test('the urgent list: late ones only, longest late first', async () => {
    const coordinator = await w.signedIn(swedish.coordinatorBasic)
    expect(await found(coordinator, '/requests/urgent')).toEqual(['late', 'urgent', 'overdue'])
    expect(await found(coordinator, '/requests/urgent?sort=newest')).toEqual(['overdue', 'urgent', 'late'])
    expect(await found(await w.signedIn(swedish.handler), '/requests/urgent')).toEqual([])
  })

  test('content words find nothing for who sees the overview', async () => {
    expect(await found(await w.signedIn(swedish.coordinatorBasic), '/requests/coordinated?q=timmarna')).toEqual([])
  })

  test('linked authorities: what is sent, until the link ends', async () => {
    const observer = await anAuthority(w.knex, { country: 'SE' })
    const reader = await w.signedIn(await aUser(w.knex, observer))
    expect(await found(reader, '/requests/linked')).toEqual([])
    await w
      .knex('linked_authorities')
      .insert({ authority_id: swedish.authority.id, observer_id: observer.id, since: ago(1) })
    expect(await found(reader, '/requests/linked')).toEqual(['secret', 'overdue', 'working', 'urgent', 'late', 'fresh'])
    await w.knex('linked_authorities').where({ observer_id: observer.id }).delete()
    expect(await found(reader, '/requests/linked')).toEqual([])
  })

  test('a coordinator linked later finds what there was before; unlinked, nothing', async () => {
    const late = await anAuthority(w.knex, { country: 'DK' })
    const reader = await w.signedIn(await aUser(w.knex, late))
    const [grant] = await w.knex('grants').where({ authority_id: danish.authority.id }).pluck<number[]>('id')
    await w.knex('grant_coordinators').insert({ grant_id: grant, coordinator_id: late.id })
    expect(await found(reader, '/requests/coordinated')).toHaveLength(5)
    await w.knex('grant_coordinators').where({ coordinator_id: late.id }).delete()
    expect(await found(reader, '/requests/coordinated')).toEqual([])
  })
})
