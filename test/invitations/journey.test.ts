import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { anAuthority } from '../support/factories.ts'
import { aCountry, codeTo, type Country, register, row, SUBMIT } from './inviting.ts'

let w: World
let country: Country
beforeAll(async () => {
  w = await world()
  country = await aCountry(w)
})
afterAll(() => w.close())

const mailsOf = async (template: string) => (await w.mails()).filter(mail => mail.template === template)

describe('from the invitation to the modules', () => {
  test('three are invited, one is refused, mended and sent', async () => {
    const { manager } = country
    const page = await manager.visit('/invitations/new')
    const result = await page.submit(
      SUBMIT,
      {
        ...row(1, 'one@first.test', 'Almquist'),
        ...row(2, 'two-second.test', 'Bergman', []),
        ...row(3, 'three@third.test', 'Cederblom'),
      },
      { to: /^\/invitation-submissions\/\d+$/ },
    )
    expect(result.details()).toMatchObject({ Submitted: '2', Refused: '1' })
    const rows = result.table('Invitations of this submission')
    expect(rows.map(({ Status }) => Status?.slice(0, 7))).toEqual(['Sent Va', 'Refused', 'Sent Va'])
    expect(rows[1]?.Reason).toBe('The e-mail address is not valid. No module chosen. Select at least one.')

    const correction = await result.follow('Correct refused invitations')
    expect(correction.description('Submit again', 'email_1')).toContain('not valid')
    expect(correction.values('Submit again')).toMatchObject({ email_1: 'two-second.test', name_1: 'Bergman' })
    const mended = await correction.submit('Submit again', { email_1: 'two@second.test', modules_1: ['3'] })
    expect(mended.details()).toMatchObject({ Submitted: '1', Refused: '0' })
    expect((await mailsOf('invitations/invitation')).map(mail => mail.to_address).toSorted()).toEqual([
      'one@first.test',
      'three@third.test',
      'two@second.test',
    ])
  })

  test('the invited registers in another browser, without an account', async () => {
    const code = await codeTo(w, 'one@first.test')
    const { summary, done } = await register(w, code, 'Almquist')
    expect(summary.text).toContain('Almquistverket')
    const user = await w.knex('users').where({ email: 'asa.oberg@almquist.test' }).first()
    const authority = await w.knex('authorities').where({ official_name: 'Almquistverket' }).first()
    expect(authority).toMatchObject({ status: 'to validate', validating_authority_id: null })
    expect(done.text).toContain(user.username.slice(0, 4))
    expect(done.text).toContain('the temporary password comes by e-mail')
    expect(await mailsOf('users/temporary-password')).toHaveLength(0)
    const [told] = await mailsOf('invitations/registered')
    expect(told).toMatchObject({ to_address: country.user.email, cc: [country.nimic.email], secret: null })
    expect((await w.stranger().visit('/register')).status).toBe(200)
    const stranger = w.stranger()
    const again = await (await stranger.visit('/register')).submit('Go on', { code }, { to: '/register' })
    expect(again.h1).toBe('The registration code has been used')
    expect(again.text).toContain('The registration has been handed in and waits for validation')
    expect(again.text).toContain(`validated by: ${country.nimic.officialName}`)
    // The mail with the code lies in a mailbox that many may read.
    expect(again.text).not.toContain(user.email)
    expect(again.text).toContain('the temporary password comes by e-mail')
    expect(again.text).not.toContain(user.username)
    for (const step of ['authority', 'summary', 'done']) await stranger.visit(`/register/${step}`, { to: '/register' })
  })

  test('it is corrected and validated, and the modules follow', async () => {
    const { manager, nimic } = country
    const list = await manager.visit('/registrations')
    expect(list.table(0).map(({ 'Name of the authority': name }) => name)).toEqual(['Almquist'])
    const form = await list.follow('Almquist')
    expect(form.values('Validate')).toMatchObject({ officialName_sv: 'Almquistverket', givenName: 'Åsa' })
    const modules = await form.submit(
      'Validate',
      { city: 'Gävle' },
      { to: /^\/authorities\/\d+\/modules\/new\?module=\d+$/ },
    )
    expect(modules.notice).toContain('Almquist has been validated')
    expect(modules.notice).toContain('Services – requests')
    const authority = await w.knex('authorities').where({ official_name: 'Almquistverket' }).first()
    expect(authority).toMatchObject({ status: 'active', validating_authority_id: nimic.id, city: 'Gävle' })
    const managers = await w.knex('authority_access_managers').where({ authority_id: authority.id }).pluck('manager_id')
    expect(managers).toEqual([nimic.id])
    const activities = await w.knex('authority_economic_activities').pluck('economic_activity')
    expect(activities).toEqual(['02'])
    const [password] = await mailsOf('users/temporary-password')
    expect(password?.to_address).toBe('asa.oberg@almquist.test')
    const invitation = await w.knex('invitations').where({ email: 'one@first.test' }).first()
    expect(invitation).toMatchObject({ status: 'validated', entered: null })
    const code = await codeTo(w, 'one@first.test')
    const used = await (await w.stranger().visit('/register')).submit('Go on', { code }, { status: 422 })
    expect(used.h1).toBe('The registration code has been used')
    expect(used.text).toContain('The invitation came from: Samordningsverket')
    expect(used.text).not.toContain('Almquist')

    const late = await manager.visit(`/registrations/${invitation.id}`)
    expect(late.text).toContain('This registration was validated by Ingrid')
    expect(late.link('Grant Services – requests').href).toMatch(/modules\/new\?module=\d+$/)
  })

  test('two validate at once: one wins, the other is told by whom and when', async () => {
    const { manager } = country
    await register(w, await codeTo(w, 'three@third.test'), 'Cederblom')
    const { id } = await w.knex('invitations').where({ email: 'three@third.test' }).first()
    const [mine, other] = [
      await manager.visit(`/registrations/${id}`),
      await manager.clone().visit(`/registrations/${id}`),
    ]
    const rejection = await manager.visit(`/registrations/${id}/rejection`)
    await mine.submit('Validate', {}, { to: /modules\/new\?module=\d+$/ })
    const told = await other.submit('Validate', {}, { status: 422 })
    expect(told.errors()[0]?.message).toMatch(/^This registration was validated by Ingrid .*2026/)
    const refused = await rejection.submit('Reject', { reason: 'No' }, { status: 422 })
    expect(refused.errors()[0]?.message).toContain('validated by Ingrid')
    const late = await manager.visit(`/registrations/${id}/rejection`)
    expect([late.text, late.buttons]).toEqual([expect.stringContaining('validated by Ingrid'), ['Sign out']])
    expect(await w.knex('authorities').where({ official_name: 'Cederblomverket' })).toHaveLength(1)
  })

  test('rejected, it is read why, corrected and handed in again with the same code and username', async () => {
    const { manager } = country
    const code = await codeTo(w, 'two@second.test')
    await register(w, code, 'Bergman')
    const invitation = await w.knex('invitations').where({ email: 'two@second.test' }).first()
    const page = await (await manager.visit(`/registrations/${invitation.id}`)).follow('Reject instead')
    expect((await page.submit('Reject', { reason: '' }, { status: 422 })).errors()).toHaveLength(1)
    await page.submit('Reject', { reason: 'The street is wrong' }, { to: '/registrations' })
    expect(await w.knex('users').where({ email: 'asa.oberg@bergman.test' })).toEqual([])
    expect(await w.knex('authorities').where({ official_name: 'Bergmanverket' })).toEqual([])
    const told = (await mailsOf('invitations/rejected')).map(mail => mail.to_address)
    expect(told).toEqual(['two@second.test', 'asa.oberg@bergman.test'])
    expect(JSON.stringify(await mailsOf('invitations/rejected'))).not.toContain('street')

    const reason = await (await w.stranger().visit('/register')).submit('Go on', { code }, { to: '/register' })
    expect(reason.text).toContain('The street is wrong')
    const summary = await reason.follow('Correct the registration')
    const address = await summary.follow({ href: '/register/authority' })
    expect(address.values('Save and go on')).toMatchObject({ street: 'Storgatan 1' })
    const checked = await address.submit('Save and go on', { street: 'Lillgatan 2' }, { to: '/register/summary' })
    await checked.submit('Hand in the registration', {}, { to: '/register/done' })
    const handed = await w.knex('invitations').where({ id: invitation.id }).first()
    expect(handed).toMatchObject({ status: 'registered', username: invitation.username, reason: null })
    await (await manager.visit(`/registrations/${invitation.id}`)).submit('Validate')
    expect(await w.knex('authorities').where({ official_name: 'Bergmanverket' }).pluck('street')).toEqual([
      'Lillgatan 2',
    ])
  })

  test('rejected for good, everything is erased and the address is free', async () => {
    const { manager } = country
    await (await manager.visit('/invitations/new')).submit(SUBMIT, row(1, 'four@fourth.test', 'Dahlgren'))
    const code = await codeTo(w, 'four@fourth.test')
    await register(w, code, 'Dahlgren')
    const { id } = await w.knex('invitations').where({ email: 'four@fourth.test' }).first()
    const page = await manager.visit(`/registrations/${id}/rejection`)
    await page.submit('Reject', { reason: 'Not in this country', mayHandInAgain: false })
    expect(await w.knex('invitations').where({ id }).first()).toMatchObject({
      entered: null,
      username: null,
      may_hand_in_again: false,
    })
    const read = await (await w.stranger().visit('/register')).submit('Go on', { code })
    expect(read.text).toContain('Not in this country')
    expect(read.text).toContain('has been erased')
    const again = await (await manager.visit('/invitations/new')).submit(SUBMIT, row(1, 'FOUR@fourth.test', 'Dahlgren'))
    expect(again.details()).toMatchObject({ Submitted: '1', Refused: '0' })
  })

  test('neither code nor password is anywhere but in the mail to the invited', async () => {
    const code = await codeTo(w, 'four@fourth.test')
    const everything = JSON.stringify([
      (await w.mails()).map(({ secret: _, ...mail }) => mail),
      w.logged,
      await w.knex('audit_values'),
      await w.knex('invitations'),
      await w.knex('invitation_codes'),
    ])
    expect(everything).not.toContain(code)
    expect(everything).not.toContain(code.replaceAll('-', ''))
  })

  test('who is in the register already is asked about, and can be invited nevertheless', async () => {
    const { manager, nimic } = country
    await anAuthority(w.knex, { officialName: 'ekebergsverket', managers: [nimic] })
    const page = await manager.visit('/invitations/new')
    const asked = await page.submit(SUBMIT, row(1, 'five@fifth.test', 'Ekebergsverket'), { status: 422 })
    expect(asked.table('Authorities that are registered already under a similar name')).toHaveLength(1)
    const result = await asked.submit(SUBMIT, { noneOfThese: true })
    expect(result.details()).toMatchObject({ Submitted: '1' })
  })
})
