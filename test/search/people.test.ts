import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexAllWords } from '../../src/authorities/index.ts'
import { passwordState } from '../../src/users/user.ts'
import { type World, world } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { countQueries } from '../support/count-queries.ts'
import { aDelegation, aGrant, aNationalCoordinator, anAuthority, aUser, moduleId } from '../support/factories.ts'

const QUALIFICATIONS = 'professional-qualifications-requests'
const SERVICES = 'services-requests'

let w: World
let national: Someone
let delegated: Someone
beforeAll(async () => {
  w = await world()
  const nimic = await aNationalCoordinator(w.knex, 'SE', { officialName: 'Kommerskollegium' })
  const manager = await anAuthority(w.knex, { officialName: 'Rådet', managers: [nimic] })
  await aDelegation(w.knex, manager, { modules: [QUALIFICATIONS] })
  const near = await anAuthority(w.knex, { officialName: 'Alfa', managers: [manager] })
  await aGrant(w.knex, near, QUALIFICATIONS)
  const far = await anAuthority(w.knex, { officialName: 'Beta', managers: [nimic] })
  await aGrant(w.knex, far, SERVICES)
  const abroad = await anAuthority(w.knex, { country: 'DK', officialName: 'Gamma' })
  const asa = { givenName: 'Åsa', familyName: "D'Örtz" }
  await aUser(w.knex, near, { ...asa, username: 'nearone', email: 'asa.near@people.test', administrator: true })
  await aUser(w.knex, far, { ...asa, username: 'farone', blockedAt: new Date(), administrator: true })
  await aUser(w.knex, far, { givenName: 'Bo', administrator: true })
  await aUser(w.knex, abroad, { ...asa, username: 'abroad' })
  await aUser(w.knex, near, { ...asa, username: 'goneone', deletedAt: new Date() })
  national = await w.signedIn(await aUser(w.knex, nimic, { administrator: true, dataAdministrator: 'all' }))
  delegated = await w.signedIn(await aUser(w.knex, manager, { administrator: true, dataAdministrator: 'all' }))
})
afterAll(() => w.close())

const people = async (who: Someone, q: string): Promise<(string | undefined)[]> => {
  const page = await who.visit(`/managed-authorities?mine=no&q=${encodeURIComponent(q)}`)
  return page.text.includes('No user that you may see') ? [] : page.table('Users found').map(row => row.Username)
}

const authorities = async (who: Someone, query: string): Promise<string[]> => {
  const page = await who.visit(`/managed-authorities?mine=no&${query}`)
  return page.text.includes('No authority fits') ? [] : page.table(0).map(row => row.Authority ?? '')
}

describe('users among the managed authorities', () => {
  test.each([
    'asa',
    'ÅSA',
    'Ås',
    "d'ör",
    'D’Örtz',
    'ortz åsa',
    'nearone',
    'asa.near@people.test',
    'asa.near@',
    'near asa',
  ])('%s finds the one whom the access manager may see', async q => {
    expect(await people(delegated, q)).toEqual(['nearone'])
  })

  test('the national coordinator finds all of the country, never another country’s or a deleted one', async () => {
    expect(await people(national, 'asa')).toEqual(['nearone', 'farone'])
  })

  test.each(['abroad', 'goneone', 'test', "'", '%', "a' | 'b", ':*', '\\', '@'])('%s finds nobody', async q => {
    expect(await people(national, q)).toEqual([])
  })

  test('the filters narrow the users as well as the authorities', async () => {
    const found = async (filters: string) => {
      const page = await national.visit(`/managed-authorities?q=asa&${filters}`)
      return page.text.includes('No user that you may see') ? [] : page.table('Users found').map(row => row.Username)
    }
    expect(await found('mine=yes')).toEqual(['farone'])
    expect(await found('mine=no&passwords=blocked')).toEqual(['farone'])
    expect(await found('mine=no&oneAdministrator=yes')).toEqual(['nearone'])
    expect(await found('mine=no&status=deactivated')).toEqual([])
    expect(await found(`mine=no&module=${await moduleId(w.knex, SERVICES)}&role=authority`)).toEqual(['farone'])
  })

  test('each leads to the person and the authority', async () => {
    const page = await national.visit('/managed-authorities?q=farone')
    expect(page.table('Users found')).toMatchObject([{ Name: "Åsa D'Örtz", Username: 'farone', Authority: 'Beta' }])
    expect(page.link("Åsa D'Örtz").href).toMatch(/\/users\/\d+$/)
  })

  test('without words there is no list of users', async () => {
    expect((await national.visit('/managed-authorities?mine=no')).headings).not.toContain('Users')
  })

  test('30 are as dear as one, and the page says that there are more', async () => {
    const authority = await anAuthority(w.knex, { officialName: 'Många' })
    for (let n = 0; n < 30; n += 1) await aUser(w.knex, authority, { givenName: 'Mirjam' })
    const one = await countQueries(w, () => national.visit('/managed-authorities?mine=no&q=farone'))
    const many = await countQueries(w, async () => {
      const page = await national.visit('/managed-authorities?mine=no&q=mirjam')
      expect(page.table('Users found')).toHaveLength(25)
      expect(page.text).toContain('The first 25 are shown')
    })
    expect(many).toBe(one)
    await w.knex('authorities').where({ id: authority.id }).delete()
  })
})

describe('what is asked about people', () => {
  test('only one administrator, where the users may be seen', async () => {
    expect(await authorities(national, 'oneAdministrator=yes')).toEqual(['Alfa', 'Kommerskollegium', 'Rådet'])
    expect(await authorities(delegated, 'oneAdministrator=yes')).toEqual(['Alfa', 'Rådet'])
    const [bo] = await w.knex('users').where({ given_name: 'Bo' }).update({ administrator: false }).returning('id')
    expect(await authorities(national, 'oneAdministrator=yes')).toEqual(['Alfa', 'Beta', 'Kommerskollegium', 'Rådet'])
    expect(await authorities(delegated, 'oneAdministrator=yes')).toEqual(['Alfa', 'Rådet'])
    await w.knex('users').where({ id: bo.id }).update({ administrator: true })
  })

  test('password problems, where the users may be seen', async () => {
    expect(await authorities(national, 'passwords=blocked')).toEqual(['Beta'])
    expect(await authorities(national, 'passwords=any')).toEqual(['Beta'])
    expect(await authorities(delegated, 'passwords=any')).toEqual([])
  })

  test('a role that one user holds alone is said, where the users may be seen', async () => {
    const { id } = await w.knex('users').where({ username: 'nearone' }).first('id')
    const role = {
      user_id: id,
      module_id: await moduleId(w.knex, QUALIFICATIONS),
      role: 'handler',
      given_at: new Date(),
    }
    const cell = async () => {
      const rows = (await delegated.visit('/managed-authorities?mine=no')).table('Authorities found')
      return rows.find(row => row.Authority === 'Alfa')?.Administrators
    }
    expect(await cell()).not.toContain('one holder')
    await w.knex('user_roles').insert(role)
    expect(await cell()).toContain('1 role with one holder')
    await w.knex('user_roles').where({ user_id: id }).delete()
  })

  test('a password mail that did not arrive is one, until the next one did', async () => {
    const { id } = await w.knex('users').where({ username: 'nearone' }).first('id')
    const mail = (state: string, template: string) => {
      const at = new Date()
      return w.knex('emails').insert({
        message_id: crypto.randomUUID(),
        created_at: at,
        next_attempt_at: at,
        to_address: 'asa.near@people.test',
        language: 'en',
        template,
        path: '/',
        about_type: 'user',
        about_id: id,
        state,
        ...(state === 'sent' && { sent_at: at }),
      })
    }
    await mail('refused', 'users/changed-by-manager')
    expect(await authorities(national, 'passwords=mailLost')).toEqual([])
    await mail('refused', 'users/reminder')
    expect(await authorities(national, 'passwords=mailLost')).toEqual(['Alfa'])
    expect(await authorities(delegated, 'passwords=any')).toEqual(['Alfa'])
    const listed = (await delegated.visit('/managed-authorities?mine=no')).table('Authorities found')
    const row = listed.find(one => one.Authority === 'Alfa')
    expect(row?.Administrators).toContain('1 password problem')
    await mail('sent', 'users/reminder')
    expect(await authorities(national, 'passwords=mailLost')).toEqual([])
  })

  test('they are those of the list of users, to the hour', async () => {
    const authority = await anAuthority(w.knex, { officialName: 'Tider' })
    await indexAllWords(w.knex)
    const now = w.clock.now()
    for (const at of ['2026-02-28T12:00:00Z', '2026-08-31T12:00:00Z', '2026-11-30T12:00:00Z', '2028-02-29T00:00:00Z']) {
      w.clock.set(new Date(at))
      for (const [days, passwordTemporary] of [13.9, 14, 178, 180.5, 181, 182, 184, 184.5, 190].flatMap(d => [
        [d, true] as const,
        [d, false] as const,
      ])) {
        await w.knex('users').where({ authority_id: authority.id }).delete()
        const passwordSetAt = new Date(w.clock.now().getTime() - days * 86_400_000)
        await aUser(w.knex, authority, { passwordTemporary, passwordSetAt })
        const state = passwordState({ passwordTemporary, passwordSetAt, blockedAt: null }, w.clock.now())
        const reader = await w.signedIn(
          await w.knex('users').where({ data_administrator: 'all' }).orderBy('id').first('id'),
        )
        for (const problem of ['expired', 'temporaryExpired'])
          expect(
            (await authorities(reader, `passwords=${problem}&q=tider`)).length,
            `${problem} at ${at} after ${days} days: ${state}`,
          ).toBe(state === problem ? 1 : 0)
      }
    }
    w.clock.set(now)
  })
})
