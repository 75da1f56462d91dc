import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aUser } from '../support/factories.ts'
import { aCountry, codeTo, type Country, register, row, SUBMIT } from './inviting.ts'

const MODULES = ['Services – requests', 'Professional qualifications – requests']

let w: World
let country: Country
let invitation: { id: number; authority_id: number }
beforeAll(async () => {
  w = await world()
  country = await aCountry(w)
  await (await country.manager.visit('/invitations/new')).submit(SUBMIT, row(1, 'one@first.test', 'Almquist', MODULES))
  await register(w, await codeTo(w, 'one@first.test'), 'Almquist')
  invitation = await w.knex('invitations').where({ email: 'one@first.test' }).first('id', 'authority_id')
})
afterAll(() => w.close())

const readInvitation = () => country.manager.visit(`/invitations/${invitation.id}`)

describe('an authority that was invited for several modules', () => {
  test('gets one after the other, each form opened with the next', async () => {
    const { manager } = country
    const form = await (await manager.visit(`/registrations/${invitation.id}`)).submit('Validate')
    expect(form.text).toContain('Professional qualifications')
    const tab = await manager.visit(`/authorities/${invitation.authority_id}/modules`)
    expect(tab.text).toContain('The authority was invited for these modules and does not have them yet')
    const page = await readInvitation()
    expect(page.text).toContain(`not been granted yet: ${MODULES.toSorted().join(', ')}`)
    const first = await page.follow(`Grant ${MODULES[1]}`)
    const second = await first.submit('Grant the module', { role: 'coordinator' })
    expect(second.notice).toContain('The invitation also names Services – requests')
    expect(second.url).toMatch(/\/modules\/new\?module=\d+$/)
    const left = await manager.visit(`/authorities/${invitation.authority_id}/modules`)
    expect(left.link('Grant Services – requests').href).toBe(second.url)
    const done = await second.submit('Grant the module', { role: 'coordinator' }, { to: /\/modules$/ })
    expect(done.notice).toContain('You can grant the next module now')
    expect(done.text).not.toContain('Modules of the invitation')
    const granted = await w.knex('grants').where({ authority_id: invitation.authority_id }).pluck('module_id')
    const invited = await w.knex('invitation_modules').where({ invitation_id: invitation.id }).pluck('module_id')
    expect(granted.toSorted()).toEqual(invited.toSorted())
  })

  test('then its invitation leads to the authority alone', async () => {
    const page = await readInvitation()
    expect(page.text).toContain('Nothing more has to be done here')
    expect(page.links.map(({ text }) => text)).not.toContain('Grant Services – requests')
    await page.follow('Open the authority', { to: `/authorities/${invitation.authority_id}` })
  })

  test('who cannot grant it is offered nothing', async () => {
    await w.knex('grants').where({ authority_id: invitation.authority_id }).delete()
    const authority = `/authorities/${invitation.authority_id}`
    const own = await w.signedIn(await aUser(w.knex, { id: invitation.authority_id }, { administrator: true }))
    expect((await own.visit(`${authority}/modules`)).text).not.toContain('Modules of the invitation')
    await own.visit(`/invitations/${invitation.id}`, { status: 404 })
  })
})
