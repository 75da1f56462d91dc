import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { days } from '../../src/platform/clock.ts'
import { world, type World } from '../support/app.ts'
import {
  aDelegation,
  aGrant,
  aNationalCoordinator,
  anAuthority,
  aUser,
  type AnAuthority,
} from '../support/factories.ts'
import { night, nightsUntil } from './nightly.ts'

const REQUESTS = 'services-requests'

let w: World
let nimic: AnAuthority
beforeEach(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE', { email: 'nimic@authority.test' })
})
afterEach(() => w.close())

const isThere = async ({ id }: AnAuthority) => (await w.knex('authorities').where({ id })).length === 1
const warnings = async () =>
  (await w.mails())
    .filter(mail => mail.template === 'retention/deletion-warning')
    .map(mail => [mail.to_address, mail.values])
const deactivatedOn = (day: string, wishes = {}) =>
  anAuthority(w.knex, { status: 'deactivated', deactivatedAt: new Date(day), managers: [nimic], ...wishes })

describe('an authority that was deactivated', () => {
  test('is there for six calendar months, and gone the night after, with its users and settings', async () => {
    const authority = await deactivatedOn('2026-08-31T10:00:00Z', { officialName: 'Nattverket' })
    const user = await aUser(w.knex, authority, { administrator: true, givenName: 'Ebba', familyName: 'Ek' })
    await aGrant(w.knex, authority, REQUESTS, { status: 'suspended' })
    w.clock.set(new Date('2027-02-28T09:59:00Z'))
    await night(w)
    expect(await isThere(authority)).toBe(true)
    w.clock.set(new Date('2027-02-28T10:00:00Z'))
    await night(w)
    expect(await isThere(authority)).toBe(false)
    expect(await w.knex('users').where({ id: user.id })).toEqual([])
    expect(await w.knex('tombstones').select('authority_id', 'country', 'official_name', 'deleted_at')).toEqual([
      { authority_id: authority.id, country: 'SE', official_name: 'Nattverket', deleted_at: w.clock.now() },
    ])
  })

  test('leaves its history, with the names of its people for three years', async () => {
    const authority = await deactivatedOn('2026-05-01T10:00:00Z')
    const user = await aUser(w.knex, authority, { givenName: 'Ebba', familyName: 'Ek' })
    const event = { at: w.clock.now(), event: 'user.registered', subject_type: 'user', subject_id: user.id }
    const [row] = await w
      .knex('audit_events')
      .insert({ ...event, actor_id: user.id, values_salt: '', values_digest: '' })
      .returning<{ id: number }[]>('id')
    await w.knex('audit_values').insert({ event_id: row?.id, details: '{}' })
    await night(w)
    expect(await w.knex('deleted_people').select('user_id', 'family_name')).toEqual([
      { user_id: user.id, family_name: 'Ek' },
    ])
    w.clock.set(new Date('2029-11-21T09:00:00Z'))
    await night(w)
    expect(await w.knex('deleted_people')).toEqual([])
    expect(await w.knex('audit_values').where({ event_id: row?.id })).toEqual([])
    expect(await w.knex('audit_events').where({ id: row?.id })).toHaveLength(1)
  })

  test('is named in the history of others, its people for three years', async () => {
    const office = await deactivatedOn('2026-05-01T10:00:00Z', { officialName: 'Nattverket' })
    const user = await aUser(w.knex, office, { givenName: 'Ebba', familyName: 'Ek' })
    const kept = await anAuthority(w.knex, { managers: [nimic] })
    await w.knex('audit_events').insert({
      ...{ at: w.clock.now(), event: 'authority.confirmed', subject_type: 'authority', subject_id: kept.id },
      ...{ authority_id: kept.id, actor_id: user.id, actor_authority_id: office.id },
      ...{ values_salt: '', values_digest: '' },
    })
    await night(w)
    const reader = await aUser(w.knex, kept, { administrator: true })
    const historyOf = async () => (await (await w.signedIn(reader)).visit(`/authorities/${kept.id}/management`)).text
    expect(await historyOf()).toContain('Ebba Ek (Nattverket)')
    w.clock.set(new Date('2029-11-21T09:00:00Z'))
    await night(w)
    expect(await historyOf()).toContain('A user who has been deleted (Nattverket)')
  })

  test('is told of 30 and 7 days before, to the access managers of record, each once', async () => {
    const other = await anAuthority(w.knex, { email: 'other@authority.test' })
    await deactivatedOn('2026-11-20T09:00:00Z', { officialName: 'Nattverket', managers: [nimic, other] })
    await nightsUntil(w, '2027-05-12T09:00:00Z')
    const values = { authority: 'Nattverket', day: '20 maj 2027' }
    const both = [
      ['nimic@authority.test', values],
      ['other@authority.test', values],
    ]
    expect(await warnings()).toEqual(both)
    await nightsUntil(w, '2027-05-19T09:00:00Z')
    expect(await warnings()).toEqual([...both, ...both])
  })

  test('is not told of twice on one night when nights were missed', async () => {
    await deactivatedOn('2026-11-20T09:00:00Z')
    w.clock.set(new Date('2027-05-15T09:00:00Z'))
    await night(w)
    await night(w)
    expect(await warnings()).toHaveLength(1)
  })

  test('reactivated and deactivated again begins anew, with warnings of its own', async () => {
    const authority = await deactivatedOn('2026-11-20T09:00:00Z')
    await nightsUntil(w, '2027-05-18T09:00:00Z')
    expect(await warnings()).toHaveLength(2)
    await w.knex('authorities').where({ id: authority.id }).update({ status: 'active', deactivated_at: null })
    await nightsUntil(w, '2027-06-01T09:00:00Z')
    expect(await isThere(authority)).toBe(true)
    const again = { status: 'deactivated', deactivated_at: w.clock.now() }
    await w.knex('authorities').where({ id: authority.id }).update(again)
    await nightsUntil(w, '2027-11-30T09:00:00Z')
    expect([await isThere(authority), (await warnings()).length]).toEqual([true, 4])
    await nightsUntil(w, '2027-12-02T09:00:00Z')
    expect(await isThere(authority)).toBe(false)
  })

  test('passes what it still was to others to the national coordinator', async () => {
    const office = await deactivatedOn('2026-05-01T10:00:00Z')
    await aDelegation(w.knex, office)
    const managed = await anAuthority(w.knex, { managers: [office] })
    const grant = await aGrant(w.knex, managed, REQUESTS, { coordinators: [office] })
    await w.knex('grants').where({ id: grant.id }).update({ granted_by: office.id })
    const giver = await aUser(w.knex, office)
    const user = await aUser(w.knex, managed, { roles: { [REQUESTS]: ['handler'] } })
    await w.knex('user_roles').where({ user_id: user.id }).update({ given_by: giver.id })
    await night(w)
    expect(await isThere(office)).toBe(false)
    expect(await w.knex('authority_access_managers').where({ authority_id: managed.id }).pluck('manager_id')).toEqual([
      nimic.id,
    ])
    expect(await w.knex('grant_coordinators').where({ grant_id: grant.id }).pluck('coordinator_id')).toEqual([nimic.id])
    expect(await w.knex('user_roles').where({ user_id: user.id }).pluck('given_by')).toEqual([null])
  })

  test('takes the mails to its people with it', async () => {
    const authority = await deactivatedOn('2026-05-01T10:00:00Z')
    const user = await aUser(w.knex, authority)
    const mail = { created_at: w.clock.now(), next_attempt_at: w.clock.now(), language: 'en', path: '/' }
    const about = { to_address: user.email, template: 'passwords/changed', about_type: 'user', about_id: user.id }
    await w.knex('emails').insert({ ...mail, ...about, message_id: crypto.randomUUID() })
    await night(w)
    expect(await w.mails()).toEqual([])
  })

  test('the night says what it deleted, how many and why', async () => {
    const authority = await deactivatedOn('2026-05-01T10:00:00Z', { officialName: 'Nattverket' })
    await aUser(w.knex, authority)
    await night(w)
    const events = await w
      .knex('audit_events as e')
      .join('audit_values as v', 'v.event_id', 'e.id')
      .orderBy('e.id')
      .select('e.event', 'e.actor_name', 'e.subject_id', 'v.details')
    expect(events).toEqual([
      {
        event: 'authority.deleted',
        actor_name: 'system:nightly',
        subject_id: authority.id,
        details: { country: 'SE', officialName: 'Nattverket', deactivatedAt: '2026-05-01T10:00:00.000Z', users: 1 },
      },
      {
        event: 'retention.ran',
        actor_name: 'system:nightly',
        subject_id: 0,
        details: { rule: 'deleteAuthorities', count: 1, after: '6 months' },
      },
    ])
    expect(w.logged.join('\n')).toContain('"rule":"deleteAuthorities","done":1')
  })
})

describe('a night', () => {
  test('run twice does nothing more', async () => {
    await deactivatedOn('2026-05-01T10:00:00Z')
    await night(w)
    const before = await w.knex('audit_events').orderBy('id')
    await night(w)
    expect(await w.knex('audit_events').orderBy('id')).toEqual(before)
  })

  test('one record that fails does not hold up the others', async () => {
    const bad = await deactivatedOn('2026-05-01T10:00:00Z')
    const good = await deactivatedOn('2026-05-01T10:00:00Z')
    await w.knex.raw('create table holding_on (authority_id integer references authorities)')
    await w.knex('holding_on').insert({ authority_id: bad.id })
    await night(w)
    expect([await isThere(bad), await isThere(good)]).toEqual([true, false])
    expect(w.logged.join('\n')).toContain('a nightly rule failed')
    await w.knex('holding_on').delete()
    await night(w)
    expect(await isThere(bad)).toBe(false)
  })

  test('clears once-keys, visits and tasks that are over', async () => {
    const user = await aUser(w.knex, await anAuthority(w.knex))
    const at = w.clock.now()
    const old = (count: number) => new Date(at.getTime() - days(count))
    await w.knex('once_keys').insert([
      { key_hash: 'old', user_id: user.id, url: '/', at: old(8) },
      { key_hash: 'new', user_id: user.id, url: '/', at: old(6) },
    ])
    const visit = { user_id: user.id, stage: 'full' }
    await w.knex('sessions').insert([
      { ...visit, id_hash: 'old', created_at: old(1), seen_at: old(1) },
      { ...visit, id_hash: 'new', created_at: at, seen_at: at },
    ])
    const task = { kind: 'bulkGrant', user_id: user.id, parameters: '{}', asked_at: old(40) }
    await w.knex('tasks').insert([
      { ...task, back: '/old', finished_at: old(31) },
      { ...task, back: '/new', finished_at: old(29) },
      { ...task, back: '/running', finished_at: null },
    ])
    await night(w)
    expect(await w.knex('once_keys').pluck('key_hash')).toEqual(['new'])
    expect(await w.knex('sessions').pluck('id_hash')).toEqual(['new'])
    expect(await w.knex('tasks').orderBy('id').pluck('back')).toEqual(['/new', '/running'])
  })

  test('erases the names of people three years after they were deleted or replaced', async () => {
    const authority = await anAuthority(w.knex)
    const deleted = (day: string) => aUser(w.knex, authority, { deletedAt: new Date(day) })
    const long = await deleted('2023-11-20T08:00:00Z')
    const lately = await deleted('2023-11-20T10:00:00Z')
    const names = { given_name: 'Ada', family_name: 'Alm' }
    await w.knex('former_people').insert([
      { ...names, user_id: lately.id, until: new Date('2023-11-20T08:00:00Z') },
      { ...names, user_id: lately.id, until: new Date('2023-11-20T10:00:00Z') },
    ])
    await night(w)
    expect(await w.knex('users').whereIn('id', [long.id, lately.id]).pluck('id')).toEqual([lately.id])
    expect(await w.knex('former_people')).toHaveLength(1)
  })

  test('every reference to an authority or a person is cleared by itself or by the rule', async () => {
    const { rows } = await w.knex.raw(`
      select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) as line from pg_constraint
      where contype = 'f' and confrelid in ('authorities'::regclass, 'users'::regclass) and confdeltype in ('a', 'r') order by 1`)
    expect(rows.map(({ line }: { line: string }) => line)).toEqual([
      'authorities: FOREIGN KEY (validating_authority_id) REFERENCES authorities(id)',
      'authority_access_managers: FOREIGN KEY (manager_id) REFERENCES authorities(id)',
    ])
  })
})
