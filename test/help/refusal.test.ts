import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { turnTo } from '../../src/help/turn-to.ts'
import { loadTexts, offeredLanguages, translatorsOf } from '../../src/platform/i18n/i18n.ts'
import { policy, standings } from '../../src/policy.ts'
import { world, type World } from '../support/app.ts'
import {
  aDelegation,
  aNationalCoordinator,
  anAuthority,
  type AnAuthority,
  aUser,
  theCommission,
} from '../support/factories.ts'

let w: World
let nimic: AnAuthority
let manager: AnAuthority
let agency: AnAuthority
beforeAll(async () => {
  w = await world()
  await theCommission(w.knex)
  nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  manager = await anAuthority(w.knex, { officialName: 'Universitets- och högskolerådet', managers: [nimic] })
  await aDelegation(w.knex, manager)
  agency = await anAuthority(w.knex, { officialName: 'Socialstyrelsen', managers: [manager] })
  await aUser(w.knex, agency, { administrator: true, givenName: 'Astrid', familyName: 'Berg' })
  await aUser(w.knex, manager, { administrator: true, givenName: 'Nils', familyName: 'Holm' })
})
afterAll(() => w.close())

const REGISTRATION = '/managed-authorities'

async function refused(authority: AnAuthority, path: string, wishes: Parameters<typeof aUser>[2] = {}) {
  return (await w.signedIn(await aUser(w.knex, authority, wishes))).visit(path, { status: 403 })
}

describe('a refusal', () => {
  test('says which right is missing and who has it', async () => {
    const page = await refused(agency, REGISTRATION)
    expect(page.h1).toBe('You do not have this right')
    expect(page.text).toContain('You may not search the managed authorities.')
    expect(page.text).toContain('Only these people may do it: Data administrators of an access manager')
  })

  test('speaks the language of the reader', async () => {
    const page = await refused(agency, REGISTRATION, { language: 'sv' })
    expect([page.lang, page.h1]).toEqual(['sv', 'Du har inte rätt att göra detta'])
    expect(page.text).toContain('Du får inte söka bland administrerade myndigheter.')
  })

  test('sends a user of an authority that manages no other to the national coordinator', async () => {
    const page = await refused(agency, REGISTRATION)
    expect(page.headings).toEqual(['Who has this right', 'National coordinator: Sweden', 'Kommerskollegium'])
    expect(page.link(nimic.email).href).toBe(`mailto:${nimic.email}`)
    expect(page.text).not.toContain('Astrid')
  })

  test('sends a colleague of an access manager to the own administrators first', async () => {
    const page = await refused(manager, REGISTRATION)
    expect(page.headings.slice(1, 3)).toEqual(['Administrators of your authority', 'Nils Holm'])
    expect(page.text).not.toContain('Astrid')
  })

  test('sends nobody to themselves: above the national coordinator stands the Commission', async () => {
    const page = await refused(nimic, REGISTRATION)
    expect(page.headings).toContain('European Commission')
    expect(page.headings).not.toContain('Kommerskollegium')
  })

  test('tells users of a deactivated authority who can reactivate it', async () => {
    const closed = await anAuthority(w.knex, { status: 'deactivated', managers: [manager] })
    const page = await refused(closed, REGISTRATION, { administrator: true })
    expect(page.text).toContain('Your authority is deactivated.')
    expect(page.headings).toContain('Universitets- och högskolerådet')
  })

  test('about another authority names it, and who stands above it', async () => {
    const page = await refused(agency, `/authorities/${manager.id}/users`, { administrator: true })
    expect(page.text).toContain('Authority concerned: Universitets- och högskolerådet')
    expect(page.link('Universitets- och högskolerådet').href).toBe(`/authorities/${manager.id}`)
    expect(page.headings).toEqual(expect.arrayContaining(['The authority concerned', 'National coordinator: Sweden']))
    for (const person of ['Astrid', 'Nils']) expect(page.text).not.toContain(person)
  })

  test('about an authority above names nobody below it', async () => {
    const page = await refused(manager, `/authorities/${nimic.id}/users`)
    expect(page.headings).toContain('European Commission')
    expect(page.headings).not.toContain('Administrators of your authority')
  })

  test('about an authority abroad names the national coordinator there', async () => {
    await aNationalCoordinator(w.knex, 'DK', { officialName: 'Erhvervsstyrelsen' })
    const abroad = await anAuthority(w.knex, { country: 'DK' })
    const page = await refused(manager, `/authorities/${abroad.id}/users`)
    expect(page.headings).toContain('National coordinator: Denmark')
    expect(page.text).not.toContain('Nils')
  })

  test('leads on to everybody who can help', async () => {
    const page = await refused(agency, REGISTRATION)
    expect(page.link({ href: '/help/people' })).toBeDefined()
  })
})

describe('whom to turn to', () => {
  const abroad = { own: false, kind: 'competent', managedFromHere: false } as const

  test('for the own authority: those who manage it', () => {
    const own = { own: true, kind: 'competent', managedFromHere: false } as const
    expect(turnTo(['administrator', 'manager for'], own)).toEqual([
      'administrators',
      'accessManagers',
      'nationalCoordinator',
    ])
  })

  test('for an authority abroad: itself and its national coordinator, never the own administrators', () => {
    expect(turnTo(['administrator', 'manager for'], abroad)).toEqual(['nationalCoordinator', 'concerned'])
  })

  test('for a national coordinator: the Commission', () => {
    expect(turnTo(['manager for'], { ...abroad, kind: 'national coordinator' })).toEqual(['commission'])
  })

  test.each(standings.filter(standing => standing !== 'signed in'))('somebody is named for “%s”', standing => {
    for (const own of [true, false]) expect(turnTo([standing], { ...abroad, own })).not.toEqual([])
  })
})

describe.each(offeredLanguages)('in %s', language => {
  const t = translatorsOf(loadTexts({ strict: true }))[language]

  test.each(Object.keys(policy))('the act “%s” has words', action => {
    expect(t(`help:act.${action}`)).not.toContain('act.')
  })

  test.each(standings)('the standing “%s” has words', standing => {
    expect(t(`help:standing.${standing.replaceAll(' ', '')}`)).not.toContain('standing.')
  })
})
