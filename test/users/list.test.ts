import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { days } from '../../src/platform/clock.ts'
import { moment } from '../../src/platform/i18n/names.ts'
import { swedishManager } from '../authorities/registering.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, anAuthority, aUser } from '../support/factories.ts'

const STOCKHOLM = 'Europe/Stockholm'

let w: World
let authority: AnAuthority
let manager: Someone
beforeAll(async () => {
  w = await world()
  const { nimic, someone } = await swedishManager(w)
  manager = someone
  authority = await anAuthority(w.knex, { managers: [nimic] })
})
afterAll(() => w.close())

const ago = (count: number) => new Date(w.clock.now().getTime() - days(count))
const listOf = async (someone: Someone, { id }: { id: number }) =>
  (await someone.visit(`/authorities/${id}/users`)).table('Users of the authority')

describe('the tab Users', () => {
  test('says of each user status, password, last sign-in and roles', async () => {
    await aUser(w.knex, authority, {
      familyName: 'A',
      signedInAt: null,
      passwordTemporary: true,
      passwordSetAt: ago(13),
      administrator: true,
    })
    await aUser(w.knex, authority, {
      familyName: 'B',
      signedInAt: null,
      passwordTemporary: true,
      passwordSetAt: ago(14),
    })
    await aUser(w.knex, authority, {
      familyName: 'C',
      passwordSetAt: ago(100),
      roles: { 'services-requests': ['handler', 'allocator'] },
    })
    await aUser(w.knex, authority, { familyName: 'D', passwordSetAt: ago(190) })
    await aUser(w.knex, authority, { familyName: 'E', blockedAt: ago(1) })
    await aUser(w.knex, authority, { familyName: 'F', deletedAt: ago(1) })
    const rows = await listOf(manager, authority)
    expect(rows.map(row => [row.Status, row.Password, row.Roles])).toEqual([
      ['New', 'Temporary', 'Administrator'],
      ['New', 'Temporary, expired', 'Basic user'],
      ['Active', 'Valid', 'Services – requests: allocator, request handler'],
      ['Active', 'Expired', 'Basic user'],
      ['Active', 'Blocked', 'Basic user'],
    ])
    expect(rows[0]?.['Last sign-in']).toBe('Never')
    expect(rows[2]?.['Last sign-in']).toBe(moment('en', STOCKHOLM, new Date('2026-11-01T09:00:00Z')))
  })

  test('says what became of the last password mail', async () => {
    const { id } = await anAuthority(w.knex)
    const users = await Promise.all(['A', 'B', 'C'].map(familyName => aUser(w.knex, { id }, { familyName })))
    const mail = (user: { id: number }, more: object) => ({
      message_id: crypto.randomUUID(),
      created_at: ago(2),
      next_attempt_at: ago(2),
      to_address: 'person@people.test',
      language: 'en',
      template: 'users/temporary-password',
      path: '/',
      about_type: 'user',
      about_id: user.id,
      ...more,
    })
    await w
      .knex('emails')
      .insert([
        mail(users[0]!, { state: 'sent', sent_at: ago(2) }),
        mail(users[0]!, { state: 'refused', last_error: '550 no such mailbox' }),
        mail(users[0]!, { template: 'passwords/changed' }),
        mail(users[1]!, { state: 'sent', sent_at: ago(1) }),
      ])
    const mails = (await listOf(manager, { id })).map(row => row['Last password mail'])
    expect(mails[0]).toContain('Refused by the mail server')
    expect(mails[0]).toContain('550 no such mailbox')
    expect(mails[1]).toContain('Sent')
    expect(mails[1]).toContain(moment('en', STOCKHOLM, ago(1)))
    expect(mails[2]).toBe('None')
  })

  test('is for its administrators and managers; a member reads who could let them in', async () => {
    const own = await anAuthority(w.knex)
    const member = await w.signedIn(await aUser(w.knex, own, { username: 'member01' }))
    const administrator = await w.signedIn(await aUser(w.knex, own, { administrator: true }))
    const refused = await member.visit(`/authorities/${own.id}/users`, { status: 403 })
    expect(refused.text).not.toContain('member01')
    expect(await listOf(administrator, own)).toHaveLength(2)
    await administrator.visit(`/authorities/${authority.id}/users`, { status: 403 })
  })

  test('reads in Swedish, in pages', async () => {
    const own = await anAuthority(w.knex)
    const administrator = await aUser(w.knex, own, { familyName: 'Zz', administrator: true, language: 'sv' })
    for (let i = 10; i < 36; i += 1) await aUser(w.knex, own, { familyName: `N${i}` })
    const first = await (await w.signedIn(administrator)).visit(`/authorities/${own.id}/users`)
    expect(first.table('Myndighetens användare')).toHaveLength(25)
    const second = await first.follow('Nästa sida')
    expect(second.table('Myndighetens användare')).toHaveLength(2)
  })
})
