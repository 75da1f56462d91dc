import { afterAll, beforeAll, expect, test } from 'vitest'
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
  expect(counts(page)).toEqual(['1', '1', '1', '1', '1', '1', '1', '1'])
  const hrefs = page.links.map(({ href }) => href)
  expect(hrefs).toEqual(
    expect.arrayContaining([
      '/managed-authorities?oneAdministrator=yes',
      '/managed-authorities?passwords=blocked',
      '/managed-authorities?passwords=expired',
      '/invitations?status=sent',
      `/authorities/${thin.id}/users`,
      `/authorities/${thin.id}/modules`,
      `/authorities/${loose.id}/modules`,
    ]),
  )
  const someone = await w.signedIn(await aUser(w.knex, manager, DATA_ADMINISTRATOR))
  const list = await someone.visit('/managed-authorities?passwords=expired')
  expect(list.links.map(({ text }) => text)).toContain('Ensamverket')
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
