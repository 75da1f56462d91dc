import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aDelegation, type AnAuthority, anAuthority, aUser, type AUser } from '../support/factories.ts'
import { isFoundBy, lastEvent, registered, SAVE } from './editing.ts'
import { swedishManager } from './registering.ts'

const WORDS = [
  'Alfa',
  'Bravo',
  'Caesar',
  'Delta',
  'Echo',
  'Foxtrot',
  'Golf',
  'Hotell',
  'India',
  'Juliett',
  'Kilo',
  'Lima',
  'Mike',
  'November',
]

let w: World
let nimic: AnAuthority
let manager: Someone
let id: number
let admin: AUser
let own: Someone
let word: string
beforeAll(async () => {
  w = await world()
  ;({ nimic, someone: manager } = await swedishManager(w, { givenName: 'Maja', familyName: 'Lind' }))
})
beforeEach(async () => {
  word = WORDS.shift() ?? 'Zulu'
  id = await registered(w, manager, word)
  admin = await aUser(w.knex, { id }, { administrator: true, givenName: 'Ada', familyName: 'Alm' })
  own = await w.signedIn(admin)
})
afterAll(() => w.close())

const path = () => `/authorities/${id}/edit`
const row = () => w.knex('authorities').where({ id }).first() as Promise<Record<string, unknown>>

describe('the edit page of the tab Authority', () => {
  test('an administrator changes the data; names, type, level and region stay', async () => {
    const first = await own.visit(`/authorities/${id}`)
    const page = await first.follow('Edit authority')
    expect(page.h1).toBe(`${word}verket`)
    const fields = Object.keys(page.values(SAVE))
    expect(fields).toEqual(expect.arrayContaining(['title_en', 'title_sv', 'street', 'email', 'languages']))
    for (const field of ['officialName_sv', 'type', 'level', 'region']) expect(fields).not.toContain(field)
    const saved = await page.submit(
      SAVE,
      { street: 'Nygatan 2', title_da: 'Dansk titel', languages: ['sv', 'fi'] },
      { to: `/authorities/${id}` },
    )
    expect(saved.notice).toContain('have been saved')
    expect(saved.details().Address).toContain('Nygatan 2')
    expect(await lastEvent(w, id)).toMatchObject({
      event: 'authority.edited',
      actor_id: admin.id,
      details: {
        before: { street: 'Storgatan 1', languages: ['en', 'sv'] },
        after: { street: 'Nygatan 2', titles: { da: 'Dansk titel', en: `${word}ish Office` } },
      },
    })
    expect(await isFoundBy(w, id, 'dansk')).toBe(true)
  })

  test('forged fields of others change nothing', async () => {
    const page = await own.visit(path())
    const sent = page.prepared(SAVE, { street: 'Nygatan 3' })
    await own.request('POST', path(), {
      body: `${String(sent.body)}&officialName_sv=Kapat&level=local&country=DK`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(await row()).toMatchObject({
      street: 'Nygatan 3',
      official_name: `${word}verket`,
      level: 'national',
      country: 'SE',
    })
  })

  test('the national coordinator renames it and changes its kind; the search finds the new name only', async () => {
    const page = await manager.visit(path())
    await page.submit(
      SAVE,
      { officialName_sv: `Ny${word}`, level: 'regional', region: 'SE11', type: 'inspectorate' },
      { to: `/authorities/${id}` },
    )
    expect(await row()).toMatchObject({
      official_name: `Ny${word}`,
      sort_name: `ny${word.toLowerCase()}`,
      level: 'regional',
      region: 'SE11',
    })
    expect(await isFoundBy(w, id, `ny${word.toLowerCase()}`)).toBe(true)
    expect(await isFoundBy(w, id, `${word.toLowerCase()}verket`)).toBe(false)
  })

  test('every mistake is named at once and nothing typed is lost', async () => {
    const page = await (
      await manager.visit(path())
    ).submit(
      SAVE,
      { officialName_sv: '', title_en: '', email: 'nobody', languages: [], level: 'local', city: 'Ny stad' },
      { status: 422 },
    )
    expect(page.errors().map(({ field }) => field)).toEqual([
      'officialName_sv',
      'title_en',
      'email',
      'languages',
      'region',
    ])
    expect(page.values(SAVE).city).toBe('Ny stad')
    expect((await row()).city).toBe('Uppsala')
  })

  test('saving what stands there already says so', async () => {
    const page = await (await own.visit(path())).submit(SAVE, {}, { status: 422 })
    expect(page.errors()[0]?.message).toContain('not changed anything')
  })

  test('a name, an address or a website that another has must be said to be another', async () => {
    await anAuthority(w.knex, { officialName: 'Rymdstyrelsen', email: `rymd@${word}.test` })
    const again = await (await own.visit(path())).submit(SAVE, { email: `rymd@${word}.test` }, { status: 422 })
    expect(again.errors().map(({ field }) => field)).toEqual(['noneOfThese'])
    await again.submit(SAVE, { noneOfThese: true }, { to: `/authorities/${id}` })
    const other = await (await own.visit(path())).submit(SAVE, { street: 'Annan gata' }, { to: `/authorities/${id}` })
    expect(other.details()['Contact e-mail address']).toBe(`rymd@${word}.test`)
  })

  test('the address of a person must be meant', async () => {
    const page = await (await own.visit(path())).submit(SAVE, { email: admin.email }, { status: 422 })
    expect(page.errors().map(({ field }) => field)).toEqual(['personalAddress'])
    await page.submit(SAVE, { personalAddress: true }, { to: `/authorities/${id}` })
  })

  test('an access manager not of record is told of to those of record; others read who could', async () => {
    const other = await anAuthority(w.knex)
    await aDelegation(w.knex, other)
    const someone = await w.signedIn(await aUser(w.knex, other, { administrator: true, dataAdministrator: 'all' }))
    const page = await someone.visit(path())
    expect(Object.keys(page.values(SAVE))).not.toContain('officialName_sv')
    await page.submit(SAVE, { telephone: '+46 8 1' + '23456' })
    const mails = (await w.mails()).filter(mail => mail.template === 'authorities/changed-by-another')
    expect(mails.at(-1)).toMatchObject({ to_address: nimic.email, values: { authority: `${word}verket` } })
    const member = await w.signedIn(await aUser(w.knex, { id }))
    await member.visit(path(), { status: 403 })
    expect((await member.visit(`/authorities/${id}`)).text).not.toContain('Edit authority')
  })
})

describe('two people at once', () => {
  test('nothing is lost, nothing is overwritten unseen, and both are told', async () => {
    const mine = await own.visit(path())
    const theirs = await manager.visit(path())
    await theirs.submit(SAVE, { street: 'Deras gata', city: 'Deras stad' })
    const beside = await mine.submit(SAVE, { street: 'Min gata', telephone: '+46 8 55 55 55' }, { status: 409 })
    expect(beside.text).toContain('Maja Lind saved this page')
    expect(beside.text).toContain('Deras gata')
    expect(beside.values(SAVE)).toMatchObject({ street: 'Min gata', telephone: '+46 8 55 55 55' })
    await beside.submit(SAVE, { city: 'Deras stad' }, { to: `/authorities/${id}` })
    expect(await row()).toMatchObject({
      street: 'Min gata',
      city: 'Deras stad',
      telephone: '+46 8 55 55 55',
      version: 3,
    })
    expect((await manager.visit('/')).notice).toContain('Ada Alm')
    const history = await manager.visit(`/authorities/${id}/management`)
    expect(history.text).toContain('Street or postal box: Deras gata → Min gata')
    expect(history.text).toContain('Street or postal box: Storgatan 1 → Deras gata')
  })

  test('who has left is told by mail, without a name; who saved other fields is not told', async () => {
    const mine = await own.visit(path())
    const second = await w.signedIn(await aUser(w.knex, { id }, { administrator: true, email: `b@${word}.test` }))
    await (await second.visit(path())).submit(SAVE, { street: 'Deras gata' })
    await w.knex('sessions').where('user_id', '<>', admin.id).delete()
    const beside = await mine.submit(SAVE, { street: 'Min gata' }, { status: 409 })
    await beside.submit(SAVE, {})
    const told = (await w.mails()).filter(mail => mail.template === 'authorities/saved-over')
    expect(told.map(mail => [mail.to_address, mail.values])).toEqual([
      [`b@${word}.test`, { authority: `${word}verket` }],
    ])
    manager = await w.signedIn(await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' }))
    await (await manager.visit(path())).submit(SAVE, { street: 'Senare' })
    expect((await w.mails()).filter(mail => mail.template === 'authorities/saved-over')).toHaveLength(1)
  })

  test('two clicks at once save once', async () => {
    const page = await own.visit(path())
    const [one, other] = await own.submitTwice(page, SAVE, { street: 'Dubbelgatan' }, { to: `/authorities/${id}` })
    expect([one.status, other.status]).toEqual([200, 200])
    expect((await row()).version).toBe(2)
  })
})
