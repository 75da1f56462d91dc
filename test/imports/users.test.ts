import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eraseImports } from '../../src/imports/index.ts'
import { days } from '../../src/platform/clock.ts'
import { world, type World } from '../support/app.ts'
import { aGrant, anAuthority, aUser } from '../support/factories.ts'
import { eventsOf, newMails, outsiders, type People, people, SERVICES, rolesOf } from '../users/people.ts'
import { count, manyPeople, person, upload, USERS, work } from './importing.ts'

let w: World
let p: People
let address: string
beforeAll(async () => {
  w = await world()
  p = await people(w)
  await aGrant(w.knex, p.agency, SERVICES)
  address = `/authorities/${p.agency.id}/users/import`
})
afterAll(() => w.close())

const read = (content: Buffer | string, expected = {}) => upload(p.administrator, address, content, expected)
const file = (...lines: string[]) => [USERS, ...lines].join('\n')
const userAt = async (email: string) =>
  (await w.knex('users').where({ email }).first()) as
    ({ id: number; username: string } & Record<string, unknown>) | undefined

describe('importing users', () => {
  test('from the tab Users: preview, registration, usernames on the page, passwords by mail', async () => {
    const tab = await p.administrator.visit(`/authorities/${p.agency.id}/users`)
    const start = await tab.follow('Import users')
    expect(start.text).toContain(`${SERVICES}:handler`)
    const template = await p.administrator.request('GET', start.link('Download an empty file with these columns').href)
    expect(template.text).toBe(`\uFEFF${USERS}\r\n`)

    const before = await count(w, 'users')
    const preview = await read(
      file(
        person('ada@list.test', { given: 'Ada', rest: `en;yes;${SERVICES}:handler` }),
        person('bo@list.test', { given: 'Bo' }),
      ),
      { to: /\/user-imports\/\d+$/ },
    )
    expect(preview.details()).toMatchObject({ Ready: '2 lines', 'With mistakes': '0 lines' })
    expect(preview.text).toContain('Line 2: Ada Öberg')
    expect(await count(w, 'users')).toBe(before)
    expect(JSON.stringify(await w.knex('import_lines'))).not.toMatch(/Ada|list\.test/)

    const start2 = await w.mails()
    const result = await preview.submit('Register 2 users', {}, { to: /\/result$/ })
    const [ada, bo] = [await userAt('ada@list.test'), await userAt('bo@list.test')]
    expect(ada).toMatchObject({ administrator: true, language: 'en', password_temporary: true, given_name: 'Ada' })
    expect(await rolesOf(w, ada?.id ?? 0)).toEqual([`${SERVICES}: handler`])
    expect(await rolesOf(w, bo?.id ?? 0)).toEqual([])
    expect(await eventsOf(w, ada?.id ?? 0)).toEqual([
      { event: 'user.registered', details: { administrator: true, roles: [`${SERVICES}: handler`] } },
    ])
    expect(result.table('Usernames').map(({ Line, Name, Username }) => [Line, Name, Username])).toEqual([
      ['2', 'Ada Öberg', ada?.username],
      ['3', 'Bo Öberg', bo?.username],
    ])
    const mails = (await w.mails()).slice(start2.length)
    expect(mails.map(({ to_address, template }) => [to_address, template])).toEqual([
      ['ada@list.test', 'users/temporary-password'],
      ['bo@list.test', 'users/temporary-password'],
    ])
    expect(JSON.stringify(mails)).not.toContain(ada?.username)
    const csv = await p.administrator.request('GET', result.link('Usernames as a CSV file').href)
    expect(csv.text).toContain(bo?.username)
    expect(await w.knex('import_lines').whereNotNull('sealed')).toEqual([])
    const acts = await w.knex('audit_events').where({ subject_type: 'import' }).orderBy('id').pluck<string[]>('event')
    expect(acts).toEqual(['import.read', 'import.begun'])
    expect((await p.administrator.visit(preview.url)).buttons).not.toContain('Register 2 users')
  })

  test('each bad line is named with its number and all its reasons; good lines stand apart; nothing is written', async () => {
    await aUser(w.knex, p.agency, { email: 'own@taken.test', givenName: 'Eva', familyName: 'Ek' })
    await aUser(w.knex, p.nimic, { email: 'other@taken.test', givenName: 'Secret', familyName: 'Person' })
    const before = await count(w, 'users')
    const preview = await read(
      file(
        person('good@bad.test'),
        person('"open@bad.test'),
        'one;two',
        person('', { given: '', phone: 'x' }),
        person('=sum@bad.test', { given: '@cmd' }),
        person('GOOD@bad.test'),
        person('own@taken.test'),
        person('other@taken.test'),
        person('words@bad.test', { rest: `xx;maybe;${SERVICES}:king chess:handler` }),
        person('odd\uFFFD@bad.test'),
      ),
    )
    expect(preview.details()).toMatchObject({ Ready: '1 line', 'With mistakes': '9 lines' })
    const text = preview.text
    for (const reason of [
      'A quotation mark is opened and never closed.',
      'The line has another number of columns than the first line.',
      'The line holds characters that cannot be read.',
      'email: The cell begins like a formula',
      'givenName: The cell begins like a formula',
      'The e-mail address of the user stands in line 2 already.',
      'Eva Ek',
      'administrator: Enter yes or no.',
      `roles: “${SERVICES}:king” is no role that you can give here.`,
      'roles: “chess:handler” is no role that you can give here.',
    ])
      expect(text).toContain(reason)
    const fifth = /Line 5(?!\d)[\s\S]*?Line 6/.exec(text)?.[0] ?? ''
    for (const column of ['givenName: ', 'email: ', 'telephone: ']) expect(fifth).toContain(column)
    expect(text).not.toContain('Secret')
    expect(preview.buttons).not.toContain('Register 1 user')
    const forced = await p.administrator.request('POST', preview.url, {
      body: { _csrf: tokenOf(preview.html), version: '1' },
    })
    expect(forced.status).toBe(422)
    expect(await count(w, 'users')).toBe(before)

    const rest = await preview.submit('Leave out 9 lines with mistakes')
    expect(rest.details()).toMatchObject({ Ready: '1 line', 'With mistakes': '0 lines', 'Left out': '9 lines' })
    await rest.submit('Register 1 user', {}, { to: /\/result$/ })
    expect(await count(w, 'users')).toBe(before + 1)
  })

  test('a line is left out and taken again; leaving out the first of two with one address makes the second good', async () => {
    const preview = await read(file(person('one@pick.test'), person('one@pick.test', { given: 'Zoe' })))
    expect(preview.details()).toMatchObject({ Ready: '1 line', 'With mistakes': '1 line' })
    const good = await p.administrator.visit(`${preview.url}?show=good`)
    const saved = await good.submit('Save the choice', { take_2: false })
    expect(saved.notice).toContain('The choice has been saved')
    expect(saved.details()).toMatchObject({ Ready: '1 line', 'With mistakes': '0 lines', 'Left out': '1 line' })
    const out = await p.administrator.visit(`${preview.url}?show=out`)
    await out.submit('Save the choice', { take_2: true })
    const stale = await saved.submit('Register 1 user', {}, { status: 422 })
    expect(stale.errors()).toHaveLength(1)
    await (await stale.submit('Leave out 1 line with mistakes')).submit('Register 1 user')
    expect(await userAt('one@pick.test')).toMatchObject({ given_name: 'Åsa' })
  })

  test('an address that is taken meanwhile: nobody is registered, the line is named, the page stays', async () => {
    const preview = await read(file(person('early@race.test'), person('late@race.test')))
    await aUser(w.knex, p.nimic, { email: 'late@race.test' })
    const again = await preview.submit('Register 2 users', {}, { status: 422 })
    expect(again.errors()[0]?.message).toContain('Some chosen lines are not ready')
    expect(again.text).toContain('Line 3: Åsa Öberg')
    expect(await userAt('early@race.test')).toBeUndefined()
  })

  test('an address that is taken in the very moment: all or none, and the line is named', async () => {
    const preview = await read(file(person('first@moment.test'), person('second@moment.test', { given: 'Bo' })))
    const lock = await w.knex.transaction()
    await lock('authorities').where({ id: p.agency.id }).forUpdate().select('id')
    const answer = preview.submit('Register 2 users', {}, { status: 422 })
    await expect.poll(() => waiting()).toBeGreaterThan(0)
    await aUser(w.knex, p.nimic, { email: 'second@moment.test' })
    await lock.commit()
    const again = await answer
    expect(again.errors()[0]?.message).toMatch(/^Nothing was registered. Line 3 stood against it: ./)
    expect(await userAt('first@moment.test')).toBeUndefined()
  })

  test('a file can be gone on with for a day; then nothing of it is left', async () => {
    await read(file(person('later@day.test')))
    w.clock.advance(days(1) - 1000)
    await eraseImports({ db: w.db.app, clock: w.clock, keys: w.config.keys })
    const own = await w.signedIn(p.administratorUser)
    const start = await own.visit(address)
    const link = start.links.find(({ text }) => text.endsWith(': 1 line'))
    const again = await start.follow({ href: link?.href ?? '' })
    expect(again.details()).toMatchObject({ Ready: '1 line' })
    w.clock.advance(2000)
    await eraseImports({ db: w.db.app, clock: w.clock, keys: w.config.keys })
    await own.visit(again.url, { status: 404 })
    expect(await w.knex('import_lines').whereNotNull('sealed')).toEqual([])
    await eraseImports({ db: w.db.app, clock: w.clock, keys: w.config.keys })
    const erased = await w.knex('audit_events').where({ event: 'imports.erased' })
    expect(erased).toHaveLength(1)
    p.administrator = own
    p.manager = await w.signedIn(p.managerUser)
  })

  test(
    'many are long work, line by line; a line that became bad is named; others are told once',
    { timeout: 60_000 },
    async () => {
      const agency = await anAuthority(w.knex, { managers: [p.nimic] })
      const admin = await aUser(w.knex, agency, { administrator: true })
      const preview = await upload(p.manager, `/authorities/${agency.id}/users/import`, manyPeople(60, 'many.test'))
      expect(preview.details()).toMatchObject({ Ready: '60 lines' })
      expect(Buffer.byteLength(preview.html)).toBeLessThan(100_000)
      const mails = await newMails(w, async () => {
        const task = await preview.submit('Register 60 users', {}, { to: /^\/tasks\/\d+$/ })
        await aUser(w.knex, agency, { email: 'p50@many.test' })
        expect(JSON.stringify(await w.knex('task_items'))).not.toMatch(/many\.test|Öberg/)
        await work(w, task.url)
        const finished = await p.manager.visit(task.url)
        expect(finished.text).toContain('59 done')
        const result = await finished.follow('Go back')
        expect(result.table('Lines that were not registered, and why')).toMatchObject([{ Line: '52' }])
        expect(result.details()).toMatchObject({ Registered: '59 lines', 'Not registered': '1 line' })
      })
      expect(mails.filter(({ template }) => template === 'users/temporary-password')).toHaveLength(59)
      expect(mails.filter(({ template }) => template !== 'users/temporary-password').map(({ to }) => to)).toEqual([
        admin.email,
      ])
    },
  )

  test(
    '5,001 lines: the first 5,000 stand apart and become long work, the last is named; the page stays small',
    { timeout: 120_000 },
    async () => {
      const began = Date.now()
      const preview = await read(manyPeople(5001, 'long.test'))
      expect(preview.details()).toMatchObject({ Ready: '5,000 lines', 'With mistakes': '1 line' })
      expect(preview.text).toContain('Line 5002')
      expect(preview.text).toContain('The line comes after the first 5,000')
      expect(Buffer.byteLength(preview.html)).toBeLessThan(100_000)
      expect(Date.now() - began).toBeLessThan(60_000)
      const rest = await preview.submit('Leave out 1 line with mistakes')
      const before = await count(w, 'users')
      const task = await rest.submit('Register 5,000 users', {}, { to: /^\/tasks\/\d+$/ })
      expect(Date.now() - began).toBeLessThan(60_000)
      expect(await count(w, 'users')).toBe(before)
      expect(await w.knex('task_items').where({ task_id: task.url.split('/').at(-1) })).toHaveLength(5000)
    },
  )

  test('is nobody else’s business', async () => {
    const preview = await read(file(person('mine@own.test')))
    for (const [name, someone] of Object.entries(await outsiders(w, p))) {
      expect((await someone.request('GET', address)).status, name).toBe(403)
      expect((await someone.request('GET', preview.url)).status, name).toBe(404)
    }
    const colleague = await w.signedIn(await aUser(w.knex, p.agency, { administrator: true }))
    expect((await colleague.request('GET', preview.url)).status).toBe(404)
    expect((await p.manager.request('GET', preview.url)).status).toBe(404)
    expect((await w.stranger().request('GET', address)).status).toBe(303)
    await w.knex('users').where({ id: p.administratorUser.id }).update({ administrator: false })
    expect((await p.administrator.request('GET', preview.url)).status).toBe(403)
    await w.knex('users').where({ id: p.administratorUser.id }).update({ administrator: true })
  })
})

/** How many wait for a lock. */
const waiting = async () => Number((await w.knex('pg_locks').where({ granted: false }).count('* as n'))[0]?.n)

const tokenOf = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
