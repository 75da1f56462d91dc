import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const QUALIFICATIONS = 'professional-qualifications-requests'

let w: World
let nimic: AnAuthority
let manager: AnAuthority
let agency: AnAuthority
beforeAll(async () => {
  w = await world()
  nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  manager = await anAuthority(w.knex, { officialName: 'Universitets- och högskolerådet', managers: [nimic] })
  await aDelegation(w.knex, manager, { modules: [QUALIFICATIONS] })
  agency = await anAuthority(w.knex, {
    officialName: 'Socialstyrelsen',
    managers: [manager],
    titles: { en: 'National Board of Health and Welfare' },
  })
  await aGrant(w.knex, agency, QUALIFICATIONS, { coordinators: [manager] })
  await aGrant(w.knex, agency, 'services-alerts', { role: 'coordinator', status: 'suspended' })
  await aUser(w.knex, agency, { administrator: true })
  await aUser(w.knex, agency, { administrator: true })
})
afterAll(() => w.close())

type Wishes = Parameters<typeof aUser>[2]

async function home(authority: AnAuthority, wishes: Wishes = {}) {
  return (await w.signedIn(await aUser(w.knex, authority, wishes))).visit('/')
}

/** An authority with this one user, who is its administrator. */
async function homeAlone() {
  const alone = await anAuthority(w.knex, { managers: [manager] })
  return { alone, page: await home(alone, { administrator: true }) }
}

describe('the home page', () => {
  test('shows strangers the sign-in page', async () => {
    expect((await w.stranger('en').visit('/')).h1).toBe('Sign in')
  })

  test('greets by name, in the working language', async () => {
    expect((await home(agency, { givenName: 'Kim', familyName: 'Ek' })).h1).toBe('Welcome, Kim Ek')
    const page = await home(agency, { givenName: 'Kim', familyName: 'Al', language: 'sv' })
    expect([page.lang, page.h1]).toEqual(['sv', 'Välkommen, Kim Al'])
  })

  test('says what the authority is', async () => {
    const page = await home(agency)
    expect(page.details()).toMatchObject({
      'Official name': 'Socialstyrelsen',
      'Informal title': 'National Board of Health and Welfare',
      Country: 'Sweden',
      Status: 'Active',
    })
  })

  test('says what the reader is in each module, in the reader’s language', async () => {
    const roles = { [QUALIFICATIONS]: ['handler', 'allocator'] } as const
    const page = await home(agency, { language: 'sv', roles })
    expect(page.table('Mina roller per modul')).toEqual([
      { Modul: 'Tjänster – varningar Spärrad', 'Min myndighet är': 'Samordnare', 'Jag är': 'Basanvändare' },
      {
        Modul: 'Yrkeskvalifikationer – förfrågningar',
        'Min myndighet är': 'Myndighet',
        'Jag är': 'Fördelare, Handläggare av förfrågningar',
      },
    ])
    expect(page.details()).toHaveProperty('Fördelare')
  })

  test('says in words what an administrator and a data administrator may do', async () => {
    const page = await home(manager, { administrator: true, dataAdministrator: 'all' })
    expect(page.text).toContain('As an administrator, you take care of')
    expect(page.text).toContain('Country: Sweden, for the modules given to you.')
    expect((await home(nimic, { administrator: true, dataAdministrator: 'all' })).text).toContain(
      'Country: Sweden, all modules.',
    )
    expect((await home(agency)).text).not.toContain('As an administrator')
  })

  test('tells an authority without modules who grants them', async () => {
    const page = await home(await anAuthority(w.knex))
    expect(page.text).toContain('Your authority has no module yet.')
  })
})

describe('the ways that the home page shows', () => {
  const hrefs = (page: { links: { href: string }[] }) => page.links.map(({ href }) => href)

  test('a basic user: search, the own authority, help', async () => {
    const page = await home(agency)
    expect(page.headings).toEqual(expect.arrayContaining(['Find an authority', 'My authority', 'Who can help me']))
    for (const closed of ['/managed-authorities', '/authorities/registration', `/authorities/${agency.id}/users`])
      expect(hrefs(page)).not.toContain(closed)
  })

  test('an administrator: the own users too', async () => {
    expect(hrefs(await home(agency, { administrator: true }))).toContain(`/authorities/${agency.id}/users`)
  })

  test('a data administrator of an access manager: managed authorities and registration', async () => {
    const page = await home(manager, { administrator: true, dataAdministrator: 'all' })
    expect(hrefs(page)).toEqual(expect.arrayContaining(['/managed-authorities', '/authorities/registration']))
  })

  test('a user of a deactivated authority: reading only, and why', async () => {
    const closed = await anAuthority(w.knex, { status: 'deactivated', managers: [nimic] })
    const page = await home(closed, { administrator: true })
    expect(page.headings).toContain('Warning: Your authority is deactivated')
    expect(page.headings).not.toContain('First steps for your authority')
  })
})

describe('what matters to administrators', () => {
  test('the only administrator is asked to register a second', async () => {
    const { alone, page } = await homeAlone()
    expect(page.headings).toContain('Warning: You are the only administrator')
    expect(page.link('Users of my authority').href).toBe(`/authorities/${alone.id}/users`)
  })

  test('a role with one holder is named, with its module', async () => {
    const thin = await anAuthority(w.knex)
    await aGrant(w.knex, thin, QUALIFICATIONS)
    await aUser(w.knex, thin, { administrator: true, roles: { [QUALIFICATIONS]: ['handler'] } })
    await aUser(w.knex, thin, { roles: { [QUALIFICATIONS]: ['handler', 'allocator'] }, deletedAt: new Date() })
    const page = await home(thin, { administrator: true, roles: { [QUALIFICATIONS]: ['handler', 'allocator'] } })
    expect(page.headings).toContain('Warning: Roles with one holder only')
    expect(page.text).toContain('Professional qualifications – requests: Allocator')
    expect(page.text).not.toContain('requests: Allocator, Request handler')
    expect((await home(thin)).headings).not.toContain('Warning: Roles with one holder only')
  })

  test('the first steps tick themselves off by what is in the register', async () => {
    const { alone, page } = await homeAlone()
    expect(page.text).toContain('0 of 3 are done.')
    await w.knex('authorities').where({ id: alone.id }).update({ data_confirmed_at: w.clock.now() })
    const policyArea = await w.knex('policy_areas').first<{ code: string }>('code')
    await w.knex('authority_policy_areas').insert({ authority_id: alone.id, policy_area: policyArea.code })
    await aUser(w.knex, alone, { signedInAt: null })
    const next = await home(alone, { administrator: true })
    expect(next.text).toContain('3 of 4 are done.')
    expect(next.text).toContain('See that everybody you registered has signed in once To do')
  })

  test('the first steps go away when all are done', async () => {
    const { alone } = await homeAlone()
    await w.knex('authorities').where({ id: alone.id }).update({ data_confirmed_at: w.clock.now() })
    const policyArea = await w.knex('policy_areas').first<{ code: string }>('code')
    await w.knex('authority_policy_areas').insert({ authority_id: alone.id, policy_area: policyArea.code })
    expect((await home(alone, { administrator: true })).headings).not.toContain('First steps for your authority')
  })

  test('the Commission is drawn too', async () => {
    const page = await home(await theCommission(w.knex), { administrator: true, imiAdministrator: true })
    expect(page.text).toContain('As an IMI administrator, you register and manage the national coordinators.')
  })
})

test('the page costs the same few statements for one module and for five', async () => {
  const statements: string[] = []
  w.db.app.on('query', ({ sql }: { sql: string }) => statements.push(sql))
  const cost = async (modules: string[]): Promise<number> => {
    const authority = await anAuthority(w.knex)
    for (const module of modules) await aGrant(w.knex, authority, module, { coordinators: [manager] })
    const someone = await w.signedIn(await aUser(w.knex, authority, { administrator: true }))
    statements.length = 0
    await someone.visit('/')
    return statements.filter(sql => !/^(BEGIN|COMMIT)/i.test(sql)).length
  }
  const one = await cost([QUALIFICATIONS])
  const five = await cost([
    QUALIFICATIONS,
    'services-requests',
    'services-alerts',
    'posting-of-workers-requests',
    'patients-rights-requests',
  ])
  expect(five).toBe(one)
  expect(one).toBeLessThanOrEqual(4)
})
