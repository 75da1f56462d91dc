import { afterAll, beforeAll, expect, test } from 'vitest'
import { change } from '../../src/platform/db/change.ts'
import { type World, world } from '../support/app.ts'
import { countQueries } from '../support/count-queries.ts'
import { contentOf, readBytes, squeezed } from '../platform/documents.ts'
import {
  aDelegation,
  aGrant,
  type AnAuthority,
  anAuthority,
  aNationalCoordinator,
  aUser,
  moduleId,
  theCommission,
} from '../support/factories.ts'

const MODULE = 'professional-qualifications-requests'
const NAME = 'Professional qualifications – requests'

let w: World
let national: AnAuthority
let manager: AnAuthority
let commission: AnAuthority
beforeAll(async () => {
  w = await world()
  commission = await theCommission(w.knex)
  national = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  manager = await anAuthority(w.knex, { officialName: 'Socialstyrelsen' })
  await aDelegation(w.knex, manager, { modules: [MODULE] })
})
afterAll(() => w.close())

const PATH = '/profile/rights'

test('a handler reads what the role lets them do, who gave it, and who can give more', async () => {
  const authority = await anAuthority(w.knex, { managers: [manager] })
  const { id } = await aGrant(w.knex, authority, MODULE, { coordinators: [national] })
  await w.knex('grants').where({ id }).update({ granted_by: manager.id })
  const giver = await aUser(w.knex, authority, { administrator: true, givenName: 'Astrid', familyName: 'Ek' })
  const user = await aUser(w.knex, authority, { roles: { [MODULE]: ['handler'] } })
  await w.knex('user_roles').where({ user_id: user.id }).update({ given_by: giver.id, given_at: w.clock.now() })
  const page = await (await w.signedIn(user)).visit(PATH)
  expect(page.headings).toContain(NAME)
  const details = page.details()
  expect(details['Request handler']).toContain('Sends and answers requests')
  expect(details['Request handler']).toContain(`Given by Astrid Ek (${authority.officialName}) on 20 November 2026.`)
  expect(details['My authority is']).toBe('Authority Given by Socialstyrelsen on 1 November 2026.')
  expect(page.link('Kommerskollegium').href).toBe(`/authorities/${national.id}`)
  expect(page.headings).toContain('A role in a module, or the right of an administrator')
  expect(page.text).toContain(`Astrid Ek (administrator of your authority), ${giver.email}`)
  expect(page.text).toContain('Socialstyrelsen (access manager)')
  expect(page.text).toContain('Kommerskollegium (national coordinator)')
})

test('whoever gave a right is named as the person who had the user record then', async () => {
  const authority = await anAuthority(w.knex)
  await aGrant(w.knex, authority, MODULE)
  const giver = await aUser(w.knex, authority, { administrator: true, givenName: 'Nya', familyName: 'Namnet' })
  const user = await aUser(w.knex, authority, { roles: { [MODULE]: ['handler'] } })
  const given_at = new Date('2026-11-10T09:00:00Z')
  await w.knex('user_roles').where({ user_id: user.id }).update({ given_by: giver.id, given_at })
  const former = { user_id: giver.id, given_name: 'Förra', family_name: 'Personen' }
  await w.knex('former_people').insert({ ...former, until: new Date('2026-11-15T09:00:00Z') })
  const details = (await (await w.signedIn(user)).visit(PATH)).details()
  expect(details['Request handler']).toContain('Given by Förra Personen')
})

test('roles that came with the module say so; those one lacks are named', async () => {
  const authority = await anAuthority(w.knex)
  const { moduleId: module_id } = await aGrant(w.knex, authority, MODULE, { role: 'coordinator', status: 'suspended' })
  const giver = await aUser(w.knex, manager, { givenName: 'Nils', familyName: 'Al' })
  const user = await aUser(w.knex, authority, { administrator: true, roles: { [MODULE]: ['approver'] } })
  const [grant] = await w.knex('grants').where({ authority_id: authority.id, module_id })
  await w.knex('user_roles').where({ user_id: user.id }).update({ given_by: giver.id, given_at: grant.granted_at })
  const page = await (await w.signedIn(user)).visit(PATH)
  const details = page.details()
  expect(details.Approver).toContain('together with the module, from Nils Al (Socialstyrelsen), on 1 November 2026.')
  expect(details['Roles that you do not have']).toBe('Request handler Referee')
  expect(page.text).toContain('Suspended')
  expect(page.link('Users of my authority').href).toBe(`/authorities/${authority.id}/users`)
  expect(page.headings).not.toContain('A role in a module, or the right of an administrator')
})

test('an administrator of an access manager reads where, for which modules and since when they manage', async () => {
  const user = await aUser(w.knex, manager, { administrator: true, dataAdministrator: 'all' })
  const page = await (await w.signedIn(user)).visit(PATH)
  const details = page.details()
  expect(details['Data administrator']).toContain(`Where: Sweden. Modules: ${NAME}.`)
  expect(details['Data administrator']).toContain('by the national coordinator (Sweden). Since 1 November 2026.')
  expect(details.Administrator).toContain('It is not recorded who gave this.')
  expect(page.headings).not.toContain('The right to register and manage other authorities')
})

test('who is no data administrator turns to the own administrators, where these are', async () => {
  await aUser(w.knex, manager, { administrator: true, dataAdministrator: 'all', givenName: 'Rut', familyName: 'Aa' })
  const page = await (await w.signedIn(await aUser(w.knex, manager))).visit(PATH)
  expect(page.headings).toContain('The right to register and manage other authorities')
  expect(page.text.split('The right to register').at(-1)).toContain('Rut Aa (administrator of your authority)')
})

test('the history says who registered somebody and made them administrator', async () => {
  const giver = await aUser(w.knex, national, { familyName: 'Dahl' })
  const authority = await anAuthority(w.knex)
  const user = await aUser(w.knex, authority, { administrator: true })
  const party = { id: giver.id, authorityId: national.id, name: giver.name }
  const subject = { type: 'user', id: user.id, authorityId: authority.id }
  await change({ db: w.db.app, clock: w.clock, keys: w.config.keys }, party, c =>
    c.record('user.registered', subject, { administrator: true }),
  )
  const details = (await (await w.signedIn(user)).visit(PATH)).details()
  expect(details['Basic user']).toContain('You were registered by Kim Dahl (Kommerskollegium) on 20 November 2026.')
  expect(details.Administrator).toContain('Given by Kim Dahl (Kommerskollegium) on 20 November 2026.')
})

test('the national coordinator and the Commission have theirs by themselves', async () => {
  const nic = await aUser(w.knex, national, { administrator: true, dataAdministrator: 'all' })
  const page = await (await w.signedIn(nic)).visit(PATH)
  expect(page.details()['Data administrator']).toContain('Where: Sweden. Modules: all.')
  expect(page.details()['Data administrator']).toContain('its administrators have this right by themselves')
  expect(page.text).toContain('European Commission (European Commission)')
  const admin = await aUser(w.knex, commission, { administrator: true, imiAdministrator: true })
  const theirs = await (await w.signedIn(admin)).visit(PATH)
  expect(theirs.details()['IMI administrator']).toContain('You register and manage the national coordinators.')
})

test('a page of many modules asks as often as one of none', async () => {
  const [few, many] = [await anAuthority(w.knex), await anAuthority(w.knex)]
  const [one, other] = [await w.signedIn(await aUser(w.knex, few)), await w.signedIn(await aUser(w.knex, many))]
  for (const { code } of await w.knex('modules').select<{ code: string }[]>('code')) await aGrant(w.knex, many, code)
  expect(await moduleId(w.knex, MODULE)).toBeGreaterThan(0)
  const count = await countQueries(w, () => one.visit(PATH))
  expect(await countQueries(w, () => other.visit(PATH))).toBe(count)
})

test('the rights can be printed, on a page made for it and as a PDF that says the same', async () => {
  const authority = await anAuthority(w.knex, { officialName: 'Södra skolnämnden' })
  await aGrant(w.knex, authority, MODULE, { coordinators: [national] })
  const reader = await w.signedIn(await aUser(w.knex, authority, { roles: { [MODULE]: ['handler'] } }))
  const page = await (await reader.visit(PATH)).follow('Print')
  expect(page.headings).toEqual(['For all modules', 'Module by module', NAME])
  expect(page.text).toContain(`Printed by Kim`)
  const { headers, body } = await reader.visit('/profile/rights/report/pdf', { type: 'application/pdf' })
  expect(headers['content-disposition']).toContain('What I may do and who gave it to me.pdf')
  const { pages, info } = await readBytes(body)
  expect(info).toMatchObject({ Title: 'What I may do and who gave it to me', Language: 'en' })
  const said = contentOf(pages)
  for (const words of ['Request handler', 'Kommerskollegium', NAME]) expect(said).toContain(squeezed(words))
  expect(pages[0]?.aside.map(({ text }) => text).join(' ')).toMatch(
    /Printed by Kim .* \(Södra skolnämnden\).*Page 1 of 1/,
  )
  expect(pages[0]?.parts.filter(({ lang }) => lang === 'sv')).toHaveLength(1)
})
