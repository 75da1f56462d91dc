import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUTTON, registration } from '../authorities/registering.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import {
  aDelegation,
  aGrant,
  type AnAuthority,
  aNationalCoordinator,
  anAuthority,
  aUser,
  theCommission,
} from '../support/factories.ts'
import { DATA_ADMINISTRATOR, invited, QUALIFICATIONS, SERVICES } from './delegating.ts'

const REPLACE = 'Replace the national coordinator'
const FINNISH = { officialName_sv: '', officialName_fi: 'Yhteysvirasto', userLanguage: 'fi', languages: ['fi', 'sv'] }

let w: World
let commission: AnAuthority
let someone: Someone
let nimic: AnAuthority
beforeAll(async () => {
  w = await world()
  commission = await theCommission(w.knex)
  someone = await w.signedIn(await aUser(w.knex, commission, { administrator: true, imiAdministrator: true }))
  nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium', managers: [commission] })
})
afterAll(() => w.close())

const authorityOf = (id: number) => w.knex('authorities').where({ id }).first()
const managersOf = ({ id }: { id: number }) =>
  w.knex('authority_access_managers').where({ authority_id: id }).orderBy('manager_id').pluck('manager_id')
const modules = () =>
  w
    .knex('modules')
    .count('* as count')
    .first()
    .then(row => Number(row?.count))

test('the list: every country with its national coordinator or none, and what can be done', async () => {
  const page = await someone.visit('/national-coordinators')
  const rows = page.table('Countries and their national coordinators')
  expect(rows).toHaveLength(Number((await w.knex('countries').whereNot({ code: 'EU' }).count('* as count'))[0]?.count))
  expect(rows.find(row => row.Country === 'Sweden')).toMatchObject({ 'National coordinator': 'Kommerskollegium' })
  expect(rows.find(row => row.Country === 'Finland')).toMatchObject({ 'National coordinator': 'None' })
  expect(page.link('Rename Sweden').href).toBe(`/authorities/${nimic.id}/edit`)
  const rename = await page.follow('Rename Sweden')
  expect(rename.html).toContain('name="officialName_sv"')
  expect(page.link({ href: '/national-coordinators' }).href).toBe('/national-coordinators')
})

test('nobody but an IMI administrator', async () => {
  const visitor = await w.signedIn(await aUser(w.knex, nimic, DATA_ADMINISTRATOR))
  for (const path of [
    '/national-coordinators',
    '/national-coordinators/FI/registration',
    `/authorities/${nimic.id}/national-coordinator-replacement`,
    `/authorities/${nimic.id}/national-coordinator-replacement/registration`,
  ])
    await visitor.visit(path, { status: 403 })
  const agency = await anAuthority(w.knex)
  await someone.visit(`/authorities/${agency.id}/national-coordinator-replacement`, { status: 404 })
  for (const country of ['EU', 'ZZ', 'x'])
    await someone.visit(`/national-coordinators/${country}/registration`, { status: 404 })
})

describe('registering', () => {
  test('with its first user; every module as coordinator, the whole country from the first day', async () => {
    const list = await someone.visit('/national-coordinators')
    const form = await list.follow('Register Finland')
    expect(form.h1).toBe('Register the national coordinator of Finland')
    expect(form.text).not.toContain('Modules')
    const told = await form.submit(BUTTON, registration('Finn', FINNISH))
    expect(told.url).toMatch(/^\/users\/\d+\/username$/)
    const [row] = await w.knex('authorities').where({ country: 'FI' })
    expect(row).toMatchObject({ kind: 'national coordinator', validating_authority_id: commission.id })
    expect(await managersOf(row)).toEqual([commission.id])
    const grants = await w.knex('grants').where({ authority_id: row.id, role: 'coordinator', status: 'active' })
    expect(grants).toHaveLength(await modules())
    const user = await w.knex('users').where({ authority_id: row.id }).first()
    expect(user).toMatchObject({ administrator: true, data_administrator: 'all' })
    const roles = await w.knex('user_roles').where({ user_id: user.id }).distinct('module_id')
    expect(roles).toHaveLength(await modules())
    const events = await w.knex('audit_events').where({ authority_id: row.id }).pluck('event')
    expect(events).toContain('nationalCoordinator.registered')
    expect(events.filter(event => event === 'grant.given')).toHaveLength(await modules())
  })

  test('a country that has one keeps it', async () => {
    const form = await someone.visit('/national-coordinators/SE/registration')
    const refused = await form.submit(BUTTON, registration('Andra'), { status: 422 })
    expect(refused.text).toContain('This country has a national coordinator')
    expect(await w.knex('authorities').where({ country: 'SE', kind: 'national coordinator' })).toHaveLength(1)
  })
})

describe('replacing', () => {
  /** A country with everything that a national coordinator is to others. */
  async function aCountry(country: string) {
    const old = await aNationalCoordinator(w.knex, country, {
      officialName: `Old office ${country}`,
      managers: [commission],
    })
    const oldGrant = await aGrant(w.knex, old, SERVICES, { role: 'coordinator' })
    const oldUser = await aUser(w.knex, old, DATA_ADMINISTRATOR)
    const successor = await anAuthority(w.knex, { country, officialName: `New office ${country}`, managers: [old] })
    await aGrant(w.knex, successor, QUALIFICATIONS, { coordinators: [old] })
    const newUser = await aUser(w.knex, successor, { administrator: true })
    const manager = await anAuthority(w.knex, { country, managers: [old] })
    await aDelegation(w.knex, manager)
    const agency = await anAuthority(w.knex, { country, managers: [old] })
    const grant = await aGrant(w.knex, agency, SERVICES, { coordinators: [old] })
    return { old, oldGrant, oldUser, successor, newUser, manager, agency, grant }
  }

  const stepOf = (old: AnAuthority, successor: AnAuthority) =>
    someone.visit(`/authorities/${old.id}/national-coordinator-replacement?successor=${successor.id}`)

  test('by an existing authority: found by name, shown in numbers, everything moves in one act', async () => {
    const { old, oldGrant, oldUser, successor, newUser, manager, agency, grant } = await aCountry('DK')
    const visitor = await w.signedIn(newUser)
    await visitor.visit('/delegations', { status: 403 })
    const before = (await w.mails()).length
    await invited(w, { inviter: old, email: 'late@invited.test', modules: [SERVICES] })
    const page = await someone.visit(`/authorities/${old.id}/national-coordinator-replacement`)
    const found = await page.submit('Find the authority', { q: 'new office' })
    const shown = await found.submit('Continue', { successor: 'New office DK' })
    for (const words of [
      '3 authorities get the new national coordinator as access manager.',
      '1 module of another authority is linked to it as coordinator.',
      '1 access manager keeps its delegation.',
      '1 running invitation passes to it.',
      `${(await modules()) - 1} modules are granted to it`,
      'In 1 of its modules it becomes an active coordinator.',
      '1 user of the old national coordinator stops being data administrator.',
    ])
      expect(shown.text).toContain(words)
    const list = await shown.submit(REPLACE)
    expect(await w.knex('invitations').pluck('inviter_id')).toEqual([successor.id])
    expect(list.notice).toContain('New office DK is the national coordinator now')

    expect(await authorityOf(old.id)).toMatchObject({ kind: 'competent', validating_authority_id: successor.id })
    expect(await authorityOf(successor.id)).toMatchObject({
      kind: 'national coordinator',
      validating_authority_id: commission.id,
    })
    expect(await Promise.all([old, successor, agency, manager].map(managersOf))).toEqual([
      [successor.id],
      [commission.id],
      [successor.id],
      [successor.id],
    ])
    const linked = await w.knex('grant_coordinators').where({ grant_id: grant.id }).pluck('coordinator_id')
    expect(linked).toEqual([successor.id])
    expect(await w.knex('grants').where({ id: oldGrant.id }).first()).toMatchObject({ role: 'coordinator' })
    const coordinated = await w.knex('grants').where({ authority_id: successor.id, role: 'coordinator' })
    expect(coordinated).toHaveLength(await modules())
    expect(await w.knex('users').whereIn('id', [oldUser.id, newUser.id]).orderBy('id')).toMatchObject([
      { data_administrator: 'none' },
      { data_administrator: 'all' },
    ])
    await visitor.visit('/delegations')
    const mails = (await w.mails()).slice(before)
    expect(mails.map(({ template, to_address }) => [template, to_address])).toEqual(
      [oldUser.email, newUser.email, manager.email].map(to => ['access/national-coordinator-replaced', to]),
    )
    const events = await w.knex('audit_events').whereLike('event', 'nationalCoordinator.%').pluck('authority_id')
    expect(events).toEqual(expect.arrayContaining([old.id, successor.id]))
  })

  test('an access manager as successor: its delegation ends, what it had of record stays', async () => {
    const { old, manager } = await aCountry('IE')
    const own = await anAuthority(w.knex, { country: 'IE', managers: [manager, old] })
    const shown = await stepOf(old, manager)
    expect(shown.text).toContain('The delegation that it has ends')
    await shown.submit(REPLACE)
    expect(await w.knex('delegations').where({ authority_id: manager.id })).toEqual([])
    expect(await managersOf(own)).toEqual([manager.id])
  })

  test('by an authority that is registered in the same act', async () => {
    const { old, agency } = await aCountry('FR')
    const page = await someone.visit(`/authorities/${old.id}/national-coordinator-replacement`)
    const shown = await page.follow('Register a new authority')
    expect(shown.text).toContain('3 authorities get the new national coordinator as access manager.')
    const form = await shown.follow('Go on to the registration')
    const { officialName_sv: _swedish, ...entries } = registration('Nouveau', { officialName_fr: 'Bureau nouveau' })
    await form.submit(BUTTON, entries)
    const row = await w.knex('authorities').where({ country: 'FR', kind: 'national coordinator' }).first()
    expect(row).toMatchObject({ official_name: 'Bureau nouveau', validating_authority_id: commission.id })
    expect(await managersOf(agency)).toEqual([row.id])
  })

  test('two at once: one replaces, the other is told; the country has one', async () => {
    const { old, successor, agency } = await aCountry('PT')
    const [one, other] = [await stepOf(old, successor), await stepOf(old, agency)]
    await one.submit(REPLACE)
    await other.submit(REPLACE, {}, { status: 404 })
    expect(await w.knex('authorities').where({ country: 'PT', kind: 'national coordinator' })).toHaveLength(1)
  })

  test('numbers that changed are shown again; an authority abroad or deactivated is none', async () => {
    const { old, successor } = await aCountry('LV')
    const shown = await stepOf(old, successor)
    await anAuthority(w.knex, { country: 'LV', managers: [old] })
    const again = await shown.submit(REPLACE, {}, { status: 422 })
    expect(again.text).toContain('4 authorities get')
    for (const wrong of [
      await anAuthority(w.knex, { country: 'DK' }),
      await anAuthority(w.knex, { country: 'LV', status: 'deactivated' }),
      old,
    ])
      expect((await stepOf(old, wrong)).text).toContain('Select an active authority of the same country')
    await again.submit(REPLACE, {}, { forged: { successor: String(old.id) }, status: 422 })
    expect(await authorityOf(old.id)).toMatchObject({ kind: 'national coordinator' })
  })
})
