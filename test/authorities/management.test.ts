import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, moment } from '../../src/platform/i18n/names.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aGrant, aUser } from '../support/factories.ts'
import { BUTTON, registration, swedishManager } from './registering.ts'

const STOCKHOLM = 'Europe/Stockholm'
const REQUESTS = 'services-requests'

let w: World
let nimic: AnAuthority
let manager: Someone
beforeAll(async () => {
  w = await world()
  ;({ nimic, someone: manager } = await swedishManager(w, { givenName: 'Maja', familyName: 'Lind' }))
})
afterAll(() => w.close())

describe('the tab Managing information', () => {
  test('names access managers, the validating authority and the administrators', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const member = await aUser(w.knex, authority, { givenName: 'Nils', familyName: 'Ek' })
    await aUser(w.knex, authority, { givenName: 'Ada', familyName: 'Alm', administrator: true, email: 'ada@alm.test' })
    await aUser(w.knex, authority, {
      givenName: 'Bo',
      familyName: 'Bok',
      administrator: true,
      deletedAt: w.clock.now(),
    })
    const page = await (await w.signedIn(member)).visit(`/authorities/${authority.id}/management`)
    expect(page.details()).toMatchObject({
      Status: 'Active',
      'Registered on': day('en', STOCKHOLM, new Date('2026-11-01T09:00:00Z')),
      'Validating authority': 'Samordningsverket',
    })
    expect(page.table('Access managers').map(row => row.Authority)).toEqual(['Samordningsverket'])
    expect(page.table('Users with administrator rights')).toEqual([
      { Name: 'Ada Alm', Contact: '+46 70 000 00 00 · ada@alm.test' },
    ])
    expect(page.headings).not.toContain('History of updates')
  })

  test('an authority whose modules are all suspended is suspended; a deactivated one says when it is deleted', async () => {
    const suspended = await anAuthority(w.knex)
    await aGrant(w.knex, suspended, REQUESTS, { status: 'suspended' })
    const partly = await anAuthority(w.knex)
    await aGrant(w.knex, partly, REQUESTS, { status: 'suspended' })
    await aGrant(w.knex, partly, 'services-alerts')
    const gone = await anAuthority(w.knex, { status: 'deactivated', deactivatedAt: new Date('2026-10-05T10:00:00Z') })
    const statusOf = async ({ id }: AnAuthority) =>
      (await manager.visit(`/authorities/${id}/management`)).details().Status
    expect(await statusOf(suspended)).toBe('Suspended')
    expect(await statusOf(partly)).toBe('Active')
    expect(await statusOf(gone)).toContain(
      `Will be deleted on ${day('en', STOCKHOLM, new Date('2027-04-05T10:00:00Z'))}`,
    )
  })

  test('others read who could let them in', async () => {
    const stranger = await w.signedIn(await aUser(w.knex, await anAuthority(w.knex)))
    const page = await stranger.visit(`/authorities/${nimic.id}/management`, { status: 403 })
    expect(page.h1).not.toBe('')
  })
})

describe('the history of updates', () => {
  test('says who did what and when, with the values, to managers and administrators', async () => {
    const entries = registration('Historik', { level: 'local', region: 'SE11', policyAreas: ['education'] })
    await (await manager.visit('/authorities/registration')).submit(BUTTON, entries)
    const { id } = (await w.knex('authorities').where({ official_name: 'Historikverket' }).first('id')) as {
      id: number
    }
    const user = (await w.knex('users').where({ authority_id: id }).first()) as { id: number; username: string }
    await w.knex('users').where({ id: user.id }).update({ password_temporary: false })
    const page = await (await w.signedIn(user)).visit(`/authorities/${id}/management`)
    expect(page.lang).toBe('sv')
    const read = await manager.visit(`/authorities/${id}/management`)
    expect(read.text).toContain('Maja Lind (Samordningsverket)')
    expect(read.text).toContain(moment('en', STOCKHOLM, w.clock.now()))
    expect(read.text).toContain(`Registered a user (no. ${user.id})`)
    for (const value of [
      'Official name (Swedish): Historikverket',
      'Level: Local',
      'Region: Stockholm',
      'Policy areas: Education',
    ])
      expect(read.text).toContain(value)
    expect(read.text).not.toContain(user.username)
  })

  test('names the module that was granted, and as what', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const [event] = await w
      .knex('audit_events')
      .insert(anEvent(authority, { event: 'grant.given', actor_authority_id: nimic.id }))
      .returning<{ id: string }[]>('id')
    const details = { module: REQUESTS, role: 'coordinator', settings: {}, keywords: [7] }
    await w.knex('audit_values').insert({ event_id: event?.id, details })
    const page = await manager.visit(`/authorities/${authority.id}/management`)
    expect(page.text).toContain('import (Samordningsverket) Granted a module Services – requests, as coordinator')
  })

  test('says in the reader’s words who acted without being a user; an old entry keeps the words it has', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const names = ['system:nightly', 'system:createAdmin', 'system:invited', 'nightly purge']
    await w.knex('audit_events').insert(names.map(actor_name => anEvent(authority, { actor_name })))
    const path = `/authorities/${authority.id}/management`
    const { text } = await manager.visit(path)
    for (const words of ['Nightly work of IMI', 'The operator of IMI', 'with the registration code', 'nightly purge'])
      expect(text).toContain(words)
    expect(text).not.toContain('system:')
    const swede = await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all', language: 'sv' })
    expect((await (await w.signedIn(swede)).visit(path)).text).toContain('IMI:s nattliga arbete')
  })

  test('is drawn in pages', async () => {
    const authority = await anAuthority(w.knex, { managers: [nimic] })
    const events = Array.from({ length: 30 }, (_, i) => anEvent(authority, { subject_id: 9000 + i }))
    await w.knex('audit_events').insert(events)
    const first = await manager.visit(`/authorities/${authority.id}/management`)
    expect(first.text).toContain('no. 9029')
    expect(first.text).not.toContain('no. 9004')
    const second = await first.follow('Next page')
    expect(second.text).toContain('no. 9004')
    await manager.visit(`/authorities/${authority.id}/management?after=nonsense`)
  })
})

const anEvent = (authority: AnAuthority, more: object) => ({
  at: w.clock.now(),
  event: 'user.registered',
  actor_id: null,
  actor_name: 'import',
  subject_type: 'user',
  subject_id: 9000,
  authority_id: authority.id,
  values_salt: 's',
  values_digest: 'd',
  ...more,
})
