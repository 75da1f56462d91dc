import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import {
  aDelegation,
  aGrant,
  aNationalCoordinator,
  anAuthority,
  type AnAuthority,
  anInvitation,
  aUser,
} from '../support/factories.ts'

const DATA_ADMINISTRATOR = { administrator: true, dataAdministrator: 'all' } as const
const QUALIFICATIONS = 'professional-qualifications-requests'

let w: World
let nimic: AnAuthority
let manager: AnAuthority
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE')
  manager = await anAuthority(w.knex, { managers: [nimic], officialName: 'Åtkomstverket' })
  await aDelegation(w.knex, manager)
})
afterAll(() => w.close())

const open = async (authority: AnAuthority) =>
  (await w.signedIn(await aUser(w.knex, authority, DATA_ADMINISTRATOR))).visit('/housekeeping')

type Housekeeping = Awaited<ReturnType<typeof open>>
const counts = (page: Housekeeping) => page.table('To put in order').map(row => row['How many'])

test('everything is counted of what the reader manages of record, and of nothing else', async () => {
  expect(counts(await open(manager))).toEqual(['0', '0', '0', '0', '0', '0', '0', '0'])
  const thin = await anAuthority(w.knex, { officialName: 'Ensamverket', managers: [manager] })
  await aUser(w.knex, thin, { administrator: true, signedInAt: null })
  await aUser(w.knex, thin, { blockedAt: w.clock.now() })
  await aUser(w.knex, thin, { passwordSetAt: new Date('2026-01-01T09:00:00Z') })
  await aUser(w.knex, thin, { signedInAt: null, deletedAt: w.clock.now() })
  const titled = { managers: [manager], titles: { en: 'Loose Board' }, officialName: 'Lösverket' }
  const loose = await anAuthority(w.knex, titled)
  await aGrant(w.knex, loose, QUALIFICATIONS)
  const sentAt = new Date(w.clock.now().getTime() - 27 * 86_400_000)
  await anInvitation(w.knex, manager, { sentAt })
  await anAuthority(w.knex, { managers: [nimic] })
  await anAuthority(w.knex, { country: 'DK' })

  const page = await open(manager)
  expect(counts(page)).toEqual(['1', '1', '1', '1', '1', '1', '1', '2'])
  const hrefs = page.links.map(({ href }) => href)
  expect(hrefs).toEqual(
    expect.arrayContaining([
      '/invitations?expiring=yes',
      `/authorities/${thin.id}/users`,
      `/authorities/${thin.id}/modules`,
      `/authorities/${loose.id}/modules`,
    ]),
  )
})

test('an authority that is not in use is nobody’s work', async () => {
  const before = counts(await open(manager))
  const gone = await anAuthority(w.knex, { status: 'deactivated', managers: [manager] })
  await aUser(w.knex, gone, { administrator: true, signedInAt: null })
  const waiting = await anAuthority(w.knex, { status: 'to validate', managers: [manager] })
  await aUser(w.knex, waiting, { administrator: true, signedInAt: null })
  expect(counts(await open(manager))).toEqual(before)
})

test('an informal title in all languages is complete, in all but one it is not', async () => {
  const before = Number(counts(await open(manager))[7])
  const { rows } = await w.knex.raw<{ rows: { language: string }[] }>(
    'select distinct unnest(languages) as language from countries',
  )
  const titles = Object.fromEntries(rows.map(({ language }) => [language, `Titel ${language}`]))
  await aGrant(w.knex, await anAuthority(w.knex, { managers: [manager], titles }), QUALIFICATIONS)
  expect(Number(counts(await open(manager))[7])).toBe(before)
  const { mt: _, ...others } = titles
  await anAuthority(w.knex, { managers: [manager], titles: others })
  expect(Number(counts(await open(manager))[7])).toBe(before + 1)
})

describe.each(['yes', 'no'])('Only my authorities: %s', mine => {
  test('the list behind a number shows the authorities that are counted, and no others', async () => {
    const far = await anAuthority(w.knex, { officialName: 'Fjärran', managers: [nimic] })
    await aUser(w.knex, far, { administrator: true, signedInAt: null })
    const someone = await w.signedIn(await aUser(w.knex, nimic, DATA_ADMINISTRATOR))
    const page = await someone.visit(`/housekeeping?mine=${mine}`)
    expect(page.values('Search')).toMatchObject({ mine })
    const lists = page.links.filter(({ href }) => href.startsWith('/managed-authorities?'))
    const listed = page.table('To put in order').filter(row => row['How many'] !== '0' && row.Where !== '')
    expect(listed.length).toBeGreaterThan(3)
    for (const row of listed) {
      // In this world every user and every module that is counted is at an authority of its own.
      const { href } = lists.find(({ text }) => row['What should not stay so']?.startsWith(text))!
      const behind = await someone.visit(href)
      expect([href, behind.table('Authorities found').length]).toEqual([href, Number(row['How many'])])
      expect(behind.values('Search')).toMatchObject({ mine, status: 'inUse' })
    }
  })
})

test('the whole country is counted when one asks for it; its people only where one may see them', async () => {
  const delegated = await anAuthority(w.knex, { managers: [nimic] })
  await aDelegation(w.knex, delegated, { modules: ['services-requests'] })
  const own = await w.signedIn(await aUser(w.knex, delegated, DATA_ADMINISTRATOR))
  expect(counts(await own.visit('/housekeeping')).slice(0, 7)).toEqual(['0', '0', '0', '0', '0', '0', '0'])
  const wide = counts(await own.visit('/housekeeping?mine=no'))
  // Of people, its own only.
  expect(wide.slice(0, 4)).toEqual(['1', '0', '0', '0'])
  expect(Number(wide[4])).toBeGreaterThan(0)
  const all = counts(
    await (await w.signedIn(await aUser(w.knex, nimic, DATA_ADMINISTRATOR))).visit('/housekeeping?mine=no'),
  )
  expect(Number(all[1])).toBeGreaterThan(1)
})

test('it is one statement, however much there is', async () => {
  const someone = await w.signedIn(await aUser(w.knex, manager, DATA_ADMINISTRATOR))
  const statements: string[] = []
  w.db.app.on('query', ({ sql }: { sql: string }) => statements.push(sql))
  await someone.visit('/housekeeping')
  expect(statements.filter(sql => sql.includes('noCoordinator'))).toHaveLength(1)
  expect(statements.filter(sql => !/^(BEGIN|COMMIT)/i.test(sql)).length).toBeLessThanOrEqual(3)
})

test('an active coordinator linked to the module is enough', async () => {
  const own = await anAuthority(w.knex, { managers: [nimic] })
  await aDelegation(w.knex, own)
  const coordinator = await anAuthority(w.knex)
  const { id } = await aGrant(w.knex, coordinator, QUALIFICATIONS, { role: 'coordinator' })
  const authority = await anAuthority(w.knex, { managers: [own] })
  await aGrant(w.knex, authority, QUALIFICATIONS, { coordinators: [coordinator] })
  expect(counts(await open(own))[4]).toBe('0')
  await w.knex('grants').where({ id }).update({ status: 'suspended', suspended_at: w.clock.now() })
  expect(counts(await open(own))[4]).toBe('1')
})

test('who manages nobody is refused, and is not offered it', async () => {
  const someone = await w.signedIn(await aUser(w.knex, await anAuthority(w.knex), { administrator: true }))
  await someone.visit('/housekeeping', { status: 403 })
  expect((await someone.visit('/')).links.map(({ href }) => href)).not.toContain('/housekeeping')
})
