import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { days } from '../../src/platform/clock.ts'
import { moment } from '../../src/platform/i18n/names.ts'
import { swedishManager } from '../authorities/registering.ts'
import { world, type World } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import type { Someone } from '../support/browser.ts'
import type { Page } from '../support/page.ts'
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

describe('the list can be narrowed and sorted', () => {
  const names = (page: Page) => page.table('Users of the authority').map(row => row.Name?.split(' ')[1])
  let own: AnAuthority
  let someone: Someone
  beforeAll(async () => {
    own = await anAuthority(w.knex)
    const seen = { signedInAt: ago(1), passwordSetAt: ago(1) }
    someone = await w.signedIn(await aUser(w.knex, own, { familyName: 'A', administrator: true, ...seen }))
    await aUser(w.knex, own, { familyName: 'B', signedInAt: null, passwordTemporary: true, passwordSetAt: ago(20) })
    await aUser(w.knex, own, { familyName: 'C', passwordSetAt: ago(1), signedInAt: null })
    await aUser(w.knex, own, { familyName: 'D', passwordSetAt: ago(190), signedInAt: ago(9) })
    await aUser(w.knex, own, { familyName: 'E', blockedAt: ago(1), signedInAt: ago(3) })
  })

  test('by status and by password problems', async () => {
    const page = await someone.visit(`/authorities/${own.id}/users`)
    const fresh = await page.submit('Search', { status: 'New' })
    expect(names(fresh)).toEqual(['B', 'C'])
    const problems = await page.submit('Search', { problems: 'yes' })
    expect(names(problems)).toEqual(['B', 'D', 'E'])
    const both = await page.submit('Search', { status: 'Active', problems: 'yes' })
    expect(names(both)).toEqual(['D', 'E'])
    const none = await someone.visit(`/authorities/${authority.id}/users?status=new&problems=nope`, { status: 403 })
    expect(none.status).toBe(403)
    expect(names(await someone.visit(`/authorities/${own.id}/users?status=odd&sort=odd&problems=odd`))).toHaveLength(5)
  })

  test('by last sign-in, the latest first, page by page', async () => {
    const page = await (await someone.visit(`/authorities/${own.id}/users`)).follow('Last sign-in')
    expect(names(page)).toEqual(['A', 'E', 'D', 'B', 'C'])
    const back = await page.follow('Name')
    expect(names(back)).toEqual(['A', 'B', 'C', 'D', 'E'])
    const many = await anAuthority(w.knex)
    const reader = await w.signedIn(await aUser(w.knex, many, { administrator: true }))
    for (let i = 0; i < 27; i += 1) await aUser(w.knex, many, { signedInAt: i % 3 === 0 ? null : ago(i) })
    const first = await reader.visit(`/authorities/${many.id}/users?sort=lastSignIn`)
    const second = await first.follow('Next page')
    expect([...names(first), ...names(second)]).toHaveLength(28)
    expect(new Set([...names(first), ...names(second)]).size).toBe(28)
  })

  test('leads to each user, and to the form for a new one', async () => {
    const page = await someone.visit(`/authorities/${own.id}/users`)
    expect((await page.follow('Kim D')).h1).toBe('Kim D')
    expect((await page.follow('Register a user')).h1).toContain('Register a user')
  })

  test('costs the same with one user and with 26', async () => {
    const [small, large] = [await anAuthority(w.knex), await anAuthority(w.knex)]
    const readers = await Promise.all(
      [small, large].map(async one => w.signedIn(await aUser(w.knex, one, { administrator: true }))),
    )
    for (let i = 0; i < 25; i += 1)
      await aUser(w.knex, large, { roles: { 'services-requests': ['handler', 'allocator'] } })
    const cost = (i: number, { id }: AnAuthority) =>
      countQueries(w, () => readers[i]!.visit(`/authorities/${id}/users`))
    expect(await cost(1, large)).toBe(await cost(0, small))
  })
})
