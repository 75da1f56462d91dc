import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aDelegation, anAuthority, aUser, type AnAuthority } from '../support/factories.ts'
import { lastEvent } from '../authorities/editing.ts'
import { aRegister, QUALIFICATIONS } from '../support/registers.ts'
import { entry, type Keepers, keepers, SAVE, told } from './listing.ts'

let w: World
let k: Keepers
beforeAll(async () => {
  w = await world()
  k = await keepers(w)
})
beforeEach(() => w.knex('registers').delete())
afterAll(() => w.close())

const path = (authority: AnAuthority = k.authority) => `/authorities/${authority.id}/registers/new`

describe('listing a register', () => {
  test('an administrator lists one, from the page of the authority; everybody finds it', async () => {
    const page = await k.own.visit(`/authorities/${k.authority.id}`)
    const empty = await page.follow('None yet – list a register')
    expect(empty.text).toContain('If the authority keeps a public register on the web, list it.')
    const form = await empty.follow('List a register')
    expect(form.values(SAVE)).toMatchObject({ languages: ['sv'], access: 'open', noteLanguage: 'sv' })
    const list = await form.submit(SAVE, entry(), { to: `/authorities/${k.authority.id}/registers` })
    expect(list.notice).toContain('The register has been listed')
    expect(list.text).toContain('Register of licences')
    const [register] = await w.knex('registers')
    expect(register).toMatchObject({
      authority_id: k.authority.id,
      address: 'https://register.authority.test/search?kind=1',
      languages: ['en', 'sv'],
      contents: ['right', 'restrictions'],
      access: 'open',
      sort_name: 'legitimationsregistret',
      version: 1,
    })
    expect(await lastEvent(w, k.authority.id)).toMatchObject({
      event: 'register.added',
      actor_id: k.admin.id,
      details: {
        register: 'Legitimationsregistret',
        names: { sv: 'Legitimationsregistret' },
        titles: { en: 'Register of licences' },
        modules: [QUALIFICATIONS],
        keywords: ['pq-midwife', 'pq-nurse'],
      },
    })
    const found = await k.abroad.visit('/registers?q=licences')
    expect(found.link('Register of licences (opens in a new tab)').href).toBe(
      'https://register.authority.test/search?kind=1',
    )
    expect((await k.abroad.visit(`/authorities/${k.authority.id}`)).details()['Public registers']).toBe('1 register')
    expect(await told(w)).toEqual([])
  })

  test('the history of the authority says what was listed', async () => {
    await (await k.own.visit(path())).submit(SAVE, entry())
    const history = (await k.own.visit(`/authorities/${k.authority.id}/management`)).text
    for (const line of [
      'Listed a public register',
      'Name of the register (Swedish): Legitimationsregistret',
      'Access: Free, open to everybody',
      'What you find there: Right to practise or to provide services, Restrictions and withdrawals',
      'Modules: Professional qualifications – requests',
      'Keywords: Midwife, Nurse responsible for general care',
    ])
      expect(history).toContain(line)
  })

  test('an access manager lists one: the administrators are told, and those of record where it is not one of them', async () => {
    await (await k.manager.visit(path())).submit(SAVE, entry())
    expect(await told(w)).toEqual([k.admin.email])
    await (await k.other.visit(path())).submit(SAVE, entry({ address: 'https://other.test/' }))
    expect((await told(w)).slice(1)).toEqual([k.admin.email, k.ofRecord.email])
    const [mail] = (await w.mails()).filter(({ template }) => template === 'registers/changed')
    expect(mail).toMatchObject({
      values: { authority: 'Socialstyrelsen' },
      path: `/authorities/${k.authority.id}/registers`,
    })
  })

  test('every mistake is named at once and nothing typed is lost', async () => {
    const page = await (
      await k.own.visit(path())
    ).submit(
      SAVE,
      entry({
        name_sv: '',
        address: 'javascript:alert(1)',
        languages: [],
        contents: [],
        note: ' ',
        modules: [],
        title_fr: 'Registre',
      }),
      // What was typed stands in the field again, and leads nowhere.
      { status: 422, except: ['csp'] },
    )
    expect(page.errors().map(({ field }) => field)).toEqual(['name_sv', 'address', 'languages', 'modules', 'contents'])
    expect(page.values(SAVE)).toMatchObject({ title_en: 'Register of licences', title_fr: 'Registre' })
    expect(await w.knex('registers')).toEqual([])
  })

  test('keywords of an area need a module of that area', async () => {
    const page = await (
      await k.own.visit(path())
    ).submit(SAVE, entry({ modules: ['services-requests'] }), { status: 422 })
    expect(page.errors()).toMatchObject([{ field: 'modules' }])
    expect(page.errors()[0]?.message).toContain('keywords of Professional qualifications')
    await page.submit(SAVE, { keywords_1: [] }, { to: /registers$/ })
  })

  test('what it covers may be left open, and a text is enough to say what is found there', async () => {
    const list = await (
      await k.own.visit(path())
    ).submit(SAVE, entry({ keywords_1: [], contents: [], note: 'Alla legitimerade.' }))
    expect(list.text).toContain('Everything in Professional qualifications – requests')
    expect(list.html).toContain('lang="sv">Alla legitimerade.')
  })

  test.each([
    ['www.register.test', 'https://www.register.test/'],
    ['http://register.test/a', 'http://register.test/a'],
  ])('the address %s is kept as %s', async (typed, kept) => {
    await (await k.own.visit(path())).submit(SAVE, entry({ address: typed }))
    expect(await w.knex('registers').pluck('address')).toEqual([kept])
  })

  test.each([
    '',
    'data:text/html,x',
    'javascript://x.test/%0aalert(1)',
    'https://u:p@x.test',
    'https://10.0.0.7/',
    'no address',
  ])('the address %j is none', async typed => {
    const page = await (
      await k.own.visit(path())
    ).submit(SAVE, entry({ address: typed }), {
      status: 422,
      // What was typed stands in the field again.
      except: ['csp'],
    })
    expect(page.errors()).toMatchObject([{ field: 'address' }])
  })

  test('an address is listed once by an authority, two people at once included', async () => {
    await aRegister(w.knex, k.authority, {
      name: 'Det gamla',
      address: 'https://register.authority.test/search?kind=1',
    })
    const page = await (await k.own.visit(path())).submit(SAVE, entry(), { status: 422 })
    expect(page.errors()[0]).toMatchObject({ field: 'address' })
    expect(page.errors()[0]?.message).toContain('Det gamla')
    await w.knex('registers').delete()
    const mine = (await k.own.visit(path())).prepared(SAVE, entry())
    const theirs = (await k.manager.visit(path())).prepared(SAVE, entry())
    const send = (someone: typeof k.own, { body }: typeof mine) =>
      someone.request('POST', path(), {
        body: String(body),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    const answers = await Promise.all([send(k.own, mine), send(k.manager, theirs)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422])
    expect(await w.knex('registers')).toHaveLength(1)
  })

  test('an authority lists a hundred at most', async () => {
    for (let n = 0; n < 100; n += 1) await aRegister(w.knex, k.authority)
    const page = await (await k.own.visit(path())).submit(SAVE, entry(), { status: 422 })
    expect(page.errors()[0]?.message).toContain('lists 100 registers, which is the most')
  })

  test('two clicks list one', async () => {
    const page = await k.own.visit(path())
    await k.own.submitTwice(page, SAVE, entry(), { to: `/authorities/${k.authority.id}/registers` })
    expect(await w.knex('registers')).toHaveLength(1)
  })

  test('in a country of several languages one name is enough, and one is needed', async () => {
    const authority = await anAuthority(w.knex, { country: 'BE', language: 'nl', officialName: 'Kruispuntbank' })
    const someone = await w.signedIn(await aUser(w.knex, authority, { administrator: true }))
    const { name_sv: _, ...rest } = entry()
    const page = await (await someone.visit(path(authority))).submit(SAVE, rest, { status: 422 })
    expect(page.errors()).toHaveLength(1)
    expect(page.errors()[0]?.field).toMatch(/^name_/)
    await page.submit(SAVE, { name_fr: 'Banque-carrefour' }, { to: /registers$/ })
    expect(await w.knex('register_names').select('language', 'name')).toEqual([
      { language: 'fr', name: 'Banque-carrefour' },
    ])
  })

  test('nobody else does: not a basic user, not somebody abroad, not an access manager outside its modules', async () => {
    const narrow = await anAuthority(w.knex)
    await aDelegation(w.knex, narrow, { modules: ['services-requests'] })
    const outside = await w.signedIn(await aUser(w.knex, narrow, { administrator: true, dataAdministrator: 'all' }))
    for (const someone of [k.member, k.abroad, outside]) {
      const page = await someone.visit(path(), { status: 403 })
      expect(page.text).toContain('You do not have this right')
      expect((await someone.visit(`/authorities/${k.authority.id}/registers`)).text).not.toContain('List a register')
    }
  })
})
