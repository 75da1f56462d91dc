import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aUser } from '../support/factories.ts'
import { lastEvent } from '../authorities/editing.ts'
import { aRegister, QUALIFICATIONS } from '../support/registers.ts'
import { type Keepers, keepers, SAVE, told } from './listing.ts'

let w: World
let k: Keepers
let id: number
beforeAll(async () => {
  w = await world()
  k = await keepers(w)
})
beforeEach(async () => {
  await w.knex('registers').delete()
  id = await aRegister(w.knex, k.authority, {
    name: 'Legitimationsregistret',
    titles: { en: 'Register of licences' },
    address: 'https://register.authority.test/',
    keywords: ['pq-nurse'],
    activities: ['86'],
    note: 'Sök med hela namnet.',
  })
})
afterAll(() => w.close())

const path = () => `/registers/${id}/edit`
const list = () => `/authorities/${k.authority.id}/registers`

describe('editing an entry', () => {
  test('what stands there can be changed; the search follows; the history has old and new value', async () => {
    const page = await (await k.own.visit(list())).follow('Edit Register of licences')
    expect(page.values(SAVE)).toMatchObject({
      name_sv: 'Legitimationsregistret',
      title_en: 'Register of licences',
      keywords_1: ['pq-nurse'],
      activities_R: ['86'],
      access: 'open',
      contents: ['right'],
    })
    const saved = await page.submit(
      SAVE,
      {
        title_en: 'Register of carers',
        title_da: 'Autorisationer',
        access: 'login',
        keywords_1: ['pq-midwife'],
        activities_R: [],
      },
      { to: list() },
    )
    expect(saved.notice).toContain('The entry has been saved')
    expect(await w.knex('registers').first('access', 'version')).toEqual({ access: 'login', version: 2 })
    expect(await lastEvent(w, k.authority.id)).toMatchObject({
      event: 'register.edited',
      actor_id: k.admin.id,
      details: {
        register: 'Legitimationsregistret',
        before: { access: 'open', keywords: ['pq-nurse'], economicActivities: ['86'] },
        after: { access: 'login', keywords: ['pq-midwife'], economicActivities: [] },
      },
    })
    expect((await k.abroad.visit('/registers?q=carers+midwife')).text).toContain('Register of carers')
    expect((await k.abroad.visit('/registers?q=licences')).text).toContain('No register fits')
    const history = (await k.own.visit(`/authorities/${k.authority.id}/management`)).text
    for (const line of [
      'Edited the entry of a public register',
      'Register: Legitimationsregistret',
      'Informal title (English): Register of licences → Register of carers',
      'Informal title (Danish): nothing → Autorisationer',
      'Access: Free, open to everybody → Free, after signing in',
    ])
      expect(history).toContain(line)
    expect(await told(w)).toEqual([])
  })

  test('saving what stands there already says so', async () => {
    const page = await (await k.own.visit(path())).submit(SAVE, {}, { status: 422 })
    expect(page.errors()[0]?.message).toContain('You have not changed anything')
  })

  test('mistakes are named and nothing typed is lost', async () => {
    await aRegister(w.knex, k.authority, { name: 'Det andra', address: 'https://second.test/' })
    const page = await (
      await k.own.visit(path())
    ).submit(SAVE, { name_sv: '', modules: [], note: 'Kvar' }, { status: 422 })
    expect(page.errors().map(({ field }) => field)).toEqual(['name_sv', 'modules'])
    expect(page.values(SAVE).note).toBe('Kvar')
    const again = await page.submit(
      SAVE,
      { name_sv: 'Nytt', modules: [QUALIFICATIONS], address: 'second.test' },
      { status: 422 },
    )
    expect(again.errors()[0]?.message).toContain('Det andra')
  })

  test('an access manager edits it, and those whom it concerns are told', async () => {
    await (await k.other.visit(path())).submit(SAVE, { access: 'fee' })
    expect(await told(w)).toEqual([k.admin.email, k.ofRecord.email])
  })

  test('two at once: the second sees both texts, and nothing is overwritten unseen', async () => {
    const mine = await k.own.visit(path())
    const theirs = await k.manager.visit(path())
    await theirs.submit(SAVE, { title_en: 'Theirs', note: 'Deras' })
    const beside = await mine.submit(SAVE, { title_en: 'Mine', access: 'login' }, { status: 409 })
    expect(beside.text).toContain('saved this page')
    expect(beside.text).toContain('Theirs')
    expect(beside.text).toContain('Deras')
    expect(beside.values(SAVE)).toMatchObject({ title_en: 'Mine', access: 'login' })
    await beside.submit(SAVE, { note: 'Deras' }, { to: list() })
    expect(await w.knex('registers').first('note', 'version')).toEqual({ note: 'Deras', version: 3 })
  })

  test('what was deleted meanwhile is no page any more', async () => {
    const mine = await k.own.visit(path())
    await w.knex('registers').delete()
    await mine.submit(SAVE, { note: 'x' }, { status: 404 })
    await k.own.visit(path(), { status: 404 })
  })

  test('others read it and do not edit it', async () => {
    for (const someone of [k.member, k.abroad]) {
      const page = await someone.visit(path(), { status: 403 })
      expect(page.text).toContain('edit what this authority says of a public register')
      const read = await someone.visit(`/registers/${id}`)
      expect(read.links.some(({ href }) => href === path())).toBe(false)
    }
    const elsewhere = await w.signedIn(await aUser(w.knex, { id: k.ofRecord.id }))
    await elsewhere.visit(path(), { status: 403 })
  })
})
