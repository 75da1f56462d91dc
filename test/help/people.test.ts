import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuthorityKind } from '../../src/policy.ts'
import { answering, type Question, questions } from '../../src/help/turn-to.ts'
import { world, type World } from '../support/app.ts'
import {
  aDelegation,
  aGrant,
  aNationalCoordinator,
  anAuthority,
  type AnAuthority,
  aUser,
  theCommission,
} from '../support/factories.ts'

const MODULE = 'professional-qualifications-requests'

let w: World
let nimic: AnAuthority
let manager: AnAuthority
let agency: AnAuthority
beforeAll(async () => {
  w = await world()
  const commission = await theCommission(w.knex)
  nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium', managers: [commission] })
  manager = await anAuthority(w.knex, { officialName: 'Universitets- och högskolerådet', managers: [nimic] })
  await aDelegation(w.knex, manager)
  agency = await anAuthority(w.knex, { officialName: 'Socialstyrelsen', managers: [manager] })
  await aGrant(w.knex, agency, MODULE, { coordinators: [manager] })
  await aGrant(w.knex, agency, 'services-requests')
  await aGrant(w.knex, agency, 'services-alerts', { role: 'coordinator' })
  await aUser(w.knex, agency, {
    administrator: true,
    givenName: 'Astrid',
    familyName: 'Berg',
    email: 'astrid@people.test',
  })
  await aUser(w.knex, agency, { familyName: 'Doldis' })
  await aUser(w.knex, agency, { administrator: true, familyName: 'Borttagen', deletedAt: new Date() })
  await aUser(w.knex, manager, { administrator: true, familyName: 'Annanstans' })
})
afterAll(() => w.close())

async function asMember(wishes: Parameters<typeof aUser>[2] = {}) {
  return (await w.signedIn(await aUser(w.knex, agency, wishes))).visit('/help/people')
}

describe('who can help me', () => {
  test('names the administrators of the own authority with contact data, and nobody else', async () => {
    const page = await asMember()
    expect(page.headings).toContain('Astrid Berg')
    expect(page.link('astrid@people.test').href).toBe('mailto:astrid@people.test')
    for (const other of ['Doldis', 'Borttagen', 'Annanstans']) expect(page.text).not.toContain(other)
  })

  test('names the access managers of record, and which of them registered the authority', async () => {
    const page = await asMember()
    expect(page.text).toMatch(/Universitets- och högskolerådet It registered your authority\. E-mail: office\d+@/)
  })

  test('names the coordinators module by module', async () => {
    const page = await asMember()
    expect(page.table('Linked coordinators by module')).toMatchObject([
      { Module: 'Professional qualifications – requests', Coordinator: 'Universitets- och högskolerådet' },
      { Module: 'Services – alerts', Coordinator: 'Your authority is itself a coordinator in this module' },
      { Module: 'Services – requests', Coordinator: 'None is linked. Turn to the national coordinator' },
    ])
  })

  test('names the national coordinator of the own country', async () => {
    const page = await asMember()
    expect(page.headings).toContain('National coordinator: Sweden')
    expect(page.link('Kommerskollegium').href).toBe(`/authorities/${nimic.id}`)
  })

  test('speaks the language of the reader', async () => {
    const page = await asMember({ language: 'sv' })
    expect([page.lang, page.h1]).toEqual(['sv', 'Vem kan hjälpa mig?'])
    expect(page.headings).toContain('Nationell IMI-samordnare: Sverige')
    expect(page.table('Inkopplade samordnare per modul')[0]).toMatchObject({ Modul: 'Tjänster – förfrågningar' })
  })

  test('says which question goes to whom, with a way there', async () => {
    const page = await asMember()
    expect(page.text).toContain('I have forgotten my username')
    expect(page.text).toContain('Turn to: Administrators of your authority')
    expect(page.link('The national coordinators of other countries').href).toBe('#nationalCoordinators')
  })

  test('is linked at the top of every page', async () => {
    const someone = await w.signedIn(await aUser(w.knex, agency))
    expect((await someone.visit('/')).link({ href: '/help/people' })).toBeDefined()
  })

  test('is not for strangers', async () => {
    const answer = await w.stranger('en').request('GET', '/help/people')
    expect(answer.status).not.toBe(200)
    expect(answer.text).not.toContain('Astrid')
  })
})

describe('the only administrator', () => {
  test('is sent to the access managers, and told to register a second', async () => {
    const alone = await anAuthority(w.knex, { managers: [manager] })
    const person = await aUser(w.knex, alone, { administrator: true })
    const page = await (await w.signedIn(person)).visit('/help/people')
    expect(page.text).toContain('You are the only administrator of your authority.')
    expect(page.text).not.toContain('Turn to: Administrators of your authority')
    expect(page.text).toContain('This is you.')
  })
})

describe('those who stand higher', () => {
  test('a national coordinator turns to the Commission', async () => {
    const page = await (await w.signedIn(await aUser(w.knex, nimic, { administrator: true }))).visit('/help/people')
    expect(page.headings).not.toContain('National coordinator: Sweden')
    expect(page.text).toContain('Turn to: European Commission')
  })

  test('the Commission turns to itself', async () => {
    const commission = await w.knex('authorities').where({ kind: 'commission' }).first<AnAuthority>()
    await (await w.signedIn(await aUser(w.knex, commission, { administrator: true }))).visit('/help/people')
  })

  test('an authority that nobody manages any more is sent to the national coordinator', async () => {
    const orphan = await anAuthority(w.knex, { country: 'LV' })
    const page = await (await w.signedIn(await aUser(w.knex, orphan))).visit('/help/people')
    expect(page.text).toContain('No access manager is recorded for your authority.')
    expect(page.text).toContain('Your country has no national coordinator yet.')
    expect(page.text).toContain('Your authority has no administrator.')
    expect(page.text).toContain('Your authority has no module yet.')
  })
})

test('who answers is never somebody the page does not show', () => {
  const shown: Record<AuthorityKind, string[]> = {
    competent: ['administrators', 'accessManagers', 'coordinators', 'nationalCoordinator', 'nationalCoordinators'],
    'national coordinator': ['administrators', 'commission', 'nationalCoordinators'],
    commission: ['administrators', 'nationalCoordinators'],
  }
  for (const kind of Object.keys(shown) as AuthorityKind[])
    for (const onlyAdministrator of [true, false])
      for (const question of Object.keys(questions) as Question[])
        expect(shown[kind]).toContain(answering(question, { onlyAdministrator, kind }))
})
