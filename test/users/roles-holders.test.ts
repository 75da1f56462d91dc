import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { world, type World } from '../support/app.ts'
import { aGrant, aUser } from '../support/factories.ts'
import { anOffice, eventsOf, type People, people, REQUESTS, rolesOf } from './people.ts'

const BUTTON = 'Save'

let w: World
let p: People
beforeAll(async () => {
  w = await world()
  p = await people(w)
})
afterAll(() => w.close())

describe('no role without a holder', () => {
  const coordinator = async (settings: Record<string, boolean>) => {
    const office = await anOffice(w, p)
    const grant = await aGrant(w.knex, office.authority, REQUESTS, { role: 'coordinator', settings })
    const roles = { [REQUESTS]: ['handler', 'allocator', 'approver', 'referee'] as const }
    const user = await aUser(w.knex, office.authority, { roles })
    const form = await office.administrator.visit(`/users/${user.id}/roles`)
    return { ...office, grant, user, form, field: `roles-${grant.moduleId}` }
  }

  test('the last allocator, approver and referee ask who takes over, each by name', async () => {
    const all = await coordinator({ uses_allocation: true, approves_replies: true })
    const page = await all.form.submit(BUTTON, { [all.field]: ['handler'] }, { status: 422 })
    const fields = ['allocator', 'approver', 'referee'].map(role => `holder-${all.grant.moduleId}-${role}`)
    expect(page.errors().map(({ field }) => field)).toEqual(fields)
    expect(page.errors()[0]?.message).toContain('Professional qualifications')
    await page.submit(BUTTON, {
      [fields[0] ?? '']: 'Kim Ansvarig',
      [fields[1] ?? '']: 'Nobody: switch approval off',
      [fields[2] ?? '']: 'Kim Ansvarig',
    })
    expect(await rolesOf(w, all.user.id)).toEqual([`${REQUESTS}: handler`])
    expect(await rolesOf(w, all.administratorUser.id)).toEqual([`${REQUESTS}: allocator`, `${REQUESTS}: referee`])
    expect(await w.knex('grants').where({ id: all.grant.id }).first()).toMatchObject({
      uses_allocation: true,
      approves_replies: false,
      takes_part_in_referrals: true,
    })
    expect((await eventsOf(w, all.user.id)).at(-1)?.details).toMatchObject({
      holders: [
        `${REQUESTS}: allocator: ${all.administratorUser.id}`,
        `${REQUESTS}: approver: off`,
        `${REQUESTS}: referee: ${all.administratorUser.id}`,
      ],
    })
    const history = await all.administrator.visit(`/authorities/${all.authority.id}/management`)
    expect(history.text).toContain(`taken over by user no. ${all.administratorUser.id}`)
    expect(history.text).toContain('Changed the settings of a module')
  })

  test('a colleague of another authority is nobody to take over', async () => {
    const all = await coordinator({ takes_part_in_referrals: true })
    const field = `holder-${all.grant.moduleId}-referee`
    const page = await all.form.submit(BUTTON, { [all.field]: ['handler'] }, { status: 422 })
    const forged = { [field]: String(p.administratorUser.id) }
    const again = await page.submit(BUTTON, {}, { status: 422, forged })
    expect(again.errors().map(one => one.field)).toEqual([field])
  })

  test('nothing is asked while the settings are off, or somebody else holds the role', async () => {
    const off = await coordinator({ takes_part_in_referrals: false })
    await off.form.submit(BUTTON, { [off.field]: [] })
    expect(await rolesOf(w, off.user.id)).toEqual([`${REQUESTS}: allocator`])
    const shared = await coordinator({})
    await aUser(w.knex, shared.authority, { roles: { [REQUESTS]: ['referee'] } })
    await shared.form.submit(BUTTON, { [shared.field]: ['handler'] })
    expect(await rolesOf(w, shared.user.id)).toEqual([`${REQUESTS}: allocator`, `${REQUESTS}: handler`])
  })
})
