import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { swedishManager } from '../authorities/registering.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { type AnAuthority, aDelegation, anAuthority, aUser } from '../support/factories.ts'
import { authoritiesFile as file, authority, count, upload, words, work } from './importing.ts'

let w: World
let nimic: AnAuthority
let manager: Someone
beforeAll(async () => {
  w = await world()
  const swedish = await swedishManager(w)
  nimic = swedish.nimic
  manager = swedish.someone
})
afterAll(() => w.close())

const read = (content: string, expected = {}) => upload(manager, '/authorities/import', content, expected)
const named = async (name: string) =>
  (await w.knex('authorities').where({ official_name: name }).first()) as
    ({ id: number } & Record<string, unknown>) | undefined

describe('importing authorities', () => {
  test('each with its first user: preview, registration, usernames on the page, mails', async () => {
    const managed = await manager.visit('/managed-authorities')
    const start = await managed.follow('Import authorities')
    const template = await manager.request('GET', start.link('Download an empty file with these columns').href)
    expect(template.text).toContain('officialName_sv;title_en;street')
    const preview = await read(
      file(authority('Kvicksand'), authority('Blomster', { level: 'LOCAL', region: 'se11' })),
      {
        to: /\/authority-imports\/\d+$/,
      },
    )
    expect(preview.details()).toMatchObject({ Ready: '2 lines' })
    expect(preview.text).toContain('Line 2: Kvicksandverket')
    expect(await named('Kvicksandverket')).toBeUndefined()
    const before = (await w.mails()).length
    const result = await preview.submit('Register 2 authorities', {}, { to: /\/result$/ })
    const made = await named('Blomsterverket')
    expect(made).toMatchObject({
      status: 'active',
      level: 'local',
      region: 'SE11',
      languages: ['en', 'sv'],
      validating_authority_id: nimic.id,
    })
    const user = await w.knex('users').where({ authority_id: made?.id }).first()
    expect(user).toMatchObject({ administrator: true, email: 'asa@blomster.test', password_temporary: true })
    expect(await w.knex('authority_policy_areas').where({ authority_id: made?.id }).pluck('policy_area')).toEqual([
      'education',
    ])
    expect(result.table('Usernames').map(row => [row.Authority, row.Username])[1]).toEqual([
      'Blomsterverket',
      user.username,
    ])
    const events = await w.knex('audit_events').where({ authority_id: made?.id }).orderBy('id').pluck<string[]>('event')
    expect(events).toEqual(['authority.registered', 'user.registered'])
    const mails = (await w.mails()).slice(before)
    const temporary = mails.filter(({ template }) => template === 'users/temporary-password')
    expect(temporary.map(({ to_address }) => to_address)).toEqual(['asa@kvicksand.test', 'asa@blomster.test'])
    const others = mails.filter(mail => !temporary.includes(mail)).map(({ to_address }) => to_address)
    expect(others).toEqual(expect.arrayContaining(['registrator@kvicksand.test', 'registrator@blomster.test']))
    expect(JSON.stringify(mails)).not.toContain(user.username)
  })

  test('every mistake of a line is named at once, and nothing is written', async () => {
    await aUser(w.knex, nimic, { email: 'taken@people.test', givenName: 'Secret' })
    const before = await count(w, 'authorities')
    const preview = await read(
      file(
        authority('Alfabet'),
        authority('Betongen', {
          officialName_sv: '',
          title_en: '',
          city: '=1+1',
          telephone: 'x',
          email: 'no',
          website: 'no site',
          languages: 'sv klingon',
          type: 'chess',
          level: 'local',
          userEmail: 'Taken@people.test',
          userLanguage: 'xx',
          policyAreas: 'chess',
        }),
        authority('Cementen', { userEmail: 'asa@alfabet.test' }),
      ),
    )
    expect(preview.details()).toMatchObject({ Ready: '1 line', 'With mistakes': '2 lines' })
    for (const column of [
      'officialName_sv',
      'title_en',
      'city',
      'telephone',
      'email',
      'website',
      'languages',
      'type',
      'region',
      'userEmail',
      'userLanguage',
      'policyAreas',
    ])
      expect(preview.text).toContain(`${column}: `)
    expect(preview.text).toContain('“klingon” is no code of the list.')
    expect(preview.text).toContain('The e-mail address of the user stands in line 2 already.')
    expect(preview.text).not.toContain('Secret')
    expect(await count(w, 'authorities')).toBe(before)
    await preview.submit('Delete this import', {}, { to: '/authorities/import' })
  })

  test('what could be registered already is asked about, line by line; the answer counts for what was asked', async () => {
    const known = await anAuthority(w.knex, { officialName: 'fiskevårdsverket', managers: [nimic] })
    // As the factory writes it, without the folding of the product.
    await w.knex('authorities').where({ id: known.id }).update({ name_key: 'fiskevardsverket' })
    const preview = await read(
      file(
        authority('Xylofon', { officialName_sv: 'Fiskevårdsverket' }),
        authority('Zeppelin', { email: known.email }),
        authority('Yttrium', { website: 'zeppelin.test' }),
        authority('Vindkraft', { email: 'own@vindkraft.test', userEmail: 'own@vindkraft.test' }),
      ),
    )
    expect(preview.details()).toMatchObject({ Ready: '0 lines', 'To be answered': '4 lines' })
    expect(preview.table('Line 2 could be')).toHaveLength(1)
    expect(preview.link('fiskevårdsverket', undefined).href).toBe(`/authorities/${known.id}`)
    expect(preview.text).toContain('Lines of the file that could be the same authority: 3.')
    const answered = await preview.submit('Save the choice', { answer_3: true, answer_4: true, answer_5: true })
    expect(answered.details()).toMatchObject({ Ready: '3 lines', 'To be answered': '1 line' })
    expect(answered.buttons.filter(button => button.startsWith('Register'))).toEqual([])
    const rest = await answered.submit('Save the choice', { take_2: false })
    await anAuthority(w.knex, { officialName: 'Annan', email: 'own@vindkraft.test', managers: [nimic] })
    const again = await rest.submit('Register 3 authorities', {}, { status: 422 })
    expect(again.table('Line 5 could be')).toMatchObject([{ Authority: 'Annan' }])
    expect(await named('Zeppelinverket')).toBeUndefined()
    const last = await again.submit('Save the choice', { answer_5: true })
    await last.submit('Register 3 authorities', {}, { to: /\/result$/ })
    for (const name of ['Zeppelinverket', 'Yttriumverket', 'Vindkraftverket']) expect(await named(name)).toBeDefined()
    expect(await w.knex('authorities').whereRaw('lower(official_name) = ?', ['fiskevårdsverket'])).toHaveLength(1)
  })

  test('many are long work; lines that are alike are registered in any order', { timeout: 120_000 }, async () => {
    const some = words(24).map(word => authority(word))
    const preview = await read(
      file(...some, authority('Tvilling'), authority('Tvillings', { userEmail: 'b@tvilling.test' })),
    )
    expect(preview.details()).toMatchObject({ Ready: '25 lines', 'To be answered': '1 line' })
    const answered = await preview.submit('Save the choice', { answer_27: true })
    const task = await answered.submit('Register 26 authorities', {}, { to: /^\/tasks\/\d+$/ })
    await w.knex('task_items').where({ position: 25 }).update({ position: 99 })
    await work(w, task.url)
    const result = await (await manager.visit(task.url)).follow('Go back')
    expect(result.details()).toMatchObject({ Registered: '26 lines', 'Not registered': '0 lines' })
  })

  test(
    '1,000 lines are read and looked through in bounded time, and a page stays small',
    { timeout: 120_000 },
    async () => {
      const content = file(
        ...words(1024)
          .slice(24)
          .map(word => authority(word)),
      )
      const began = Date.now()
      const preview = await read(content)
      expect(preview.details().Ready).toBe('1,000 lines')
      expect(Buffer.byteLength(preview.html)).toBeLessThan(100_000)
      expect(Date.now() - began).toBeLessThan(30_000)
      await preview.submit('Delete this import')
    },
  )

  test('a manager of one region registers there, and nobody else registers at all', async () => {
    const regional = await anAuthority(w.knex)
    await aDelegation(w.knex, regional, { region: 'SE11' })
    const one = await w.signedIn(await aUser(w.knex, regional, { administrator: true, dataAdministrator: 'all' }))
    const preview = await upload(
      one,
      '/authorities/import',
      file(authority('Regional', { level: 'regional' }), authority('Elsewhere', { region: 'SE12' })),
    )
    expect(preview.details()).toMatchObject({ Ready: '1 line', 'With mistakes': '1 line' })
    expect((await manager.request('GET', preview.url)).status).toBe(404)
    await (await preview.submit('Leave out 1 line with mistakes')).submit('Register 1 authority')
    expect(await named('Regionalverket')).toMatchObject({ region: 'SE11' })
    const basic = await w.signedIn(await aUser(w.knex, nimic))
    expect((await basic.request('GET', '/authorities/import')).status).toBe(403)
    expect((await w.stranger().request('GET', '/authorities/import')).status).toBe(303)
    await w.knex('delegations').where({ authority_id: regional.id }).delete()
    expect((await one.request('GET', preview.url)).status).toBe(403)
  })
})
