import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { days, hours, minutes } from '../../src/platform/clock.ts'
import { night } from '../retention/nightly.ts'
import { world, type World } from '../support/app.ts'
import type { Someone } from '../support/browser.ts'
import { aCountry, codeTo, type Country, entered, register, row, SAVE, SUBMIT } from './inviting.ts'

let w: World
let country: Country
beforeAll(async () => {
  w = await world()
  country = await aCountry(w)
})
afterAll(() => w.close())

const manager = (): Promise<Someone> => w.signedIn(country.user)
const invite = async (email: string, name: string): Promise<string> => {
  await (await (await manager()).visit('/invitations/new')).submit(SUBMIT, row(1, email, name))
  return codeTo(w, email)
}
const idOf = async (email: string): Promise<number> => (await w.knex('invitations').where({ email }).first()).id
const enter = async (code: string, expected = {}) =>
  (await w.stranger().visit('/register')).submit('Go on', { code }, { status: 422, ...expected })
const mailsTo = async (email: string, template: string) =>
  (await w.mails()).filter(mail => mail.to_address === email && mail.template === template)

describe('a registration code', () => {
  test('malformed, unknown: each says so, and none tells what exists', async () => {
    expect((await enter('')).errors()[0]?.message).toBe('Enter the registration code')
    const malformed = await enter('ABCD-1234')
    expect(malformed.errors()[0]?.message).toContain('16 letters and digits')
    const guessed = await enter('ABCD-EFGH-JKLM-NPQR')
    expect(guessed.h1).toBe('The registration code is invalid')
    expect(guessed.link('how to get access').href).toBe('/help/access')
    expect(guessed.text).not.toContain('The invitation came from')
  })

  test('is read as people type it', async () => {
    const code = await invite('typed@codes.test', 'Vbxq')
    await enter(`  ${code.toLowerCase().replaceAll('-', ' ')} `, { status: 200, to: '/register/authority' })
  })

  test('sent again, the old code is void and the new one lets in', async () => {
    const old = await invite('again@codes.test', 'Krzt')
    const page = await (await manager()).visit(`/invitations/${await idOf('again@codes.test')}/sending`)
    await page.submit('Send invitation again')
    expect((await enter(old)).h1).toBe('There is a newer registration code')
    await enter(await codeTo(w, 'again@codes.test'), { status: 200, to: '/register/authority' })
  })

  test('withdrawn, it lets nobody in, not even who is in the middle', async () => {
    const code = await invite('gone@codes.test', 'Hwpf')
    const visitor = w.stranger()
    const step = await (await visitor.visit('/register')).submit('Go on', { code })
    const page = await (await manager()).visit(`/invitations/${await idOf('gone@codes.test')}/withdrawal`)
    await page.submit('Withdraw invitation')
    await step.submit(SAVE, entered('Hwpf').authority, { to: '/register' })
    const withdrawn = await enter(code)
    expect(withdrawn.h1).toBe('The invitation has been withdrawn')
    expect(withdrawn.text).toContain('The invitation came from: Samordningsverket')
    const twice = await (await manager()).visit(`/invitations/${await idOf('gone@codes.test')}/withdrawal`)
    await twice.submit('Withdraw invitation', {}, { status: 422 })
  })

  test('work that was interrupted goes on with the code, in another browser', async () => {
    const code = await invite('resume@codes.test', 'Snjd')
    const first = await (await w.stranger().visit('/register')).submit('Go on', { code })
    await first.submit(SAVE, entered('Snjd').authority, { to: '/register/classification' })
    const later = await enter(code, { status: 200, to: '/register/classification' })
    const { firstUser } = entered('Snjd')
    const third = await later.submit(SAVE, { policyAreas: ['education'] }, { to: '/register/first-user' })
    const summary = await third.submit(SAVE, firstUser, { to: '/register/summary' })
    expect(summary.details()).toMatchObject({ 'Street or postal box': 'Storgatan 1' })
    const done = await summary.submit('Hand in the registration', {}, { to: '/register/done' })
    expect(done.h1).toBe('The registration has been handed in')
  })

  test('mistakes are named at each step and nothing typed is lost', async () => {
    const code = await invite('errors@codes.test', 'Plmk')
    const visitor = w.stranger()
    const step = await (await visitor.visit('/register')).submit('Go on', { code })
    const wrong = await step.submit(SAVE, { ...entered('Plmk').authority, city: '', email: 'nobody' }, { status: 422 })
    expect(wrong.errors().map(({ field }) => field)).toEqual(expect.arrayContaining(['city', 'email']))
    expect(wrong.values(SAVE)).toMatchObject({ street: 'Storgatan 1', email: 'nobody' })
    await visitor.visit('/register/summary', { to: '/register/authority' })
    const second = await wrong.submit(SAVE, { city: 'Uppsala', email: 'office@plmk.test' })
    const third = await second.submit(SAVE)
    const taken = await third.submit(
      SAVE,
      { ...entered('Plmk').firstUser, userEmail: country.user.email },
      { status: 422 },
    )
    expect(taken.errors()[0]?.message).toContain('cannot be used')
  })

  test('a stranger without a code is led to the first page, a forged cookie too', async () => {
    for (const path of ['authority', 'classification', 'first-user', 'summary', 'done'])
      await w.stranger().visit(`/register/${path}`, { to: '/register' })
    const forged = await w
      .stranger()
      .request('GET', '/register/authority', { headers: { cookie: 'imi-registration=test.AAAA' } })
    expect(forged.headers.location).toBe('/register')
  })

  test('guessing is slowed down', async () => {
    w.clock.advance(minutes(10))
    const visitor = w.stranger()
    const page = await visitor.visit('/register')
    const statuses: number[] = []
    for (let i = 0; i < 31; i += 1)
      statuses.push(
        (await page.submit('Go on', { code: 'ABCD-EFGH-JKLM-NPQR' }, { status: i < 30 ? 422 : 429 })).status,
      )
    expect(statuses.at(-1)).toBe(429)
    w.clock.advance(minutes(6))
  })
})

describe('what time does', () => {
  test('a reminder five days before the end, once; then it is expired, also before the night; sent anew', async () => {
    const code = await invite('slow@time.test', 'Tqrw')
    w.clock.advance(days(25) - hours(1))
    await night(w)
    expect(await mailsTo('slow@time.test', 'invitations/reminder')).toHaveLength(0)
    w.clock.advance(hours(2))
    await Promise.all([night(w), night(w)])
    await night(w)
    const [reminder, ...more] = await mailsTo('slow@time.test', 'invitations/reminder')
    expect(more).toEqual([])
    expect(reminder?.secret).toBeNull()
    w.clock.advance(days(5))
    expect((await enter(code)).h1).toBe('The registration code has expired')
    const id = await idOf('slow@time.test')
    const page = await (await manager()).visit(`/invitations/${id}`)
    expect(page.text).toContain('Invitation expired')
    const list = await (await manager()).visit('/invitations?status=expired&q=slow%40time')
    expect(list.table(0)).toHaveLength(1)
    await night(w)
    expect((await w.knex('invitations').where({ id }).first()).status).toBe('expired')
    await (await (await manager()).visit(`/invitations/${id}/sending`)).submit('Send invitation again')
    await enter(await codeTo(w, 'slow@time.test'), { status: 200, to: '/register/authority' })
  })

  test('a registration that waits: the inviter after 7 days, the national coordinator after 30', async () => {
    const code = await invite('waits@time.test', 'Gfdn')
    await register(w, code, 'Gfdn')
    w.clock.advance(days(7))
    await night(w)
    await night(w)
    const reminded = await mailsTo(country.user.email, 'invitations/still-waiting')
    expect(reminded.filter(mail => mail.values.authority === 'Gfdn')).toHaveLength(1)
    w.clock.advance(days(23))
    await night(w)
    const told = await mailsTo(country.nimic.email, 'invitations/nobody-validates')
    expect(told.filter(mail => mail.values.authority === 'Gfdn')).toHaveLength(1)
  })

  test('rejected with leave to correct: after 30 days what was entered is gone and the address is free', async () => {
    const code = await invite('late@time.test', 'Rtzv')
    await register(w, code, 'Rtzv')
    const id = await idOf('late@time.test')
    const page = await (await manager()).visit(`/registrations/${id}/rejection`)
    await page.submit('Reject', { reason: 'Once more' })
    const again = await (
      await (await manager()).visit('/invitations/new')
    ).submit(SUBMIT, row(1, 'late@time.test', 'Rtzv'))
    expect(again.details()).toMatchObject({ Submitted: '0', Refused: '1' })
    w.clock.advance(days(30))
    expect((await enter(code)).h1).toBe('The registration code has been used')
    await night(w)
    expect(await w.knex('invitations').where({ id }).first()).toMatchObject({
      entered: null,
      reason: null,
      may_hand_in_again: false,
    })
    const free = await (
      await (await manager()).visit('/invitations/new')
    ).submit(SUBMIT, row(1, 'late@time.test', 'Rtzv'))
    expect(free.details()).toMatchObject({ Submitted: '1' })
  })
})
